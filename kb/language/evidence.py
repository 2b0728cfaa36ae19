"""What a verdict means, in whole sentences: how certain, what came out, what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kb.domain.evidence import Direction, Interval, Level
from kb.domain.fragmentation import Fragmentation
from kb.domain.next_step import Action, Gap, Missing, NextStep
from kb.domain.poolability import Obstacle
from kb.language.formats import listing, number
from kb.language.labels import direction_meaning, level_meaning
from kb.language.texts import gettext as _
from kb.language.texts import mark, ngettext
from kb.language.trace import answer_name


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that the sentences need, as far as known; differences are per 100 people.

    `change` is the figure before and after, in its own unit and already written out. `compared` says that the
    difference is with others; else it is one with before.
    """

    change: tuple[str, str] | None = None
    places: int | None = None
    per_100: float | None = None
    interval: Interval | None = None
    prediction: Interval | None = None
    outcome: str = ""
    compared: bool = True


NO_FIGURES = Figures()

ACTIONS: Mapping[Enum, str] = {
    Action.DESCRIBE: mark(
        "Complete the description: goal, target group, activities, conditions and a contact point."
    ),
    Action.EXPLAIN: mark(
        "Explain why this can help: the problem, how it works and what comes of it, with sources."
    ),
    Action.MEASURE: mark(
        "Measure the same thing before and after, with the same questions, "
        "for at least 30 people of whom at least 60 of every 100 answer."
    ),
    Action.COMPARE: mark(
        "Also measure a group that does not take part. With about %(people)s people in each group "
        "a difference between %(low)s and %(high)s percent can be seen."
    ),
    Action.COMPARE_AGAIN: mark(
        "Have a second study done that compares with a group that does not take part, and make it public. "
        "There are %(found)s now; %(at_least)s are needed."
    ),
    Action.PUBLISH_REPORT: mark(
        "Make the report of the study public. As long as it is not, it does not count here."
    ),
    Action.OTHER_PLACE: mark(
        "Study it in another place as well, with another organisation or in another region."
    ),
    Action.STRONGER_DESIGN: mark(
        "Let chance decide who may take part first, or do more comparisons. "
        "One strong study is needed, or three moderate ones."
    ),
    Action.MORE_PEOPLE: mark(
        "Study more people: %(found)s took part in the studies together, and %(at_least)s are needed."
    ),
    Action.INDEPENDENT: mark("Have it studied by somebody without a stake in the outcome."),
    Action.FOLLOW_UP: mark(
        "Look again, at least %(at_least)s months after the end. Does the difference last?"
    ),
    Action.EXPLAIN_DIFFERENCES: mark(
        "The studies differ, or of one of them the outcome is not known. Find out what is behind that."
    ),
    Action.KEEP_PROMISE: mark("Publish the promised measurement, which is %(found)s months late."),
}

OBSTACLES: Mapping[Enum, str] = {
    Obstacle.TOO_FEW_STUDIES: mark("There are fewer than three studies with a good comparison."),
    Obstacle.TOO_FEW_INITIATIVES: mark("The studies are about fewer than three initiatives."),
    Obstacle.DIFFERENT_OUTCOMES: mark("The studies measured different things."),
    Obstacle.DIFFERENT_METRICS: mark("The studies express the difference in different ways."),
    Obstacle.DIFFERENT_LEVELS: mark("The studies are about different levels of education."),
    Obstacle.SHARED_PARTICIPANTS: mark("The same people took part in more than one study."),
}


# What is told of a study that looks before and after only.
SINCE_BEFORE: Mapping[Direction, str] = {
    Direction.FAVOURABLE: mark("It went better than before."),
    Direction.FAVOURABLE_SMALL: mark("It went a little better than before."),
    Direction.UNFAVOURABLE: mark("It went worse than before."),
}


def level_sentence(level: Level, figures: Figures = NO_FIGURES) -> str:
    """How certain we are, with the figures where they are known."""
    if level is Level.MEASURED and figures.change is not None:
        before, after = figures.change
        return _(
            "The figure went from %(before)s to %(after)s. We do not know whether this initiative caused it.",
            before=before,
            after=after,
        )
    if level is Level.REPLICATED and figures.places is not None:
        return _(
            "This was studied well in %(places)s places, also by independent researchers.",
            places=figures.places,
        )
    return level_meaning(level)


def direction_sentence(direction: Direction | None, figures: Figures = NO_FIGURES) -> str:
    """What came out, per 100 people where that is known."""
    if direction is not None and direction in SINCE_BEFORE and not figures.compared:
        return _since_before(direction, figures)
    about = {} if figures.per_100 is None else {"x": _whole(abs(figures.per_100))}
    if direction is Direction.FAVOURABLE and about and figures.interval is not None:
        return _(
            "Of every 100 participants about %(x)s more %(outcome)s than without this initiative "
            "(probably between %(lo)s and %(hi)s).",
            outcome=figures.outcome or _("succeed"),
            lo=_whole(figures.interval.lo),
            hi=_whole(figures.interval.hi),
            **about,
        )
    if direction is Direction.FAVOURABLE_SMALL and about:
        return _("There is a difference, but a small one: about %(x)s of every 100.", **about)
    if direction is Direction.UNFAVOURABLE and about:
        return _("It went worse than without: about %(x)s of every 100 fewer.", **about)
    if direction is Direction.FAVOURABLE_VARIES and figures.prediction is not None:
        return _(
            "On average it helps. In a new place it may disappoint: "
            "expect between %(low)s and %(high)s of every 100.",
            low=_whole(figures.prediction.lo),
            high=_whole(figures.prediction.hi),
        )
    return direction_meaning(direction)


def _since_before(direction: Direction, figures: Figures) -> str:
    """A change: what it would have been without the initiative, nobody knows."""
    if figures.per_100 is None or direction is Direction.FAVOURABLE_SMALL:
        return _(SINCE_BEFORE[direction])
    x = _whole(abs(figures.per_100))
    if direction is Direction.FAVOURABLE:
        return _("It went better than before: about %(x)s of every 100 more.", x=x)
    return _("It went worse than before: about %(x)s of every 100 fewer.", x=x)


def attribution_sentence(attributable: bool | None) -> str:
    """Whether the outcome may be put down to the initiative; nothing where no study speaks."""
    if attributable is None:
        return ""
    if attributable:
        return _("The difference can be put down to this initiative.")
    return _("The difference cannot be put down to this initiative: a good comparison is missing.")


def next_step_sentences(step: NextStep) -> tuple[str, ...]:
    """Everything that the next level still needs, as things to do."""
    return (*(_todo(missing, step) for missing in step.missing), *(_gap_sentence(gap) for gap in step.gaps))


def obstacle_sentences(obstacles: tuple[Obstacle, ...]) -> tuple[str, ...]:
    """Why studies are not pooled."""
    return tuple(_(OBSTACLES[obstacle]) for obstacle in obstacles)


def fragmentation_sentence(cell: Fragmentation) -> str:
    """How scattered the approaches are, beside the share that was evaluated."""
    if cell.different_approach is None or cell.evaluated_share is None:
        return _("Too little is known to say how scattered the approaches are.")
    return _(
        "Take two initiatives at random: in %(different)s of 100 cases they use a different approach. "
        "Of every 100 initiatives %(evaluated)s were evaluated.",
        different=_whole(100 * cell.different_approach),
        evaluated=_whole(100 * cell.evaluated_share),
    )


def _todo(missing: Missing, step: NextStep) -> str:
    low, high = (number(round(100 * share, 1)) for share in sorted(step.shares))
    return _(
        ACTIONS[missing.action],
        found=number(missing.found),
        at_least=number(missing.at_least),
        people=number(step.people_per_group),
        low=low,
        high=high,
    )


def _gap_sentence(gap: Gap) -> str:
    names = listing(answer_name(answer) for answer in gap.answers)
    return ngettext(
        "Study %(study)s would count for more with a better or known answer to: %(names)s.",
        "Study %(study)s would count for more with better or known answers to: %(names)s.",
        len(gap.answers),
        study=gap.study + 1,
        names=names,
    )


def _whole(value: float) -> str:
    return number(round(value))
