"""Everything that can be asked of the API, as a table: where, what comes back, and what can go wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.domain.scopes import Scope
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
    WorkingResource,
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
    extra: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    scope: Scope | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the answer has an ETag that can be asked after."""
        return self.method == "get"

    @property
    def tells_etag(self) -> bool:
        return self.is_kept or self.scope is not None


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


INITIATIVES, OTHERS, LISTS, EVIDENCE, OWN = (
    mark("Initiatives"),
    mark("Organisations and approaches"),
    mark("Regions and lists"),
    mark("Evidence"),
    mark("Your own initiatives (with a key)"),
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
        extra=("facetten", "meldingen"),
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
        problems=(400, 413, 415),
    )
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
KEY_PROBLEMS = (400, 401, 403, 404)
BODY_PROBLEMS = (*KEY_PROBLEMS, 409, 413, 415)
CHANGE_PROBLEMS = (*BODY_PROBLEMS, 412, 428)


def _change(ground: Ground) -> list[Shape]:
    return [_slug(ground, INITIATIVE), given.if_match()]


def _addition(ground: Ground) -> list[Shape]:
    return [*_change(ground), given.idempotency_key()]


WRITING: tuple[Operation, ...] = (
    Operation(
        "maakInitiatief",
        "post",
        "/initiatieven",
        OWN,
        mark("Start an initiative; it becomes a draft, never public at once"),
        WorkingResource,
        parameters=lambda _ground: [given.idempotency_key()],
        body="InhoudInvoer",
        status=201,
        problems=(400, 401, 403, 409, 413, 415),
        scope=Scope.WRITE,
    ),
    Operation(
        "leesWerkversie",
        "get",
        "/initiatieven/{slug}/werkversie",
        OWN,
        mark("The newest version of an initiative, also when it is not public yet"),
        WorkingResource,
        parameters=lambda ground: [_slug(ground, INITIATIVE)],
        problems=KEY_PROBLEMS,
        scope=Scope.LOOK,
    ),
    Operation(
        "wijzigWerkversie",
        "put",
        "/initiatieven/{slug}/werkversie",
        OWN,
        mark("Replace the newest version by this one"),
        WorkingResource,
        parameters=_change,
        body="InhoudInvoer",
        problems=CHANGE_PROBLEMS,
        scope=Scope.WRITE,
    ),
    Operation(
        "voegMetingToe",
        "post",
        "/initiatieven/{slug}/metingen",
        OWN,
        mark("Add one measurement to the newest version"),
        WorkingResource,
        parameters=_addition,
        body="MetingInvoer",
        status=201,
        problems=CHANGE_PROBLEMS,
        scope=Scope.MEASURE,
    ),
    Operation(
        "dienIn",
        "post",
        "/initiatieven/{slug}/indieningen",
        OWN,
        mark("Submit the newest version to the reviewers, who make it public"),
        WorkingResource,
        parameters=_addition,
        status=201,
        problems=(*KEY_PROBLEMS, 409, 412, 428),
        scope=Scope.SUBMIT,
    ),
)
OPERATIONS: tuple[Operation, ...] = (*READING, *RECKONING, *WRITING)
