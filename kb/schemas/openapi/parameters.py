"""The parameters that the description names: those of a search, of a collection, and a few headers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.domain.catalogue import Studied
from kb.domain.evidence import Direction, Level
from kb.domain.pillars import Pillar
from kb.domain.search import MAX_PAGE, MAX_PER_PAGE, Facet, Sort
from kb.domain.terms import Vocabulary
from kb.language import labels
from kb.language.texts import gettext as _
from kb.schemas.asking import FIELDS, PAGE, PER_PAGE, SORT, Collection, Names
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.shapes import parameter_shape
from kb.schemas.resources.base import Resource
from kb.schemas.search import (
    LITERAL,
    MAX_CHOICES,
    MAX_VALUE,
    MAX_WORDS_READ,
    NAMED_TERM,
    NATIONAL,
    NOT_MEASURED,
    OLDER,
    SCHEMES,
    WORDS,
    YES_NO,
)

NO_CONTROLS = "^[^\\u0000-\\u001f\\u007f-\\u009f\\ufffd]*$"
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the description stands on: the vocabularies, and an address that exists for each kind of thing."""

    vocabulary: Vocabulary
    slugs: Mapping[str, str] = field(default_factory=dict)


def in_query(name: str, shape: Shape, text: str, **more: Any) -> Shape:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": shape, **more}


def in_path(name: str, shape: Shape, text: str, example: str = "") -> Shape:
    shown = {"example": example} if example else {}
    return {"name": name, "in": "path", "required": True, "description": text, "schema": shape, **shown}


def in_header(name: str, text: str, *, required: bool = False, **shape: Any) -> Shape:
    described = {"type": "string", **shape}
    return {"name": name, "in": "header", "required": required, "description": text, "schema": described}


def if_match() -> Shape:
    text = _("The ETag of the version that you read, so that nobody's work gets lost.")
    return in_header("If-Match", text, required=True, pattern='^"[0-9a-f]{32}"$')


def idempotency_key() -> Shape:
    text = _("A word of your own for this request. Sent again within a day it is done once.")
    return in_header("Idempotency-Key", text, pattern="^[!-~]+$", maxLength=200)


def keys_parameter(kind: type[Resource]) -> Shape:
    shape = parameter_shape(Names(kind.keys()))
    text = _("Only these keys of each item, with commas between them.")
    return in_query(FIELDS, shape, text, style="form", explode=False)


def page_parameters() -> list[Shape]:
    page = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}
    per_page = {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": 20}
    return [
        in_query(PAGE, page, _("Which page.")),
        in_query(PER_PAGE, per_page, _("How many items on a page."), example=5),
    ]


def of_collection(collection: Collection) -> list[Shape]:
    found = [*page_parameters(), keys_parameter(collection.member)]
    fields = collection.parameters().fields
    if collection.sorts:
        found.append(in_query(SORT, parameter_shape(fields["sort"]), _("The order; with a minus reversed.")))
    for name in collection.filters or {}:
        field = fields[name]
        text = _("Only these; a key may repeat.")
        found.append(in_query(str(field.data_key), parameter_shape(field), text, **REPEATED))
    return found


REPEATED = {"style": "form", "explode": True}


def of_search(ground: Ground) -> list[Shape]:
    words = {"type": "string", "maxLength": MAX_WORDS_READ, "pattern": NO_CONTROLS}
    return [
        in_query(WORDS, words, _("Words to look for, as people type them."), example="omscholing"),
        *of_facets(ground, tuple(Facet)),
        in_query(
            NATIONAL,
            {"type": "string", "enum": ["ja", "nee"]},
            _("Whether a choice of regions also finds what is meant for the whole country."),
        ),
        in_query(
            LITERAL,
            {"type": "array", "maxItems": MAX_CHOICES, "items": _named()},
            _("Terms that the words name and that should be read as plain words, like regio:AM05."),
            **REPEATED,
        ),
        in_query(SORT, {"type": "string", "enum": list(Sort)}, _("The order.")),
        *page_parameters(),
    ]


def older() -> Shape:
    shape = {"type": "string", "enum": list(YES_NO), "default": "nee"}
    return in_query(OLDER, shape, _("Whether research of more than five years ago counts too."))


def of_facets(ground: Ground, facets: tuple[Facet, ...]) -> list[Shape]:
    return list(_facets(ground, facets))


def _facets(ground: Ground, facets: tuple[Facet, ...]) -> Iterator[Shape]:
    for facet in facets:
        shape = {"type": "array", "maxItems": MAX_CHOICES, "items": _choice(ground.vocabulary, facet)}
        yield in_query(facet.value, shape, labels.label(facet), **REPEATED)


def _choice(vocabulary: Vocabulary, facet: Facet) -> Shape:
    if facet in SCHEMES:
        return {"type": "string", "enum": [term.code for term in vocabulary.all(SCHEMES[facet])]}
    return {"type": "string", **OTHERS[facet]}


def _named() -> Shape:
    return {"type": "string", "maxLength": MAX_VALUE, "pattern": f"^{NAMED_TERM.pattern}$"}


OTHERS: dict[Facet, Shape] = {
    Facet.TREDE: {"enum": [str(int(level)) for level in Level]},
    Facet.DIRECTION: {"enum": [NOT_MEASURED, *Direction]},
    Facet.PILLAR: {"enum": list(Pillar)},
    Facet.STUDIED: {"enum": list(Studied)},
    Facet.YEAR: {"pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)$"},
    Facet.ORGANISATION: {"pattern": SLUG, "maxLength": MAX_VALUE},
    Facet.APPROACH: {"pattern": SLUG, "maxLength": MAX_VALUE},
}
