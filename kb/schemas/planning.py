"""The questions of the measure planner, as they come from its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from kb.domain.plan import PlanQuestion, Scores, Shares
from kb.language.texts import mark as _

MAX_PEOPLE = 1_000_000
LARGEST = 1e9
PEOPLE = _("Give a whole number from 2 to 1 000 000.")
SHARE = _("Give a percentage above 0 and below 100.")
SAME = _("Give another percentage than now: without a difference there is nothing to see.")
SPREAD = _("Give a number above 0: how far people differ from one another, as a standard deviation.")
DIFFERENCE = _("Give a number other than 0: without a difference there is nothing to see.")


class Kind(StrEnum):
    """What is measured of each person: a yes or no, or a score or amount."""

    SHARES = "aandeel"
    SCORES = "gemiddelde"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the kind always, the question once it is whole; errors are message ids by field."""

    kind: Kind
    question: PlanQuestion | None
    errors: Mapping[str, str]


def read_plan(given: Mapping[str, str]) -> Asked:
    """The question, or every error at once; only a choice of kind or indicator asks nothing yet."""
    kind = Kind.SCORES if given.get("soort") == Kind.SCORES else Kind.SHARES
    if not given.keys() - {"soort", "indicator"}:
        return Asked(kind, None, {})
    people = _people(given.get("deelnemers", ""))
    told_others = given.get("vergelijking", "").strip()
    others = _people(told_others) if told_others else people
    errors = {"deelnemers": PEOPLE} if people is None else {}
    if others is None and told_others:
        errors["vergelijking"] = PEOPLE
    aim = _scores(given, errors) if kind is Kind.SCORES else _shares(given, errors)
    if people is None or others is None or aim is None:
        return Asked(kind, None, errors)
    question = PlanQuestion(
        participants=people,
        others=others,
        aim=aim,
        can_draw_lots=given.get("loten") == "ja",
        has_comparison=given.get("groep", "ja") != "nee",
    )
    return Asked(kind, question, {})


def _shares(given: Mapping[str, str], errors: dict[str, str]) -> Shares | None:
    now, hoped = _share(given.get("nu", "")), _share(given.get("verwacht", ""))
    if now is None:
        errors["nu"] = SHARE
    if hoped is None or hoped == now:
        errors["verwacht"] = SHARE if hoped is None else SAME
    return Shares(now, hoped) if now and hoped and now != hoped else None


def _scores(given: Mapping[str, str], errors: dict[str, str]) -> Scores | None:
    spread, difference = _number(given.get("spreiding", "")), _number(given.get("verschil", ""))
    if spread is None or spread <= 0:
        errors["spreiding"] = SPREAD
    if not difference:
        errors["verschil"] = DIFFERENCE
    return Scores(spread, difference) if spread and spread > 0 and difference else None


def _people(text: str) -> int | None:
    text = text.strip().replace(".", "").replace(" ", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if 2 <= int(text) <= MAX_PEOPLE else None


def _share(text: str) -> float | None:
    value = _number(text.strip().removesuffix("%"))
    return value / 100 if value is not None and 0 < value < 100 else None


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= LARGEST else None
