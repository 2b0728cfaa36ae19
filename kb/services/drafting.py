"""What authors do: start an initiative, save a version, submit it, take it back, throw it away."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kb.domain.addresses import title_of_address
from kb.domain.completeness import missing_for_submission
from kb.domain.content import Content, Participation, PartnerRole, PlannedMeasure, Source, Start
from kb.domain.people import Person
from kb.domain.permissions import NEW, Standing, require
from kb.domain.problems import Denied, FieldError, Invalid, NotFound
from kb.domain.promises import broken, keeping_locks
from kb.domain.slugs import RESERVED, free_slug, slug_of
from kb.domain.terms import Scheme
from kb.domain.workflow import Action, Status, leads_to
from kb.language.formats import day
from kb.language.texts import mark
from kb.services.plausible import refuse_what_is_yet_to_come
from kb.services.standing import AtHand, at_hand, is_done, note_deed, refuse_stale, standing_of
from kb.services.work import Work
from kb.storage.drafts import Remark, add_editor, desk_row, just_started, remarks_on
from kb.storage.initiatives import add_initiative, add_revision, initiative_by_slug, redirected_slug

# Within this time the same few words once more are a second click, or the back button.
TWICE = timedelta(minutes=10)
NOTHING = mark("Give a title, or the address of a page.")
NO_TITLE = mark("Give a title too: no title can be read from this address.")
PROMISE_STAYS = mark(
    "The promise “%(promise)s” is public since %(day)s, so nobody can change it or take it out. "
    "Put it back as it was; a new promise can stand beside it."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The newest version of an initiative with all that a form needs; `number` names the version."""

    id: int
    slug: str
    number: int
    content: Content
    standing: Standing
    saved_at: datetime
    remarks: tuple[Remark, ...] = ()


def start(work: Work, person: Person, given: Start) -> Draft:
    """A draft from a few words; the rest follows in the form. Sent twice, it is one draft."""
    content = content_of_start(work, given)
    before = just_started(work.session, person.id, content, since=work.now - TWICE) if person.id else None
    return look(work, person, before) if before else create(work, person, content)


def create(work: Work, person: Person, content: Content, *, details: str = "") -> Draft:
    require(person, Action.CREATE, NEW, regions_after=content.regions)
    content = keeping_locks(None, content)
    refuse_what_is_yet_to_come(content, work.this_year)
    slug = free_slug(slug_of(content.title), _Taken(work))
    row = add_initiative(work.session, slug, source_key=None, now=work.now)
    desk_row(work.session, row.id).owner_id = person.id
    revision = add_revision(work.session, row, content, now=work.now, author_id=person.id)
    note_deed(work, person, Action.CREATE, row, after=revision.id, details=details)
    return Draft(row.id, slug, revision.number, content, standing_of(work, row, content), work.now)


def look(work: Work, person: Person, slug: str) -> Draft:
    """The newest version, for those who may see what is not public."""
    found = at_hand(work, slug)
    require(person, Action.INSPECT, found.standing)
    return _draft(work, found)


def id_of(work: Work, person: Person, slug: str) -> int:
    """The number of an initiative that this person may see; 0 for any other."""
    try:
        return look(work, person, slug).id if slug else 0
    except (NotFound, Denied):
        return 0


def edit(work: Work, person: Person, slug: str, content: Content, *, based_on: int) -> Draft:
    """A new version on top of the one it was based on; raises Conflict where another came between.

    The same text again is no change: a double click or a repeated request does nothing. A promise that was
    made public stays as it is; raises Invalid where the new version changes it or leaves it out.
    """
    found = at_hand(work, slug)
    require(person, Action.EDIT, found.standing, regions_after=content.regions)
    content = keeping_locks(found.content, content)
    if content == found.content:
        return _draft(work, found)
    refuse_stale(found, based_on)
    refuse_what_is_yet_to_come(content, work.this_year)
    if gone := broken(found.content, content):
        raise Invalid(tuple(_broken_promise(each) for each in gone))
    revision = add_revision(work.session, found.row, content, now=work.now, author_id=person.id)
    status = leads_to(found.standing.status, Action.EDIT, is_public=found.standing.is_public)
    found.row.status = status.value
    note_deed(work, person, Action.EDIT, found.row, before=found.revision.id, after=revision.id)
    return _draft(work, at_hand(work, slug))


def submit(work: Work, person: Person, slug: str, *, based_on: int) -> None:
    """Hands the version to the reviewers; raises Invalid with everything that is missing."""
    found = at_hand(work, slug)
    if is_done(person, found, Status.SUBMITTED, based_on):
        return
    require(person, Action.SUBMIT, found.standing, regions_after=found.content.regions)
    refuse_stale(found, based_on)
    if errors := missing_for_submission(found.content):
        raise Invalid(errors)
    desk = desk_row(work.session, found.row.id)
    desk.submitted_by, desk.submitted_at = person.id, work.now
    _move(work, person, Action.SUBMIT, found)


def take_back(work: Work, person: Person, slug: str) -> None:
    """Back to the author, as long as no reviewer decided."""
    found = at_hand(work, slug)
    require(person, Action.TAKE_BACK, found.standing)
    _move(work, person, Action.TAKE_BACK, found)


def discard(work: Work, person: Person, slug: str) -> None:
    """Leaves what the public sees; the version that is thrown away stays in the history."""
    found = at_hand(work, slug)
    require(person, Action.DISCARD, found.standing)
    if found.row.published_revision_id is not None:
        found.row.working_revision_id = found.row.published_revision_id
    _move(work, person, Action.DISCARD, found)


def share(work: Work, person: Person, slug: str, with_id: int) -> None:
    """Lets somebody from outside the regions work on it too."""
    found = at_hand(work, slug)
    require(person, Action.SHARE, found.standing)
    add_editor(work.session, found.row.id, with_id, now=work.now)
    note_deed(work, person, Action.SHARE, found.row, details=f"persoon:{with_id}")


def content_of_start(work: Work, given: Start) -> Content:
    """A place that is no region stays as the name of the area; an address is the first source."""
    title = given.title.strip() or title_of_address(given.url)
    if not title:
        raise Invalid((FieldError("titel", NO_TITLE if given.url else NOTHING),))
    regions = work.vocabulary.named(Scheme.REGION, _place(given.place)) if given.place.strip() else ()
    today = work.now.date().isoformat()
    lead = given.organisation.strip()
    return Content(
        title=title,
        summary="",
        url=given.url,
        regions=(regions[0].code,) if regions else (),
        area="" if regions else given.place.strip(),
        organisations=(Participation(lead, PartnerRole.LEAD),) if lead else (),
        sources=(Source(title, given.url, collected=today),) if given.url else (),
    )


def _place(words: str) -> str:
    """The name without the kind that the list writes behind it: Enschede (gemeente)."""
    return words.partition(" (")[0]


def _broken_promise(promise: PlannedMeasure) -> FieldError:
    values = {"promise": promise.target, "day": day(date.fromisoformat(promise.locked_at))}
    return FieldError("beloften", PROMISE_STAYS, values)


def _draft(work: Work, found: AtHand) -> Draft:
    return Draft(
        id=found.row.id,
        slug=found.row.slug,
        number=found.revision.number,
        content=found.content,
        standing=found.standing,
        saved_at=found.revision.created_at,
        remarks=remarks_on(work.session, found.row.id),
    )


def _move(work: Work, person: Person, action: Action, found: AtHand) -> None:
    before = found.standing
    found.row.status = leads_to(before.status, action, is_public=before.is_public).value
    note_deed(work, person, action, found.row, before=found.revision.id, after=found.row.working_revision_id)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Addresses that lead somewhere, or once did."""

    work: Work

    def __contains__(self, slug: object) -> bool:
        session, words = self.work.session, str(slug)
        return (
            words in RESERVED
            or initiative_by_slug(session, words) is not None
            or redirected_slug(session, words) is not None
        )
