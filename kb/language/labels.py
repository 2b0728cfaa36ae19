"""What people call the values of the domain: states, roles, kinds, designs, levels and directions."""

from collections.abc import Mapping
from enum import Enum

from kb.domain.catalogue import Studied
from kb.domain.content import (
    Activity,
    ConditionKind,
    Group,
    MeasureKind,
    Method,
    Moment,
    PartnerRole,
    Qualifier,
)
from kb.domain.evidence import Baseline, Design, Direction, Flag, Grade, Level
from kb.domain.following import Rhythm
from kb.domain.pillars import Pillar
from kb.domain.rights import Right
from kb.domain.scopes import Scope
from kb.domain.search import Facet, Sort
from kb.domain.suggestions import SuggestionKind
from kb.domain.terms import RegionKind, Scheme
from kb.domain.workflow import Action, Role, Status
from kb.language.texts import gettext, mark

Names = Mapping[Enum, str]

WORKFLOW: Mapping[type[Enum], Names] = {
    Status: {
        Status.DRAFT: mark("Draft"),
        Status.SUBMITTED: mark("Submitted"),
        Status.RETURNED: mark("Returned"),
        Status.PUBLISHED: mark("Published"),
        Status.WITHDRAWN: mark("Withdrawn"),
    },
    Action: {
        Action.CREATE: mark("create"),
        Action.READ: mark("read"),
        Action.INSPECT: mark("see what is not public"),
        Action.EDIT: mark("change"),
        Action.COMMENT: mark("remark"),
        Action.SUBMIT: mark("submit"),
        Action.TAKE_BACK: mark("take back"),
        Action.RETURN: mark("return"),
        Action.PUBLISH: mark("publish"),
        Action.CORRECT: mark("correct urgently"),
        Action.WITHDRAW: mark("withdraw"),
        Action.DISCARD: mark("throw away"),
        Action.CONFIRM: mark("confirm"),
        Action.ASK_TO_JOIN: mark("ask to join"),
        Action.SHARE: mark("invite somebody"),
        Action.LOWER: mark("lower the level"),
        Action.MERGE: mark("merge"),
        Action.SPLIT: mark("undo a merge"),
    },
    Scope: {
        Scope.LOOK: mark("see your own versions that are not public yet"),
        Scope.WRITE: mark("start initiatives and change the newest version"),
        Scope.MEASURE: mark("add measurements"),
        Scope.SUBMIT: mark("submit to the reviewers"),
    },
    Right: {
        Right.OWN_ACCOUNT: mark("own account"),
        Right.DESK: mark("own desk"),
        Right.SAVED_SEARCHES: mark("saved searches"),
        Right.IMPORT: mark("import"),
        Right.KEYS: mark("API keys"),
        Right.REVIEW: mark("review"),
        Right.PEOPLE: mark("manage people"),
        Right.AUDIT: mark("see the audit trail"),
        Right.HEALTH: mark("see how the portal is doing"),
        Right.VOCABULARIES: mark("manage lists"),
    },
    Role: {
        Role.PUBLIC: mark("visitor"),
        Role.COORDINATOR: mark("regional coordinator"),
        Role.REVIEWER: mark("reviewer"),
        Role.MINISTRY: mark("ministry"),
        Role.ADMINISTRATOR: mark("administrator"),
        Role.SYSTEM: mark("the system"),
    },
}

CONTENT: Mapping[type[Enum], Names] = {
    Activity: {
        Activity.ACTIVE: mark("Running"),
        Activity.ENDED: mark("Ended"),
        Activity.UNKNOWN: mark("Not known whether it still runs"),
    },
    PartnerRole: {
        PartnerRole.LEAD: mark("Lead organisation"),
        PartnerRole.PARTNER: mark("Partner"),
        PartnerRole.FUNDER: mark("Funder"),
        PartnerRole.EVALUATOR: mark("Evaluator"),
        PartnerRole.COMMISSIONER: mark("Commissioned by"),
    },
    MeasureKind: {
        MeasureKind.REACH: mark("Reach"),
        MeasureKind.OUTPUT: mark("What was done"),
        MeasureKind.OUTCOME: mark("Outcome"),
        MeasureKind.TARGET: mark("Target"),
        MeasureKind.SATISFACTION: mark("Satisfaction"),
    },
    Moment: {
        Moment.BASELINE: mark("At the start"),
        Moment.END: mark("At the end"),
        Moment.FOLLOW_UP: mark("Some time later"),
    },
    Group: {
        Group.PARTICIPANTS: mark("Participants"),
        Group.COMPARISON: mark("Comparison group"),
        Group.REGION: mark("The whole region"),
        Group.NATIONAL: mark("The whole country"),
    },
    Qualifier: {
        Qualifier.EXACT: mark("exactly"),
        Qualifier.ABOUT: mark("about"),
        Qualifier.AT_LEAST: mark("at least"),
        Qualifier.AT_MOST: mark("at most"),
    },
    Method: {
        Method.MONITORING: mark("Kept count"),
        Method.SELF_REPORTED: mark("Told by the initiative itself"),
        Method.SURVEY: mark("Survey"),
        Method.QUALITATIVE: mark("Interviews or observation"),
        Method.BEFORE_AFTER: mark("Measured before and after"),
        Method.BENCHMARK: mark("Compared with the general trend"),
        Method.COMPARISON_GROUP: mark("Compared with a group that did not take part"),
        Method.EXPERT_REVIEW: mark("Judged by experts"),
        Method.COST_BENEFIT: mark("Costs compared with benefits"),
        Method.UNKNOWN: mark("Not known how it was measured"),
    },
    ConditionKind: {
        ConditionKind.PARTNER: mark("Partners"),
        ConditionKind.PEOPLE: mark("People"),
        ConditionKind.MONEY: mark("Money"),
        ConditionKind.RULE: mark("Rules"),
        ConditionKind.SCALE: mark("Scale"),
        ConditionKind.GROUP: mark("Group"),
    },
}

EVIDENCE: Mapping[type[Enum], Names] = {
    Design: {
        Design.RCT: mark("Drawn by lot"),
        Design.CLUSTER_RCT: mark("Drawn by lot, whole groups at once"),
        Design.RDD: mark("Just above and just below a limit"),
        Design.IV: mark("Chance from outside used as a lot"),
        Design.DID: mark("Change compared with the change elsewhere"),
        Design.MATCHED: mark("Compared with people who are alike"),
        Design.ITS_CONTROL: mark("Series over time beside a series elsewhere"),
        Design.ITS: mark("Series over time"),
        Design.BENCHMARK: mark("Compared with the region or the country"),
        Design.CROSSSECTION: mark("Compared with others at one moment"),
        Design.PREPOST: mark("Before and after, without comparison"),
        Design.POSTONLY: mark("Only afterwards"),
        Design.OUTPUT: mark("Only counts or satisfaction"),
    },
    Baseline: {
        Baseline.EQUAL: mark("The groups were alike at the start"),
        Baseline.ADJUSTED: mark("The groups differed a little; that was corrected for"),
        Baseline.NO: mark("The groups were not alike at the start"),
        Baseline.UNKNOWN: mark("Not known whether the groups were alike at the start"),
    },
    Grade: {
        Grade.S: mark("Strong"),
        Grade.M: mark("Moderate"),
        Grade.W: mark("Weak"),
        Grade.N: mark("Says nothing about effect"),
    },
    Level: {
        Level.REGISTERED: mark("Registered"),
        Level.DESCRIBED: mark("Well described"),
        Level.SUBSTANTIATED: mark("Well substantiated"),
        Level.MEASURED: mark("Change measured"),
        Level.COMPARED: mark("Compared"),
        Level.REPLICATED: mark("Shown in several places"),
    },
    Direction: {
        Direction.FAVOURABLE: mark("Favourable"),
        Direction.FAVOURABLE_SMALL: mark("Favourable, but small"),
        Direction.NO_DIFFERENCE: mark("No difference"),
        Direction.UNFAVOURABLE: mark("Unfavourable"),
        Direction.UNCLEAR: mark("Unclear"),
        Direction.MIXED: mark("Mixed"),
        Direction.FAVOURABLE_VARIES: mark("Favourable, differs by place"),
    },
    Flag: {
        Flag.DESCRIPTION_INCOMPLETE: mark("The description is not complete"),
        Flag.THEORY_MISSING: mark("Nobody has written down why it should help"),
        Flag.REPORT_NOT_PUBLIC: mark("The report is not public"),
        Flag.PROMISE_OVERDUE: mark("A promised measurement is missing"),
        Flag.OUTDATED: mark("The research is more than five years old"),
    },
}

SEARCH: Mapping[type[Enum], Names] = {
    Studied: {
        Studied.PROMISED: mark("Measurement promised"),
        Studied.MEASURED: mark("Outcome measured"),
        Studied.COMPARED: mark("Outcome compared"),
        Studied.MEASURED_BEFORE: mark("Outcome measured, more than five years ago"),
        Studied.COMPARED_BEFORE: mark("Outcome compared, more than five years ago"),
    },
    Facet: {
        Facet.RECOMMENDATION: mark("Recommendation"),
        Facet.REGION: mark("Region"),
        Facet.LEVEL: mark("Education level"),
        Facet.ROUTE: mark("Learning route"),
        Facet.TREDE: mark("Level of evidence"),
        Facet.DIRECTION: mark("What came out"),
        Facet.STUDIED: mark("Measured or compared"),
        Facet.INSTRUMENT: mark("Instrument"),
        Facet.SECTOR: mark("Sector"),
        Facet.TARGET_GROUP: mark("Target group"),
        Facet.PROGRAMME: mark("Programme"),
        Facet.PILLAR: mark("Pillar of the Action Plan for Green and Digital Jobs"),
        Facet.PHASE: mark("Phase"),
        Facet.YEAR: mark("Year"),
        Facet.ORGANISATION: mark("Organisation"),
        Facet.APPROACH: mark("Approach"),
    },
    Rhythm: {
        Rhythm.NEVER: mark("No mail"),
        Rhythm.DAILY: mark("At most once a day"),
        Rhythm.WEEKLY: mark("At most once a week"),
    },
    Pillar: {
        Pillar.EDUCATION: mark("More people into technical education"),
        Pillar.LABOUR_MARKET: mark("More people into technical work, and staying there"),
        Pillar.PRODUCTIVITY: mark("More productivity"),
        Pillar.GOVERNANCE: mark("Better direction and less scattering"),
    },
    Sort: {
        Sort.RELEVANCE: mark("Best match"),
        Sort.EVIDENCE: mark("Best evidence"),
        Sort.NEWEST: mark("Newest"),
        Sort.CONFIRMED: mark("Recently confirmed"),
    },
    SuggestionKind: {
        SuggestionKind.TITLE: mark("Initiatives"),
        SuggestionKind.ORGANISATION: mark("Organisations"),
        SuggestionKind.PLACE: mark("Places"),
        SuggestionKind.THEME: mark("Themes"),
    },
}

# By kind first: values of different kinds may be equal ("onbekend" occurs twice).
PLACES: Mapping[type[Enum], Names] = {
    RegionKind: {
        RegionKind.COUNTRY: mark("country"),
        RegionKind.PART: mark("part of the country"),
        RegionKind.PROVINCE: mark("province"),
        RegionKind.LABOUR_MARKET_REGION: mark("labour-market region"),
        RegionKind.MUNICIPALITY: mark("municipality"),
    },
}

LISTS: Mapping[type[Enum], Names] = {
    Scheme: {
        Scheme.REGION: mark("Region"),
        Scheme.LEVEL: mark("Education level"),
        Scheme.ROUTE: mark("Learning route"),
        Scheme.RECOMMENDATION: mark("Recommendation"),
        Scheme.INDICATOR: mark("Indicator"),
        Scheme.INSTRUMENT: mark("Instrument"),
        Scheme.SECTOR: mark("Sector"),
        Scheme.TARGET_GROUP: mark("Target group"),
        Scheme.PROGRAMME: mark("Programme"),
        Scheme.ACTOR_TYPE: mark("Kind of organisation"),
        Scheme.PHASE: mark("Phase"),
    },
}

LABELS: Mapping[type[Enum], Names] = {**PLACES, **LISTS, **WORKFLOW, **CONTENT, **EVIDENCE, **SEARCH}

LEVEL_MEANINGS: Names = {
    Level.REGISTERED: mark("This initiative is registered. The description is not complete yet."),
    Level.DESCRIBED: mark(
        "It says what people do, for whom and what it takes. Whether it helps has not been measured."
    ),
    Level.SUBSTANTIATED: mark(
        "It is explained why this can help, with sources. Whether it really helps has not been measured."
    ),
    Level.MEASURED: mark("A change was measured. We do not know whether this initiative caused it."),
    Level.COMPARED: mark("Participants were compared with a group that did not take part."),
    Level.REPLICATED: mark("This was studied well in several places, also by independent researchers."),
}

DIRECTION_MEANINGS: Names = {
    Direction.FAVOURABLE: mark("It went better than without this initiative."),
    Direction.FAVOURABLE_SMALL: mark("There is a difference, but it is small."),
    Direction.NO_DIFFERENCE: mark("It makes no difference that matters."),
    Direction.UNFAVOURABLE: mark("It went worse than without this initiative."),
    Direction.UNCLEAR: mark(
        "The study is too small to say whether it helps. That is not the same as: it does not work."
    ),
    Direction.MIXED: mark("In one place it helped, in another it did not."),
    Direction.FAVOURABLE_VARIES: mark("On average it helps. In a new place it may disappoint."),
}


def label(value: Enum) -> str:
    """What people call this value, in the reader's language."""
    return gettext(LABELS[type(value)][value])


def direction_label(direction: Direction | None) -> str:
    """Nothing measured is said in so many words."""
    return label(direction) if direction is not None else gettext("Not measured")


def level_meaning(level: Level) -> str:
    return gettext(LEVEL_MEANINGS[level])


def direction_meaning(direction: Direction | None) -> str:
    if direction is None:
        return gettext("Not measured. That says nothing about good or bad.")
    return gettext(DIRECTION_MEANINGS[direction])
