"""Reminding people of what they keep up: one mail each, and of the same thing never twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kb.domain.people import SYSTEM
from kb.domain.reminders import Duty, Reason
from kb.services import letters
from kb.services.auditing import note
from kb.services.keepers import Keepers
from kb.services.mailing import queue
from kb.services.persons import known_row
from kb.services.standing import at_hand
from kb.services.tending import due_promises, last_seen, needs_confirming
from kb.services.work import Work
from kb.storage.drafts import Working, all_public
from kb.storage.reminders import remember


def remind(work: Work) -> dict[int, tuple[Duty, ...]]:
    """Writes the mails of today, one for each person with something new; what each is reminded of."""
    told = _told_today(work)
    for person_id, duties in told.items():
        row = known_row(work, person_id)
        queue(work, row, letters.reminder(work.office, row.language, duties, work.vocabulary))
        details = f"onderwerpen: {len(duties)}"
        note(work, SYSTEM.actor, "herinneren", "persoon", person_id, details=details)
    return told


def duties_of(one: Working, today: date) -> Iterator[Duty]:
    """What there is to do for an initiative that is public."""
    seen = last_seen(one)
    if seen is not None and needs_confirming(one, today):
        yield Duty(Reason.CONFIRM, one.id, one.slug, one.content.title, seen)
    for promise in due_promises(one, today):
        reason = Reason.LATE if promise.is_late else Reason.DUE
        yield Duty(reason, one.id, one.slug, one.content.title, promise.due, promise.promise.indicator)


def _told_today(work: Work) -> dict[int, tuple[Duty, ...]]:
    keepers, told = Keepers(work), defaultdict(list)
    for one in list(all_public(work.session)):
        for duty in duties_of(one, work.now.date()):
            for row in keepers.of(at_hand(work, one.slug).standing):
                if remember(work.session, row.id, duty.key, now=work.now):
                    told[row.id].append(duty)
    return {person_id: tuple(duties) for person_id, duties in told.items()}
