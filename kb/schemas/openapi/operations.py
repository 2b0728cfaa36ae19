"""Everything that can be asked of the API, as a table: where, what comes back, and what can go wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.domain.search import Facet
from kb.domain.terms import Scheme
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.schemas import collections as lists
from kb.schemas.asking import Collection
from kb.schemas.openapi import parameters as given
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.parameters import Ground
from kb.schemas.resources.base import Resource
from kb.schemas.resources.evidence import CellPageResource, CellResource
from kb.schemas.resources.initiatives import (
    HitResource,
    InitiativeResource,
    SuggestionResource,
    VerdictResource,
    VersionResource,
)
from kb.schemas.resources.places import ApproachResource, OrganisationResource, RegionResource

MAP_FACETS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)
# Which list of the answer holds the items, and how the answer is built.
Parameters = Callable[[Ground], list[Shape]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask. `answer` is a resource or the name of a shape; `items` the key of a list of them."""

    name: str
    method: str
    path: str
    group: str
    summary: str
    answer: type[Resource] | str | None
    items: str = ""
    is_paged: bool = False
    parameters: Parameters = lambda _ground: []
    body: str = ""
    status: int = 200
    problems: tuple[int, ...] = ()
    is_kept: bool = True
    extra: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def reads(self) -> bool:
        return self.method == "get"


def _slug(ground: Ground, of: str) -> Shape:
    return given.in_path("slug", {"type": "string"}, _(SLUGS[of]), ground.slugs.get(of, ""))


def _code(ground: Ground, name: str, scheme: Scheme) -> Shape:
    codes = [term.code for term in ground.vocabulary.all(scheme)]
    example = codes[0] if codes else ""
    return given.in_path(name, {"type": "string", "enum": codes}, _("A code of the list."), example)


def _one(of: str, kind: type[Resource]) -> Parameters:
    return lambda ground: [_slug(ground, of), given.keys_parameter(kind)]


def _of_term(name: str, scheme: Scheme, kind: type[Resource]) -> Parameters:
    return lambda ground: [_code(ground, name, scheme), given.keys_parameter(kind)]


def _listing(name: str, collection: Collection, group: str, summary: str) -> Operation:
    return Operation(
        name,
        "get",
        collection.path,
        group,
        summary,
        collection.member,
        items="items",
        is_paged=True,
        parameters=lambda _ground: given.of_collection(collection),
        problems=(400,),
    )


INITIATIVES, OTHERS, LISTS, EVIDENCE = (
    mark("Initiatives"),
    mark("Organisations and approaches"),
    mark("Regions and lists"),
    mark("Evidence"),
)
INITIATIVE, ORGANISATION, APPROACH = "initiatief", "organisatie", "aanpak"
SLUGS = {
    INITIATIVE: mark("The last part of the address of the initiative."),
    ORGANISATION: mark("The last part of the address of the organisation."),
    APPROACH: mark("The last part of the address of the approach."),
}
# Every hit, unpaged; tests hold this list to what is written.
FILES = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/ld+json",
    "application/yaml",
    "application/x-research-info-systems",
    "application/x-bibtex",
    "application/atom+xml",
)
GONE = (301, 400, 404)

READING: tuple[Operation, ...] = (
    Operation(
        "zoekInitiatieven",
        "get",
        "/initiatieven",
        INITIATIVES,
        mark("Search in the initiatives, with counts for every choice"),
        HitResource,
        items="items",
        is_paged=True,
        parameters=lambda ground: [*given.of_search(ground), given.keys_parameter(HitResource)],
        problems=(400,),
        extra=("facetten",),
        files=FILES,
    ),
    Operation(
        "leesSuggesties",
        "get",
        "/suggesties",
        INITIATIVES,
        mark("What somebody may be typing; q may end in half a word"),
        SuggestionResource,
        items="items",
        parameters=given.of_search,
        problems=(400,),
    ),
    Operation(
        "leesInitiatief",
        "get",
        "/initiatieven/{slug}",
        INITIATIVES,
        mark("Everything about one initiative"),
        InitiativeResource,
        parameters=_one(INITIATIVE, InitiativeResource),
        problems=GONE,
    ),
    Operation(
        "leesOordelen",
        "get",
        "/initiatieven/{slug}/oordelen",
        INITIATIVES,
        mark("The verdicts on an initiative with every rule that led to them"),
        VerdictResource,
        items="items",
        parameters=lambda ground: [_slug(ground, INITIATIVE)],
        problems=GONE,
    ),
    Operation(
        "leesVersies",
        "get",
        "/initiatieven/{slug}/versies",
        INITIATIVES,
        mark("The public history of an initiative, newest first"),
        VersionResource,
        items="items",
        parameters=lambda ground: [_slug(ground, INITIATIVE)],
        problems=GONE,
    ),
    _listing("leesOrganisaties", lists.ORGANISATIONS, OTHERS, mark("Organisations that take part")),
    Operation(
        "leesOrganisatie",
        "get",
        "/organisaties/{slug}",
        OTHERS,
        mark("One organisation with the initiatives it takes part in"),
        OrganisationResource,
        parameters=_one(ORGANISATION, OrganisationResource),
        problems=(400, 404),
    ),
    _listing("leesAanpakken", lists.APPROACHES, OTHERS, mark("Approaches that initiatives carry out")),
    Operation(
        "leesAanpak",
        "get",
        "/aanpakken/{slug}",
        OTHERS,
        mark("One approach with the initiatives that carry it out"),
        ApproachResource,
        parameters=_one(APPROACH, ApproachResource),
        problems=(400, 404),
    ),
    _listing("leesRegios", lists.REGIONS, LISTS, mark("Regions, from the country down to municipalities")),
    Operation(
        "leesRegio",
        "get",
        "/regios/{code}",
        LISTS,
        mark("One region with what happens there for each recommendation"),
        RegionResource,
        parameters=_of_term("code", Scheme.REGION, RegionResource),
        problems=(400, 404),
    ),
    _listing("leesAanbevelingen", lists.RECOMMENDATIONS, LISTS, mark("The seven recommendations")),
    Operation(
        "leesAanbeveling",
        "get",
        "/aanbevelingen/{nummer}",
        LISTS,
        mark("One recommendation"),
        lists.RECOMMENDATIONS.member,
        parameters=_of_term("nummer", Scheme.RECOMMENDATION, lists.RECOMMENDATIONS.member),
        problems=(400, 404),
    ),
    _listing("leesOnderwijsniveaus", lists.LEVELS, LISTS, mark("Education levels")),
    Operation(
        "leesOnderwijsniveau",
        "get",
        "/onderwijsniveaus/{code}",
        LISTS,
        mark("One education level"),
        lists.LEVELS.member,
        parameters=_of_term("code", Scheme.LEVEL, lists.LEVELS.member),
        problems=(400, 404),
    ),
    _listing("leesIndicatoren", lists.INDICATORS, LISTS, mark("Indicators: what can be measured")),
    Operation(
        "leesIndicator",
        "get",
        "/indicatoren/{code}",
        LISTS,
        mark("One indicator"),
        lists.INDICATORS.member,
        parameters=_of_term("code", Scheme.INDICATOR, lists.INDICATORS.member),
        problems=(400, 404),
    ),
    _listing("leesStudies", lists.STUDIES, EVIDENCE, mark("Studies of all initiatives, with their grade")),
    Operation(
        "leesWatWerkt",
        "get",
        "/wat-werkt",
        EVIDENCE,
        mark("The map of evidence by recommendation and education level"),
        CellResource,
        items="cellen",
        parameters=lambda ground: [*given.of_facets(ground, MAP_FACETS), given.older()],
        problems=(400,),
    ),
    Operation(
        "leesCel",
        "get",
        "/wat-werkt/{aanbeveling}/{niveau}",
        EVIDENCE,
        mark("The studies of one cell of the map, and what they show together"),
        CellPageResource,
        parameters=lambda ground: [
            _code(ground, "aanbeveling", Scheme.RECOMMENDATION),
            _code(ground, "niveau", Scheme.LEVEL),
            given.older(),
        ],
        problems=(400, 404),
    ),
)
RECKONING: tuple[Operation, ...] = tuple(
    Operation(
        name,
        "post",
        f"/bewijs/{last}",
        EVIDENCE,
        summary,
        answer,
        body=body,
        problems=WRONG_BODY,
        is_kept=False,
    )
    for WRONG_BODY in [(400, 413, 415)]
    for name, last, summary, body, answer in (
        (
            "berekenOordeel",
            "oordeel",
            mark("The verdict that the rules give on these answers"),
            "Antwoorden",
            "Uitspraak",
        ),
        (
            "berekenEffect",
            "effect",
            mark("The size of an effect from the figures of two groups"),
            "Vergelijking",
            "EffectGrootte",
        ),
        (
            "voegSamen",
            "samenvoegen",
            mark("Several studies taken together as one figure"),
            "Schattingen",
            "SamengevoegdeSchatting",
        ),
    )
)
OPERATIONS: tuple[Operation, ...] = (*READING, *RECKONING)
