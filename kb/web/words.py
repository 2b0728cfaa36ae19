"""Small words that templates ask for: names of levels and directions, tags, the menu."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kb.domain.catalogue import Card
from kb.domain.evidence import Direction, Level
from kb.domain.terms import Scheme, region_kind
from kb.language import labels
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running

NOT_MEASURED = "niet_gemeten"


def words_for_templates() -> dict[str, Callable[..., Any]]:
    return {
        "menu": menu,
        "level_name": level_name,
        "level_sentence": level_sentence,
        "direction_name": direction_name,
        "independence": independence,
        "card_places": card_places,
        "level_tag": level_tag,
        "paragraphs": paragraphs,
        "region_kind_name": labels.label,
        "region_kind_name_of": region_kind_name_of,
        "iso_day": date.fromisoformat,
    }


def menu() -> list[tuple[str, str]]:
    return [
        ("/zoeken", _("Search")),
        ("/aanbevelingen", _("Recommendations")),
        ("/regios", _("Regions")),
        ("/aanpakken", _("Approaches")),
        ("/bewijs", _("Evidence")),
    ]


def level_name(number: int) -> str:
    return labels.label(Level(number))


def level_sentence(number: int) -> str:
    return labels.level_meaning(Level(number))


def direction_name(value: str) -> str:
    return labels.direction_label(None if value == NOT_MEASURED else Direction(value))


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


def level_tag(code: str) -> str:
    """A short tag for an education level or learning route: what people say, without the explanation."""
    vocabulary = running().vocabulary
    for scheme in (Scheme.LEVEL, Scheme.ROUTE):
        term = vocabulary.get(scheme, code)
        if term:
            return term.label_in(language()).partition(" (")[0]
    return code


def region_kind_name_of(code: str) -> str:
    return labels.label(region_kind(code))


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
