"""The table of permissions: every role, deed and state, and the reason of each refusal."""

from dataclasses import replace
from itertools import product

import pytest

from kb.domain.people import ACCOUNT_ROLES, PUBLIC, SYSTEM, Person
from kb.domain.permissions import (
    LOG_IN,
    NEW,
    PERMISSIONS,
    UNMET,
    WRONG_ROLE,
    WRONG_STATE,
    Condition,
    Standing,
    may,
    require,
)
from kb.domain.problems import Denied
from kb.domain.rights import HOLDERS, REFUSALS, Right, holds, require_right
from kb.domain.workflow import MOVES, Action, Role, Status, leads_to

COORDINATOR = Person(1, Role.COORDINATOR, regions=frozenset({"AM05"}), reach=frozenset({"AM05", "GM0153"}))
REVIEWER = Person(2, Role.REVIEWER)
MINISTRY = Person(3, Role.MINISTRY)
ADMINISTRATOR = Person(4, Role.ADMINISTRATOR)
EVERYONE = (PUBLIC, SYSTEM, COORDINATOR, REVIEWER, MINISTRY, ADMINISTRATOR)

# One initiative of Enschede with a public version, on which somebody else is working.
NEAR = Standing(is_public=True, regions=frozenset({"GM0153"}), owner=9, writers=frozenset({9}))

D, S, R, P, W = Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.WITHDRAWN
EVERY = "DSRPW"
LETTERS = {"D": D, "S": S, "R": R, "P": P, "W": W}
# Written out a second time, state by state, as a policy officer would read it.
EXPECTED = {
    (PUBLIC, Action.READ): EVERY,
    (MINISTRY, Action.READ): EVERY,
    (ADMINISTRATOR, Action.READ): EVERY,
    (ADMINISTRATOR, Action.INSPECT): EVERY,
    (COORDINATOR, Action.READ): EVERY,
    (COORDINATOR, Action.INSPECT): EVERY,
    (COORDINATOR, Action.CREATE): "D",
    (COORDINATOR, Action.EDIT): "DRP",
    (COORDINATOR, Action.COMMENT): "DSRP",
    (COORDINATOR, Action.SUBMIT): "DR",
    (COORDINATOR, Action.TAKE_BACK): "S",
    (COORDINATOR, Action.DISCARD): "DR",
    (COORDINATOR, Action.CONFIRM): "DSRP",
    (COORDINATOR, Action.SHARE): "DSRP",
    (REVIEWER, Action.READ): EVERY,
    (REVIEWER, Action.INSPECT): EVERY,
    (REVIEWER, Action.CREATE): "D",
    (REVIEWER, Action.EDIT): EVERY,
    (REVIEWER, Action.COMMENT): "DSRP",
    (REVIEWER, Action.SUBMIT): "DR",
    (REVIEWER, Action.TAKE_BACK): "S",
    (REVIEWER, Action.RETURN): "S",
    (REVIEWER, Action.PUBLISH): "S",
    (REVIEWER, Action.CORRECT): "DSR",
    (REVIEWER, Action.WITHDRAW): "DSRP",
    (REVIEWER, Action.DISCARD): "DR",
    (REVIEWER, Action.CONFIRM): "DSRP",
    (REVIEWER, Action.SHARE): "DSRP",
    (REVIEWER, Action.LOWER): "DSRP",
    (REVIEWER, Action.MERGE): "P",
    (REVIEWER, Action.SPLIT): "W",
    (SYSTEM, Action.READ): EVERY,
    (SYSTEM, Action.INSPECT): EVERY,
    (SYSTEM, Action.CREATE): "D",
    (SYSTEM, Action.EDIT): EVERY,
    (SYSTEM, Action.SUBMIT): "DR",
    (SYSTEM, Action.PUBLISH): "S",
    (SYSTEM, Action.WITHDRAW): "DSRP",
}


@pytest.mark.parametrize(
    ("person", "action", "status"),
    list(product(EVERYONE, Action, Status)),
    ids=lambda value: value.role.value if isinstance(value, Person) else value.value,
)
def test_c4_every_role_deed_and_state_is_allowed_or_refused_with_a_reason(person, action, status):
    answer = may(person, action, replace(NEAR, status=status))
    expected = status in {LETTERS[letter] for letter in EXPECTED.get((person, action), "")}
    assert bool(answer) is expected
    assert bool(answer.reason) is not expected


@pytest.mark.parametrize(
    ("standing", "after", "reason"),
    [
        (replace(NEAR, regions=frozenset({"GM0363"})), None, UNMET[Condition.NEAR]),
        (NEAR, {"GM0363"}, UNMET[Condition.STAYS_NEAR]),
        (NEAR, set(), UNMET[Condition.STAYS_NEAR]),
        (NEAR, {"GM0363", "AM05"}, None),
        (replace(NEAR, regions=frozenset({"GM0363"}), editors=frozenset({1})), {"GM0363"}, None),
        (replace(NEAR, regions=frozenset(), owner=1), set(), None),
        (replace(NEAR, regions=frozenset(), owner=9), set(), UNMET[Condition.NEAR]),
        (replace(NEAR, regions=frozenset(), owner=None), set(), UNMET[Condition.NEAR]),
    ],
)
def test_c2_a_coordinator_edits_within_the_own_regions_before_and_after(standing, after, reason):
    answer = may(COORDINATOR, Action.EDIT, standing, regions_after=after)
    assert answer.reason == (reason.reason if reason is not None else "")


@pytest.mark.parametrize(("regions", "allowed"), [((), True), (("AM05",), True), (("AM06",), False)])
def test_c2_a_coordinator_adds_initiatives_of_the_own_regions_or_without_region_yet(regions, allowed):
    assert bool(may(COORDINATOR, Action.CREATE, NEW, regions_after=regions)) is allowed


def test_c4_nobody_publishes_a_version_they_worked_on():
    own = replace(NEAR, status=S, writers=frozenset({9, 2}))
    with pytest.raises(Denied, match="Somebody else must publish"):
        require(REVIEWER, Action.PUBLISH, own)
    assert may(replace(REVIEWER, id=5), Action.PUBLISH, own)


def test_an_urgent_correction_is_only_for_what_everybody_can_see():
    own = replace(NEAR, writers=frozenset({2}))
    assert may(REVIEWER, Action.CORRECT, own)
    assert may(REVIEWER, Action.CORRECT, replace(own, is_public=False)) == UNMET[Condition.IS_PUBLIC]


def test_a_coordinator_asks_to_join_only_what_is_out_of_reach():
    assert may(COORDINATOR, Action.ASK_TO_JOIN, NEAR) == UNMET[Condition.FAR]
    assert may(COORDINATOR, Action.ASK_TO_JOIN, replace(NEAR, regions=frozenset({"AM06"})))


def test_c5_nobody_outside_reads_what_was_never_public():
    hidden = replace(NEAR, is_public=False)
    for person in (PUBLIC, MINISTRY):
        assert not may(person, Action.READ, hidden)
        assert not may(person, Action.INSPECT, hidden)


def test_a_visitor_is_told_to_log_in_and_others_who_may_do_it():
    assert may(PUBLIC, Action.PUBLISH, NEAR) == LOG_IN
    assert may(MINISTRY, Action.PUBLISH, NEAR) == WRONG_ROLE[Action.PUBLISH]


def test_every_refusal_has_words():
    assert set(WRONG_ROLE) == set(Action)
    assert set(WRONG_STATE) == set(Status)
    assert set(UNMET) == set(Condition)
    assert set(REFUSALS) == set(HOLDERS) == set(Right)


def test_every_move_can_be_made_by_somebody():
    for (status, action), after in MOVES.items():
        assert any(status in rule.states for (_, deed), rule in PERMISSIONS.items() if deed is action)
        assert leads_to(status, action, is_public=True) is after


def test_throwing_away_a_version_leads_back_to_what_is_public():
    assert leads_to(D, Action.DISCARD, is_public=True) is P
    assert leads_to(R, Action.DISCARD, is_public=False) is W


@pytest.mark.parametrize(("person", "right"), list(product(EVERYONE, Right)))
def test_every_right_is_held_or_refused_with_a_reason(person, right):
    if person.role in HOLDERS[right]:
        require_right(person, right)
        return
    with pytest.raises(Denied) as refused:
        require_right(person, right)
    assert refused.value.reason == holds(person, right).reason


def test_the_audit_trail_knows_people_by_number():
    assert (COORDINATOR.actor, PUBLIC.actor, SYSTEM.actor) == ("persoon:1", "publiek", "systeem")
    assert {role for role in ACCOUNT_ROLES if Person(1, role).needs_second_factor} == {
        Role.COORDINATOR,
        Role.REVIEWER,
        Role.ADMINISTRATOR,
    }
