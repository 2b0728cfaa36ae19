"""What places can see together, in sentences."""

from collections.abc import Iterator

from kb.domain.measuring_together import Shared, Sight
from kb.language.formats import count, number, percent
from kb.language.texts import gettext as _
from kb.language.texts import ngettext

POINTS = 100


def reach_sentences(shared: Shared) -> Iterator[str]:
    """How many people the places reach, as far as anybody told."""
    known, places = len(shared.known), len(shared.places)
    if not known:
        yield _("No place has told yet how many people it reaches.")
        return
    yield ngettext(
        "Of %(known)s of the %(n)s places we know how many people it reaches: %(people)s together.",
        "Of %(known)s of the %(n)s places we know how many people they reach: %(people)s together.",
        places,
        known=count(known),
        people=count(shared.people),
    )


def sight_sentences(shared: Shared) -> Iterator[str]:
    """What difference that can show, together, alone, and as whole places."""
    sight = shared.sight
    if sight is None:
        return
    if sight.together is None:
        yield _("That is too few to see even the largest difference.")
        return
    yield _(
        "If they all measure the same, with as many people who do not take part, they see a difference from "
        "%(difference)s on.",
        difference=_difference(sight.together, sight),
    )
    if sight.alone is None:
        yield _("A place of the middle size sees nothing alone.")
    else:
        yield _(
            "A place of the middle size alone sees one from %(difference)s on.",
            difference=_difference(sight.alone, sight),
        )
    yield _wholes(sight)


def reading(shared: Shared) -> str:
    """How to read these figures."""
    sight = shared.sight
    if sight is None:
        return ""
    if sight.is_share and sight.baseline is not None:
        return _(
            "Seen means: in 8 of 10 cases. We take it that without the approach the share is %(share)s.",
            share=percent(sight.baseline),
        )
    return _("Seen means: in 8 of 10 cases. A standard deviation is the usual distance between people.")


def _wholes(sight: Sight) -> str:
    """People of one place look alike, so a place is less than the sum of its people."""
    if sight.as_wholes is None:
        return _("Whoever compares whole places with each other sees nothing yet: that takes more places.")
    return _(
        "Whoever compares whole places with each other sees one from %(difference)s on, because people of "
        "one place resemble each other.",
        difference=_difference(sight.as_wholes, sight),
    )


def _difference(size: float, sight: Sight) -> str:
    if sight.is_share:
        return _("%(n)s of every 100 people", n=number(POINTS * size, digits=0 if size >= 0.1 else 1))
    return _("%(n)s standard deviations", n=number(size, digits=2))
