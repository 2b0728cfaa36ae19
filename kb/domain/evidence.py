"""What is asked about a study, and the words for what follows from it: grade, level, direction and flags."""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from typing import NamedTuple


class Design(StrEnum):
    """How a study was set up, strongest first."""

    RCT = "rct"
    CLUSTER_RCT = "cluster_rct"
    RDD = "rdd"
    IV = "iv"
    DID = "did"
    MATCHED = "matched"
    ITS_CONTROL = "its_control"
    ITS = "its"
    BENCHMARK = "benchmark"
    CROSSSECTION = "crosssection"
    PREPOST = "prepost"
    POSTONLY = "postonly"
    OUTPUT = "output"

    @property
    def rank(self) -> int:
        return RANKS[self]

    @property
    def compares(self) -> bool:
        """Whether participants are set against people, a region or a trend without the initiative."""
        return self.rank >= 3 and self is not Design.ITS


RANKS = {
    Design.RCT: 6,
    Design.CLUSTER_RCT: 6,
    Design.RDD: 5,
    Design.IV: 5,
    Design.DID: 4,
    Design.MATCHED: 4,
    Design.ITS_CONTROL: 4,
    Design.ITS: 3,
    Design.BENCHMARK: 3,
    Design.CROSSSECTION: 3,
    Design.PREPOST: 2,
    Design.POSTONLY: 1,
    Design.OUTPUT: 0,
}


class Baseline(StrEnum):
    """Whether both groups started alike: equal within .05 sd, or within .25 sd and adjusted for."""

    EQUAL = "equal"
    ADJUSTED = "adjusted"
    NO = "no"
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """What one study can say about effect: strong, moderate, weak, nothing."""

    S = "S"
    M = "M"
    W = "W"
    N = "N"

    @property
    def attributes(self) -> bool:
        """Whether a difference may be put down to the initiative."""
        return self in (Grade.S, Grade.M)

    @property
    def says_something(self) -> bool:
        return self is not Grade.N


class Level(IntEnum):
    """Trede: how certain we are."""

    REGISTERED = 0
    DESCRIBED = 1
    SUBSTANTIATED = 2
    MEASURED = 3
    COMPARED = 4
    REPLICATED = 5


class Direction(StrEnum):
    """Richting: what came out."""

    FAVOURABLE = "gunstig"
    FAVOURABLE_SMALL = "gunstig_klein"
    NO_DIFFERENCE = "geen_verschil"
    UNFAVOURABLE = "ongunstig"
    UNCLEAR = "onduidelijk"
    MIXED = "wisselend"
    FAVOURABLE_VARIES = "gunstig_wisselt_per_plek"


class Flag(StrEnum):
    """What a reader must know beside the level."""

    DESCRIPTION_INCOMPLETE = "beschrijving_onvolledig"
    THEORY_MISSING = "onderbouwing_ontbreekt"
    REPORT_NOT_PUBLIC = "rapport_niet_openbaar"
    PROMISE_OVERDUE = "toegezegde_meting_ontbreekt"
    OUTDATED = "verouderd"


class Interval(NamedTuple):
    """The ends of a 95% interval; positive is better."""

    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class StudyAnswers:
    """The answers about one study that the rules read; None means unknown, and counts as no.

    `events_min` is the number of events in the arm with fewest; None where the outcome is not a yes or no.
    """

    design: Design
    n_t: int | None = None
    n_c: int | None = None
    events_min: int | None = None
    baseline: Baseline = Baseline.UNKNOWN
    multi_cluster: bool | None = None
    attrition_low: bool | None = None
    validity_tests: bool | None = None
    points_before: int | None = None
    same_instrument: bool | None = None
    response: float | None = None
    independent: bool | None = None
    report_public: bool | None = None
    followup_months: int | None = None
    implementer: str | None = None
    region: str | None = None
    end_year: int | None = None
    ci: Interval | None = None
    sesoi: float | None = None

    @property
    def participants(self) -> int:
        """People in both arms, as far as known."""
        return (self.n_t or 0) + (self.n_c or 0)

    @property
    def place(self) -> tuple[str, str] | None:
        """Implementer plus region; unknown when either is, so it never counts as another place."""
        implementer, region = _plain(self.implementer), _plain(self.region)
        return (implementer, region) if implementer and region else None


@dataclass(frozen=True, slots=True)
class PooledResult:
    """The studies together: pooled interval, prediction interval from five studies on, and what matters."""

    ci: Interval
    sesoi: float
    pi: Interval | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """All that one verdict reads; nothing else may influence it."""

    described: bool
    theory: bool
    today_year: int
    studies: tuple[StudyAnswers, ...] = ()
    overdue_promise_months: int | None = None
    pool: PooledResult | None = None


# What an answer may be, in a trace: text, number, yes or no, a code, or a list of those.
Answer = str | int | float | bool | Enum | tuple["Answer", ...] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace: a rule, whether it held, and the answers it read."""

    rule: str
    held: bool
    because: tuple[tuple[str, Answer], ...]


def _plain(name: str | None) -> str:
    """The name without differences in spaces and capitals."""
    return " ".join((name or "").split()).casefold()
