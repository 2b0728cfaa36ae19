"""Who may do what with an initiative: one table of role, deed and state; each refusal has its reason.

Read `PERMISSIONS` aloud: a coordinator may submit a draft or a returned version that is near.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kb.domain.people import Person
from kb.domain.problems import Denied
from kb.domain.workflow import Action, Role, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """What the permissions need to know of an initiative.

    `writers` are the ids of all who wrote the version that is not public yet: whoever started, saved or
    submitted it since the last publication. `editors` were invited to work on it from outside its regions.
    """

    status: Status = Status.DRAFT
    is_public: bool = False
    regions: frozenset[str] = frozenset()
    owner: int | None = None
    writers: frozenset[int] = frozenset()
    editors: frozenset[int] = frozenset()


# An initiative that does not exist yet.
NEW = Standing()


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, or no with the reason; true when allowed, so that a template can say `if may(...)`."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(True)


def refusal(reason: str) -> Answer:
    """No, because of `reason`: a message id of the catalogue."""
    return Answer(False, reason)


class Condition(Enum):
    """What must hold besides role and state, before the deed or after it."""

    NEAR = "near"
    FAR = "far"
    STAYS_NEAR = "stays near"
    OTHER_EYES = "other eyes"
    IS_PUBLIC = "is public"


@dataclass(frozen=True, slots=True)
class Rule:
    """In which states, and under which conditions."""

    states: frozenset[Status]
    conditions: tuple[Condition, ...] = ()


def _rule(states: frozenset[Status] | Status, *conditions: Condition) -> Rule:
    return Rule(frozenset({states}) if isinstance(states, Status) else states, conditions)


ANY = frozenset(Status)
OPEN = frozenset({Status.DRAFT, Status.RETURNED})
PENDING = OPEN | {Status.SUBMITTED}
LIVE = PENDING | {Status.PUBLISHED}

PERMISSIONS: dict[tuple[Role, Action], Rule] = {
    # What is public can be read by everyone; `INSPECT` is seeing what is not public yet.
    **{(role, Action.READ): _rule(ANY, Condition.IS_PUBLIC) for role in Role},
    (Role.COORDINATOR, Action.INSPECT): _rule(ANY, Condition.NEAR),
    (Role.COORDINATOR, Action.CREATE): _rule(Status.DRAFT, Condition.STAYS_NEAR),
    (Role.COORDINATOR, Action.EDIT): _rule(OPEN | {Status.PUBLISHED}, Condition.NEAR, Condition.STAYS_NEAR),
    (Role.COORDINATOR, Action.COMMENT): _rule(LIVE, Condition.NEAR),
    (Role.COORDINATOR, Action.SUBMIT): _rule(OPEN, Condition.NEAR, Condition.STAYS_NEAR),
    (Role.COORDINATOR, Action.TAKE_BACK): _rule(Status.SUBMITTED, Condition.NEAR),
    (Role.COORDINATOR, Action.DISCARD): _rule(OPEN, Condition.NEAR),
    (Role.COORDINATOR, Action.CONFIRM): _rule(LIVE, Condition.NEAR, Condition.IS_PUBLIC),
    (Role.COORDINATOR, Action.SHARE): _rule(LIVE, Condition.NEAR),
    (Role.COORDINATOR, Action.ASK_TO_JOIN): _rule(LIVE, Condition.FAR, Condition.IS_PUBLIC),
    (Role.REVIEWER, Action.INSPECT): _rule(ANY),
    (Role.REVIEWER, Action.CREATE): _rule(Status.DRAFT),
    (Role.REVIEWER, Action.EDIT): _rule(ANY),
    (Role.REVIEWER, Action.COMMENT): _rule(LIVE),
    (Role.REVIEWER, Action.SUBMIT): _rule(OPEN),
    (Role.REVIEWER, Action.TAKE_BACK): _rule(Status.SUBMITTED),
    (Role.REVIEWER, Action.RETURN): _rule(Status.SUBMITTED),
    (Role.REVIEWER, Action.PUBLISH): _rule(Status.SUBMITTED, Condition.OTHER_EYES),
    # Past the four eyes, for something wrong that everybody can see; the audit trail marks it.
    (Role.REVIEWER, Action.CORRECT): _rule(PENDING, Condition.IS_PUBLIC),
    (Role.REVIEWER, Action.WITHDRAW): _rule(LIVE),
    (Role.REVIEWER, Action.DISCARD): _rule(OPEN),
    (Role.REVIEWER, Action.CONFIRM): _rule(LIVE, Condition.IS_PUBLIC),
    (Role.REVIEWER, Action.SHARE): _rule(LIVE),
    (Role.REVIEWER, Action.LOWER): _rule(LIVE, Condition.IS_PUBLIC),
    (Role.REVIEWER, Action.MERGE): _rule(Status.PUBLISHED),
    (Role.REVIEWER, Action.SPLIT): _rule(Status.WITHDRAWN),
    (Role.ADMINISTRATOR, Action.INSPECT): _rule(ANY),
    (Role.SYSTEM, Action.INSPECT): _rule(ANY),
    (Role.SYSTEM, Action.CREATE): _rule(Status.DRAFT),
    (Role.SYSTEM, Action.EDIT): _rule(ANY),
    (Role.SYSTEM, Action.SUBMIT): _rule(OPEN),
    (Role.SYSTEM, Action.PUBLISH): _rule(Status.SUBMITTED),
    (Role.SYSTEM, Action.WITHDRAW): _rule(LIVE),
}

LOG_IN = refusal("Log in to do this.")
WRONG_ROLE: dict[Action, Answer] = {
    Action.CREATE: refusal("Only coordinators and reviewers can add initiatives."),
    Action.READ: refusal("This initiative is not public."),
    Action.INSPECT: refusal("This version is not public."),
    Action.EDIT: refusal("Only coordinators and reviewers can change initiatives."),
    Action.COMMENT: refusal("Only coordinators and reviewers can add remarks."),
    Action.SUBMIT: refusal("Only coordinators and reviewers can submit initiatives."),
    Action.TAKE_BACK: refusal("Only coordinators and reviewers can take back a submission."),
    Action.RETURN: refusal("Only reviewers can return a submission."),
    Action.PUBLISH: refusal("Only reviewers can publish."),
    Action.CORRECT: refusal("Only reviewers can make an urgent correction."),
    Action.WITHDRAW: refusal("Only reviewers can withdraw an initiative."),
    Action.DISCARD: refusal("Only coordinators and reviewers can throw away a version."),
    Action.CONFIRM: refusal("Only coordinators and reviewers can say that it is still right."),
    Action.ASK_TO_JOIN: refusal("Only coordinators ask to work on an initiative."),
    Action.SHARE: refusal("Only coordinators and reviewers can invite somebody to work on it."),
    Action.LOWER: refusal("Only reviewers can lower a level of evidence."),
    Action.MERGE: refusal("Only reviewers can merge initiatives."),
    Action.SPLIT: refusal("Only reviewers can undo a merge."),
}
WRONG_STATE: dict[Status, Answer] = {
    Status.DRAFT: refusal("This is not possible while it is a draft."),
    Status.SUBMITTED: refusal("This is not possible while it waits for a reviewer."),
    Status.RETURNED: refusal("This is not possible while the author works on the remarks."),
    Status.PUBLISHED: refusal("This is not possible because there is no new version beside the public one."),
    Status.WITHDRAWN: refusal("This is not possible because it has been withdrawn."),
}
UNMET: dict[Condition, Answer] = {
    Condition.NEAR: refusal("This initiative is not in one of your regions."),
    Condition.FAR: refusal("You can work on this initiative already."),
    Condition.STAYS_NEAR: refusal("Keep at least one of your own regions, or ask a reviewer to move it."),
    Condition.OTHER_EYES: refusal("You worked on this version yourself. Somebody else must publish it."),
    Condition.IS_PUBLIC: refusal("This initiative is not public."),
}


def may(
    person: Person, action: Action, thing: Standing = NEW, *, regions_after: Iterable[str] | None = None
) -> Answer:
    """Whether this person may do this with it as it is now, and as its regions will be afterwards."""
    rule = PERMISSIONS.get((person.role, action))
    if rule is None:
        return WRONG_ROLE[action] if person.is_known else LOG_IN
    if thing.status not in rule.states:
        return WRONG_STATE[thing.status]
    after = None if regions_after is None else frozenset(regions_after)
    for condition in rule.conditions:
        if not _holds(condition, person, thing, after):
            return UNMET[condition]
    return YES


def require(
    person: Person, action: Action, thing: Standing = NEW, *, regions_after: Iterable[str] | None = None
) -> None:
    """The first line of a deed: raises Denied with the reason."""
    answer = may(person, action, thing, regions_after=regions_after)
    if not answer:
        raise Denied(answer.reason)


def _holds(condition: Condition, person: Person, thing: Standing, after: frozenset[str] | None) -> bool:
    match condition:
        case Condition.NEAR:
            return _is_near(person, thing, thing.regions)
        case Condition.FAR:
            return not _is_near(person, thing, thing.regions)
        case Condition.STAYS_NEAR:
            return after is None or (thing == NEW and not after) or _is_near(person, thing, after)
        case Condition.OTHER_EYES:
            return person.id not in thing.writers
        case Condition.IS_PUBLIC:
            return thing.is_public


def _is_near(person: Person, thing: Standing, regions: frozenset[str]) -> bool:
    """In reach, invited, or one's own while it has no region yet (a quick start has none)."""
    if person.id in thing.editors or regions & person.reach:
        return True
    return not regions and person.is_known and thing.owner == person.id
