"""The questions of the measure planner, as they come from its form."""

from collections.abc import Mapping

from kb.domain.plan import PlanQuestion
from kb.language.texts import mark as _

MAX_PEOPLE = 1_000_000
PEOPLE = _("Give a whole number from 2 to 1 000 000.")
SHARE = _("Give a percentage above 0 and below 100.")
SAME = _("Give another percentage than now: without a difference there is nothing to see.")


def read_plan(given: Mapping[str, str]) -> tuple[PlanQuestion | None, dict[str, str]]:
    """The question, or None while something is missing; errors are message ids by field."""
    if not given:
        return None, {}
    people = _people(given.get("deelnemers", ""))
    others = _people(given["vergelijking"]) if given.get("vergelijking") else people
    now, hoped = _share(given.get("nu", "")), _share(given.get("verwacht", ""))
    errors = {
        name: message
        for name, message, wrong in (
            ("deelnemers", PEOPLE, people is None),
            ("vergelijking", PEOPLE, others is None and bool(given.get("vergelijking"))),
            ("nu", SHARE, now is None),
            ("verwacht", SHARE, hoped is None),
            ("verwacht", SAME, now is not None and now == hoped),
        )
        if wrong
    }
    if errors or people is None or now is None or hoped is None:
        return None, errors
    question = PlanQuestion(
        indicator=given.get("indicator", "")[:80],
        participants=people,
        others=others or people,
        now=now,
        hoped=hoped,
        can_draw_lots=given.get("loten") == "ja",
        has_comparison=given.get("groep", "ja") != "nee",
    )
    return question, {}


def _people(text: str) -> int | None:
    text = text.strip().replace(".", "").replace(" ", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if 2 <= int(text) <= MAX_PEOPLE else None


def _share(text: str) -> float | None:
    try:
        value = float(text.strip().removesuffix("%").replace(",", ".")) / 100
    except ValueError:
        return None
    return value if 0 < value < 1 else None
