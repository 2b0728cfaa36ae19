"""The sentences of a briefing: the same on the page, in Word and on paper."""

from datetime import date

from kb.domain.briefing import Briefing, BriefLine, Changed, What
from kb.domain.catalogue import Standing
from kb.domain.evidence import Direction, Level
from kb.domain.terms import Scheme, Vocabulary
from kb.language.formats import day, number, period
from kb.language.labels import direction_label, label
from kb.language.texts import gettext as _
from kb.language.texts import language, mark, ngettext

MOST_NAMED = 3
CHANGES = {
    What.CAME: mark("New here."),
    What.WENT: mark("No longer here."),
    What.TREDE: mark("Level of evidence: from %(old)s to %(new)s."),
    What.DIRECTION: mark("What came out: from “%(old)s” to “%(new)s”."),
    What.FINDING: mark("Main figure: from “%(old)s” to “%(new)s”."),
    What.TITLE: mark("Name: from “%(old)s” to “%(new)s”."),
}


def standing_sentence(total: Standing) -> str:
    """How many there are, measured and compared."""
    if not total.initiatives:
        return _("We know of no initiative.")
    known = ngettext("We know of %(n)s initiative.", "We know of %(n)s initiatives.", total.initiatives)
    if not total.measured and not total.compared:
        nobody = _("None of them measured an outcome.")
        return f"{known} {nobody}"
    measured = ngettext(
        "%(n)s of them measured an outcome.", "%(n)s of them measured an outcome.", total.measured
    )
    compared = ngettext(
        "%(n)s compared it with people who did not take part.",
        "%(n)s compared it with people who did not take part.",
        total.compared,
    )
    return f"{known} {measured} {compared}"


def caution(total: Standing) -> str:
    """What may not be read into it."""
    if total.measured < total.initiatives:
        return _("Not measured says nothing about good or bad.")
    return ""


def dated(briefing: Briefing) -> str:
    return _("As of %(day)s", day=day(date.fromisoformat(briefing.made_on)))


def places(line: BriefLine, vocabulary: Vocabulary) -> str:
    """Where it is, in at most three names."""
    if line.area:
        return line.area
    names = [vocabulary.label(Scheme.REGION, code, language()) for code in line.regions]
    return ", ".join(names[:3])


def map_in_words(briefing: Briefing, vocabulary: Vocabulary) -> str:
    """What the map shows, for who does not see it; the figures stand in the table."""
    ranked = sorted(briefing.by_region, key=lambda each: -each[1])[:MOST_NAMED]
    most = [
        f"{vocabulary.label(Scheme.REGION, code, language())} ({number(count)})"
        for code, count in ranked
        if count
    ]
    if not most:
        return _("Map of the Netherlands: no initiative in any labour-market region.")
    empty = sum(not count for _code, count in briefing.by_region)
    return _(
        "Map of the Netherlands with the number of initiatives per labour-market region. Most: %(names)s. "
        "Regions without: %(empty)s. The same figures stand in the table below.",
        names=", ".join(most),
        empty=number(empty),
    )


def years(line: BriefLine) -> str:
    return period(line.start_year, line.end_year) if line.start_year or line.end_year else ""


def certainty(line: BriefLine) -> str:
    return f"{line.trede}. {label(Level(line.trede))}"


def outcome(line: BriefLine) -> str:
    """What came out, never more than was measured."""
    if line.direction in set(Direction):
        return direction_label(Direction(line.direction))
    return _("Measured; whether it helped, we do not know") if line.is_measured else direction_label(None)


def finding(line: BriefLine) -> str:
    return line.finding or _("no figure known")


def changed(change: Changed) -> str:
    """One change in a sentence."""
    old, new = change.old, change.new
    if change.what is What.DIRECTION:
        old, new = _direction(old), _direction(new)
    if change.what is What.FINDING:
        old, new = old or _("no figure known"), new or _("no figure known")
    return _(CHANGES[change.what], old=old, new=new) if change.old or change.new else _(CHANGES[change.what])


def left_out(briefing: Briefing) -> str:
    return ngettext(
        "%(n)s more initiative does not stand here; the figures count it too.",
        "%(n)s more initiatives do not stand here; the figures count them too.",
        briefing.left_out,
        shown=number(len(briefing.lines)),
    )


def _direction(value: str) -> str:
    return direction_label(Direction(value) if value in set(Direction) else None)
