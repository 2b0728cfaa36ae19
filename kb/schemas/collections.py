"""The collections of the API: where each lives, what its members look like, and how it can be asked."""

from kb.domain.evidence import Design, Grade
from kb.domain.imports import Outcome
from kb.domain.terms import Scheme
from kb.schemas.asking import Collection, Word
from kb.schemas.choices import Choice, Code
from kb.schemas.fields import Slug
from kb.schemas.parts import Several
from kb.schemas.resources.evidence import StudyResource
from kb.schemas.resources.imports import ImportRowResource
from kb.schemas.resources.places import (
    KINDS_OF_REGION,
    ApproachLineResource,
    IndicatorResource,
    LevelResource,
    OrganisationLineResource,
    RecommendationResource,
    RegionLineResource,
)

BY_NAME, BY_NUMBER = "naam", "initiatieven"


def _choice(inner: object, key: str) -> Several:
    return Several(inner, data_key=key, load_default=())


APPROACHES = Collection("/aanpakken", ApproachLineResource, (BY_NAME, BY_NUMBER))
ORGANISATIONS = Collection(
    "/organisaties",
    OrganisationLineResource,
    (BY_NAME, BY_NUMBER),
    {"kinds": _choice(Code(Scheme.ACTOR_TYPE), "soort")},
)
REGIONS = Collection(
    "/regios",
    RegionLineResource,
    ("code", BY_NAME, BY_NUMBER),
    {"kinds": _choice(Word(KINDS_OF_REGION.values()), "soort")},
)
RECOMMENDATIONS = Collection("/aanbevelingen", RecommendationResource, ("nummer", BY_NUMBER))
LEVELS = Collection("/onderwijsniveaus", LevelResource, ("code", BY_NAME, BY_NUMBER))
INDICATORS = Collection("/indicatoren", IndicatorResource, ("code", BY_NAME))
STUDIES = Collection(
    "/studies",
    StudyResource,
    ("titel", "eindjaar"),
    {
        "designs": _choice(Choice(Design), "ontwerp"),
        "grades": _choice(Choice(Grade), "klasse"),
        "initiatives": _choice(Slug(), "initiatief"),
    },
)
# Under the key of an import, so not among the collections that everybody finds.
IMPORT_ROWS = Collection(
    "/importen", ImportRowResource, (), {"outcome": Choice(Outcome, data_key="uitkomst", load_default=None)}
)
COLLECTIONS = (APPROACHES, ORGANISATIONS, REGIONS, RECOMMENDATIONS, LEVELS, INDICATORS, STUDIES)
