"""What an initiative says about itself: one frozen value, kept whole in every revision."""

from dataclasses import dataclass
from enum import StrEnum

from kb.domain.evidence import Baseline, Design


class Activity(StrEnum):
    """Whether people still do it; unknown stays unknown."""

    ACTIVE = "actief"
    ENDED = "beeindigd"
    UNKNOWN = "onbekend"


class PartnerRole(StrEnum):
    LEAD = "trekker"
    PARTNER = "partner"
    FUNDER = "financier"
    EVALUATOR = "evaluator"
    COMMISSIONER = "opdrachtgever"


class MeasureKind(StrEnum):
    """What a figure is about. A target is never a result, reach is never an effect."""

    REACH = "bereik"
    OUTPUT = "output"
    OUTCOME = "uitkomst"
    TARGET = "doel"
    SATISFACTION = "waardering"


class Moment(StrEnum):
    BASELINE = "nulmeting"
    END = "einde"
    FOLLOW_UP = "vervolg"


class Group(StrEnum):
    PARTICIPANTS = "deelnemers"
    COMPARISON = "vergelijking"
    REGION = "regio"
    NATIONAL = "landelijk"


class Qualifier(StrEnum):
    EXACT = "precies"
    ABOUT = "ongeveer"
    AT_LEAST = "minstens"
    AT_MOST = "hoogstens"


class Method(StrEnum):
    """How a figure came about, in the words of its source."""

    MONITORING = "monitoring"
    SELF_REPORTED = "zelfrapportage"
    SURVEY = "enquete"
    QUALITATIVE = "kwalitatief"
    BEFORE_AFTER = "voor_en_na"
    BENCHMARK = "trendvergelijking"
    COMPARISON_GROUP = "vergelijkingsgroep"
    EXPERT_REVIEW = "deskundigen"
    COST_BENEFIT = "kosten_baten"
    UNKNOWN = "onbekend"


class ConditionKind(StrEnum):
    PARTNER = "partner"
    PEOPLE = "mensen"
    MONEY = "geld"
    RULE = "regels"
    SCALE = "schaal"
    GROUP = "groep"


class Metric(StrEnum):
    """The scale of an effect; ratios are on the log scale."""

    RD = "rd"
    RR = "rr"
    OR = "or"
    MD = "md"
    SMD = "smd"


@dataclass(frozen=True, slots=True)
class FreeWord:
    """A word of the source that fits no term of the scheme it belongs to."""

    scheme: str
    word: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `date` is as the source gives it; `collected` is the day we looked (ISO)."""

    title: str
    url: str
    publisher: str = ""
    date: str = ""
    collected: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """An organisation with its part in the initiative."""

    name: str
    role: PartnerRole
    actor_type: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """Money from one source, in whole euros."""

    source: str
    amount: int | None = None
    period: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Theory:
    """Why it should help: problem, mechanism and outcome, with sources."""

    problem: str = ""
    mechanism: str = ""
    outcome: str = ""
    sources: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return bool(self.problem and self.mechanism and self.outcome and self.sources)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure or finding, with all that is needed to weigh it.

    `indicator` is a term where one fits; `label` holds the source's own words.
    `words` is the value as the source gives it, always kept; `value` is the number in it, if any.
    `independent` is None where nobody knows. `study` is the `key` of a study of the same initiative.
    """

    label: str
    words: str
    indicator: str = ""
    kind: MeasureKind = MeasureKind.OUTPUT
    value: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    unit: str = ""
    moment: Moment | None = None
    follow_up_months: int | None = None
    group: Group = Group.PARTICIPANTS
    numerator: int | None = None
    denominator: int | None = None
    mean: float | None = None
    sd: float | None = None
    n: int | None = None
    baseline_words: str = ""
    response: float | None = None
    instrument_version: str = ""
    period: str = ""
    year: int | None = None
    method: Method = Method.UNKNOWN
    evaluator: str = ""
    independent: bool | None = None
    source_url: str = ""
    study: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference that a study found: raw cells, or a reported estimate with its 95% interval.

    Binary cells: `events_t` of `n_t` against `events_c` of `n_c`. Means: `mean`, `sd`, `n` per arm.
    An estimate is on the scale of `metric`: RD as a share (0.05 is 5 percentage points), RR and OR as logs.
    """

    indicator: str
    metric: Metric
    label: str = ""
    contrast: str = ""
    follow_up_months: int | None = None
    events_t: int | None = None
    n_t: int | None = None
    events_c: int | None = None
    n_c: int | None = None
    mean_t: float | None = None
    sd_t: float | None = None
    mean_c: float | None = None
    sd_c: float | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    adjusted: bool | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """An investigation into whether it helps. None means that nobody told us."""

    key: str
    title: str
    design: Design
    comparison: str = ""
    allocation_unit: str = ""
    units_t: int | None = None
    units_c: int | None = None
    assigned_t: int | None = None
    assigned_c: int | None = None
    analysed_t: int | None = None
    analysed_c: int | None = None
    baseline: Baseline = Baseline.UNKNOWN
    validity_tests: bool | None = None
    points_before: int | None = None
    same_instrument: bool | None = None
    response: float | None = None
    evaluator: str = ""
    commissioned_by: str = ""
    independent: bool | None = None
    plan_public: bool | None = None
    report_url: str = ""
    doi: str = ""
    report_public: bool | None = None
    outcome_seen: bool | None = None
    start_year: int | None = None
    end_year: int | None = None
    follow_up_months: int | None = None
    funder: str = ""
    implementer: str = ""
    region: str = ""
    level: str = ""
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A promise made before the start: what will be measured, when and against whom. Dates are ISO."""

    indicator: str
    target: str
    baseline_date: str = ""
    due_date: str = ""
    planned_comparison: str = ""
    locked_at: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Costs of one year in whole euros; cost per participant is computed."""

    year: int | None = None
    price_level: int | None = None
    total: int | None = None
    in_kind: int | None = None
    participants: int | None = None

    @property
    def per_participant(self) -> float | None:
        if self.total is None or not self.participants:
            return None
        return self.total / self.participants


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be there, or helps, when another place takes the approach over."""

    kind: ConditionKind
    text: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """How much of the plan was carried out."""

    target: int | None = None
    reached: int | None = None
    started: int | None = None
    completed: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything one initiative says, in Dutch with optional English twins.

    Tags are codes of the vocabularies; the first recommendation and instrument are the main ones.
    `regions` are CBS codes, `area` is the name people use there (Drechtsteden).
    `goal`, `audience`, `activities`, `requirements` and a contact make it "well described".
    `adopted_from` names the initiatives that the approach was taken over from.
    """

    title: str
    summary: str
    title_en: str = ""
    summary_en: str = ""
    goal: str = ""
    goal_en: str = ""
    audience: str = ""
    audience_en: str = ""
    activities: str = ""
    activities_en: str = ""
    requirements: str = ""
    requirements_en: str = ""
    lessons: str = ""
    lessons_en: str = ""
    url: str = ""
    contact_email: str = ""
    contact_url: str = ""
    activity: Activity = Activity.UNKNOWN
    phase: str = ""
    start_year: int | None = None
    end_year: int | None = None
    regions: tuple[str, ...] = ()
    area: str = ""
    recommendations: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    free_words: tuple[FreeWord, ...] = ()
    organisations: tuple[Participation, ...] = ()
    funding: tuple[Funding, ...] = ()
    approaches: tuple[str, ...] = ()
    parent: str = ""
    successor: str = ""
    adopted_from: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    theory: Theory = Theory()
    measurements: tuple[Measurement, ...] = ()
    studies: tuple[Study, ...] = ()
    promises: tuple[PlannedMeasure, ...] = ()
    costs: tuple[Cost, ...] = ()
    conditions: tuple[Condition, ...] = ()
    delivery: tuple[Delivery, ...] = ()

    @property
    def lead(self) -> str:
        """The name of the organisation in the lead, or nothing."""
        return next((o.name for o in self.organisations if o.role is PartnerRole.LEAD), "")

    @property
    def is_described(self) -> bool:
        """Goal, target group, activities, conditions and a contact point are all there."""
        contact = self.contact_email or self.contact_url
        return all((self.goal, self.audience, self.activities, self.requirements, contact))


@dataclass(frozen=True, slots=True)
class Approach:
    """A method that initiatives carry out in one place or many."""

    slug: str
    name: str
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    aliases: tuple[str, ...] = ()
    core_elements: tuple[str, ...] = ()
    adaptable_elements: tuple[str, ...] = ()
    theory: Theory = Theory()
    manual_url: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """The few words that an initiative starts with: a title with place and organisation, or an address."""

    title: str = ""
    place: str = ""
    organisation: str = ""
    url: str = ""
