"""Strategies for hypothesis: any Content that could have come through the door."""

from dataclasses import fields
from enum import Enum

from hypothesis import strategies as st

from kb.domain.content import (
    Activity,
    Condition,
    ConditionKind,
    Content,
    Cost,
    Delivery,
    Effect,
    FreeWord,
    Funding,
    Group,
    MeasureKind,
    Measurement,
    Method,
    Metric,
    Moment,
    Participation,
    PartnerRole,
    PlannedMeasure,
    Qualifier,
    Source,
    Study,
    Theory,
)
from kb.domain.evidence import Baseline, Design
from kb.domain.terms import Scheme

LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn"))
WORDS = st.text(LETTERS, min_size=3, max_size=20)
ADDRESSES = st.sampled_from(["https://example.org/a?b=1#c", "http://example.nl", "https://bedrijf.example/é"])
SLUGS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DAYS = st.dates().map(lambda day: day.isoformat())
COUNTS = st.integers(0, 10**6)
YEARS = st.integers(1900, 2100)
NUMBERS = st.integers(0, 100) | st.floats(0, 100).map(lambda number: round(number, 3))
SHARES = st.floats(0, 1)
FLAGS = st.booleans()


def a_few(items, **options):
    return st.lists(items, max_size=3, **options).map(tuple)


def maybe(strategy, nothing=None):
    return st.just(nothing) | strategy


def any_of(kinds: type[Enum]):
    return st.sampled_from(list(kinds))


def group(kind, /, *needed: str, **strategies):
    """Values of a dataclass: what is needed is there, the rest may be as it is by default.

    Every field gets a strategy, so that a new one is tried on its way in and out too.
    """
    defaults = {field.name: field.default for field in fields(kind)}
    assert defaults.keys() == strategies.keys(), defaults.keys() ^ strategies.keys()
    return st.builds(
        kind,
        **{
            name: strategy if name in needed else maybe(strategy, defaults[name])
            for name, strategy in strategies.items()
        },
    )


def ordered(low: str, high: str):
    """Swaps two numbers that stand the wrong way around."""

    def swap(value):
        first, second = getattr(value, low), getattr(value, high)
        if first is None or second is None or first <= second:
            return value
        return type(value)(
            **{f.name: getattr(value, f.name) for f in fields(value)} | {low: second, high: first}
        )

    return swap


def contents(vocabulary):
    """Any initiative with codes of this vocabulary."""

    def codes(scheme):
        return st.sampled_from([term.code for term in vocabulary.all(scheme)])

    indicator = codes(Scheme.INDICATOR)
    theory = group(Theory, problem=WORDS, mechanism=WORDS, outcome=WORDS, sources=a_few(WORDS, unique=True))
    measurement = group(
        Measurement,
        "label",
        "words",
        label=WORDS,
        words=WORDS,
        indicator=indicator,
        kind=any_of(MeasureKind),
        value=NUMBERS.map(float),
        qualifier=any_of(Qualifier),
        unit=WORDS,
        moment=any_of(Moment),
        follow_up_months=st.integers(0, 600),
        group=any_of(Group),
        numerator=COUNTS,
        denominator=COUNTS,
        mean=NUMBERS,
        sd=NUMBERS,
        n=COUNTS,
        baseline_words=WORDS,
        response=SHARES,
        instrument_version=WORDS,
        period=WORDS,
        year=YEARS,
        method=any_of(Method),
        evaluator=WORDS,
        independent=FLAGS,
        source_url=ADDRESSES,
        study=st.just("studie-1"),
    ).map(ordered("numerator", "denominator"))
    effect = group(
        Effect,
        "indicator",
        "metric",
        "estimate",
        "ci_low",
        "ci_high",
        indicator=indicator,
        metric=any_of(Metric),
        label=WORDS,
        contrast=WORDS,
        follow_up_months=st.integers(0, 600),
        events_t=COUNTS,
        n_t=COUNTS,
        events_c=COUNTS,
        n_c=COUNTS,
        mean_t=NUMBERS,
        sd_t=NUMBERS,
        mean_c=NUMBERS,
        sd_c=NUMBERS,
        estimate=st.just(0.25),
        ci_low=st.just(-0.5),
        ci_high=st.just(1),
        adjusted=FLAGS,
        primary=FLAGS,
    )
    effect = effect.map(ordered("events_t", "n_t")).map(ordered("events_c", "n_c"))
    study = group(
        Study,
        "key",
        "title",
        "design",
        key=st.just("studie-1"),
        title=WORDS,
        design=any_of(Design),
        comparison=WORDS,
        allocation_unit=WORDS,
        units_t=COUNTS,
        units_c=COUNTS,
        assigned_t=COUNTS,
        assigned_c=COUNTS,
        analysed_t=COUNTS,
        analysed_c=COUNTS,
        baseline=any_of(Baseline),
        validity_tests=FLAGS,
        points_before=st.integers(0, 1000),
        same_instrument=FLAGS,
        response=SHARES,
        evaluator=WORDS,
        commissioned_by=WORDS,
        independent=FLAGS,
        plan_public=FLAGS,
        report_url=ADDRESSES,
        doi=WORDS,
        report_public=FLAGS,
        outcome_seen=FLAGS,
        start_year=YEARS,
        end_year=YEARS,
        follow_up_months=st.integers(0, 600),
        funder=WORDS,
        implementer=WORDS,
        region=codes(Scheme.REGION),
        level=codes(Scheme.LEVEL),
        effects=a_few(effect),
    ).map(ordered("start_year", "end_year"))
    study = study.map(ordered("analysed_t", "assigned_t")).map(ordered("analysed_c", "assigned_c"))
    promise = group(
        PlannedMeasure,
        "indicator",
        "target",
        indicator=indicator,
        target=WORDS,
        baseline_date=DAYS,
        due_date=DAYS,
        planned_comparison=WORDS,
        locked_at=DAYS,
    ).map(ordered("baseline_date", "due_date"))
    delivery = group(
        Delivery, target=COUNTS, reached=COUNTS, started=COUNTS, completed=COUNTS, period=WORDS
    ).map(ordered("completed", "started"))
    return group(
        Content,
        "title",
        "summary",
        "studies",
        title=WORDS,
        summary=WORDS,
        **dict.fromkeys(
            ("title_en", "summary_en", "goal", "goal_en", "audience", "audience_en", "activities", "area"),
            WORDS,
        ),
        **dict.fromkeys(("activities_en", "requirements", "requirements_en", "lessons_en"), WORDS),
        lessons=st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join),
        url=ADDRESSES,
        contact_email=st.just("info@techniek.example.org"),
        contact_url=ADDRESSES,
        activity=any_of(Activity),
        phase=codes(Scheme.PHASE),
        start_year=st.integers(1900, 2000),
        end_year=st.integers(2000, 2100),
        regions=a_few(codes(Scheme.REGION), unique=True),
        recommendations=a_few(codes(Scheme.RECOMMENDATION), unique=True),
        levels=a_few(codes(Scheme.LEVEL), unique=True),
        routes=a_few(codes(Scheme.ROUTE), unique=True),
        instruments=a_few(codes(Scheme.INSTRUMENT), unique=True),
        sectors=a_few(codes(Scheme.SECTOR), unique=True),
        target_groups=a_few(codes(Scheme.TARGET_GROUP), unique=True),
        programmes=a_few(codes(Scheme.PROGRAMME), unique=True),
        free_words=a_few(st.builds(FreeWord, any_of(Scheme), WORDS), unique=True),
        organisations=a_few(
            st.builds(Participation, WORDS, any_of(PartnerRole), maybe(codes(Scheme.ACTOR_TYPE), "")),
            unique=True,
        ),
        funding=a_few(st.builds(Funding, WORDS, maybe(COUNTS), maybe(WORDS, ""), maybe(ADDRESSES, ""))),
        approaches=a_few(SLUGS, unique=True),
        parent=SLUGS,
        successor=SLUGS,
        adopted_from=a_few(SLUGS, unique=True),
        sources=a_few(
            st.builds(Source, WORDS, ADDRESSES, maybe(WORDS, ""), maybe(WORDS, ""), maybe(DAYS, "")),
            unique=True,
        ),
        theory=theory,
        measurements=a_few(measurement),
        studies=study.map(lambda one: (one,)),
        promises=a_few(promise),
        costs=a_few(st.builds(Cost, maybe(YEARS), maybe(YEARS), maybe(COUNTS), maybe(COUNTS), maybe(COUNTS))),
        conditions=a_few(st.builds(Condition, any_of(ConditionKind), WORDS, FLAGS)),
        delivery=a_few(delivery),
    )
