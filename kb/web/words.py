"""Small words that templates ask for: names of levels and directions, tags, the menu."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from kb.domain.catalogue import Card
from kb.domain.content import Content, MeasureKind
from kb.domain.evidence import Direction, Level
from kb.domain.terms import Scheme, region_kind
from kb.language import labels
from kb.language.fields import field_name
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.web.levels import level_tag, level_title
from kb.web.markdown import prose

NOT_MEASURED = "niet_gemeten"
MOST_FIELDS = 6


def words_for_templates() -> dict[str, Callable[..., Any]]:
    return {
        "menu": menu,
        "level_name": level_name,
        "level_sentence": level_sentence,
        "direction_name": direction_name,
        "outcome_is_measured": outcome_is_measured,
        "independence": independence,
        "card_places": card_places,
        "level_tag": level_tag,
        "level_title": level_title,
        "paragraphs": paragraphs,
        "prose": prose,
        "changed_fields": changed_fields,
        "region_kind_name": labels.label,
        "region_kind_name_of": region_kind_name_of,
        "iso_day": date.fromisoformat,
        "today": lambda: running().clock(),
    }


def menu() -> list[tuple[str, str]]:
    return [
        ("/zoeken", _("Search")),
        ("/wat-werkt", _("What works")),
        ("/spreiding", _("Coverage")),
        ("/aanbevelingen", _("Recommendations")),
        ("/regios", _("Regions")),
        ("/aanpakken", _("Approaches")),
        ("/bewijs", _("Evidence")),
    ]


def level_name(number: int) -> str:
    return labels.label(Level(number))


def level_sentence(number: int) -> str:
    return labels.level_meaning(Level(number))


def direction_name(value: str, *, measured: bool = False) -> str:
    """What came out; an outcome without its uncertainty is measured, yet says nothing about direction."""
    if value != NOT_MEASURED:
        return labels.direction_label(Direction(value))
    return _("Measured; whether it helped, we do not know") if measured else labels.direction_label(None)


def outcome_is_measured(card: Card) -> bool:
    """Whether a figure on an outcome is known: a card shows that one first."""
    return card.finding is not None and card.finding.kind is MeasureKind.OUTCOME


def independence(value: bool | None) -> str:
    """Whether the people who measured had no stake in the result."""
    if value is None:
        return _("not known whether independent")
    return _("independent") if value else _("not independent")


def card_places(card: Card) -> list[str]:
    """Where it is, in at most two names."""
    if card.area:
        return [card.area]
    vocabulary = running().vocabulary
    names = [vocabulary.label(Scheme.REGION, code, language()) for code in card.regions]
    names = list(dict.fromkeys(names))
    return names if len(names) <= 2 else [names[0], _("and %(n)s more", n=len(names) - 1)]


def region_kind_name_of(code: str) -> str:
    return labels.label(region_kind(code))


def changed_fields(names: Sequence[str]) -> str:
    """The fields as people call them; after a few the rest is counted."""
    words = list(dict.fromkeys(field_name(Content, name) for name in names))
    if len(words) > MOST_FIELDS:
        words = [*words[: MOST_FIELDS - 1], _("and %(n)s more", n=len(words) - MOST_FIELDS + 1)]
    return ", ".join(words)


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
