"""The verdict on one promised outcome: derived from the answers alone, with the rules that led to it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from kb.domain.direction import outcome
from kb.domain.evidence import Answers, Direction, Flag, Grade, Level, Step
from kb.domain.grading import graded
from kb.domain.ladder import ASKS, FLAGS, LADDER, OVERDUE_CAP, Facts, is_overdue

# Raise it with every change of a rule; stored verdicts of another version are computed anew.
RULE_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two axes, never one medal: how certain we are, and what came out.

    `attributable` (toe te schrijven) is None, like `direction`, where no study speaks.
    `grades` follow the order of the studies.
    """

    level: Level
    direction: Direction | None
    attributable: bool | None
    grades: tuple[Grade, ...]
    flags: tuple[Flag, ...]
    trace: tuple[Step, ...]
    rule_version: str
    input_hash: str


def assess(answers: Answers) -> Verdict:
    """The same answers always give the same verdict."""
    facts = facts_of(answers)
    return Verdict(
        level=level(facts),
        direction=facts.outcome.direction,
        attributable=facts.outcome.attributable,
        grades=tuple(one.grade for one in facts.studies),
        flags=tuple(flag for flag, warn in FLAGS.items() if warn.raised(facts)),
        trace=tuple(_trace(facts)),
        rule_version=RULE_VERSION,
        input_hash=hash_of(answers),
    )


def facts_of(answers: Answers) -> Facts:
    studies = tuple(graded(study, f"studies.{index}") for index, study in enumerate(answers.studies))
    return Facts(answers, studies, outcome(answers, studies))


def level(facts: Facts) -> Level:
    found = next(level for level, needs in LADDER if all(ASKS[need].holds(facts) for need in needs))
    return min(found, OVERDUE_CAP) if is_overdue(facts) else found


def hash_of(answers: Answers) -> str:
    """A fingerprint of the answers, whatever the order of the studies."""
    studies = sorted(_canonical(study) for study in answers.studies)
    lines = (_canonical(replace(answers, studies=())), *studies)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, default=_named, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _named(value: Any) -> dict[str, object]:
    """The fields of a frozen value; `asdict` copies everything and takes most of the time of a verdict."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _trace(facts: Facts) -> Iterator[Step]:
    """Studies first, then the direction, the ladder from the top, what holds it down, and the flags."""
    for one in facts.studies:
        yield from one.trace
    yield from facts.outcome.trace
    yield from _ladder_trace(facts)
    for flag, warn in FLAGS.items():
        yield Step(f"flag.{flag}", warn.raised(facts), warn.because(facts))


def _ladder_trace(facts: Facts) -> Iterator[Step]:
    for level_asked, needs in LADDER:
        for need in needs:
            yield Step(f"trede_{level_asked}.{need}", ASKS[need].holds(facts), ASKS[need].because(facts))
    overdue = ("overdue_promise_months", facts.answers.overdue_promise_months)
    yield Step(f"at_most_trede_{OVERDUE_CAP}.overdue_promise", is_overdue(facts), (overdue,))
