"""What would happen with each row of a file: the dry run. Nothing is written here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kb.domain.content import Content
from kb.domain.imports import Outcome
from kb.domain.people import Person
from kb.domain.permissions import NEW, require
from kb.domain.problems import Denied, FieldError, Invalid
from kb.domain.rights import Right, require_right
from kb.domain.small_groups import shielded
from kb.domain.terms import plain
from kb.domain.workflow import Action
from kb.exchange.flat import INITIATIVE, SLUG, SOURCE_KEY
from kb.exchange.list_rows import take_lists
from kb.exchange.overlaying import Document, Overlay, Reading, overlay
from kb.exchange.proposals import Misplaced, Place, Proposal
from kb.language.texts import mark as _
from kb.schemas.content import read_content, write_content
from kb.schemas.fields import SLUG as SLUG_FORM
from kb.services import noticing
from kb.services.comparing import changed_fields
from kb.services.importing.matching import Known, Matcher, matcher
from kb.services.work import Work
from kb.storage.initiatives import Kept, published_by_ids

Progress = Callable[[int, int], None]
LONGEST_SLUG = 100
TWICE = _("This initiative stands in row %(row)s too. Put everything about it in one row.")
NO_SUCH = _("“%(value)s” is not an initiative in this file, and not an address on this site.")
BAD_SLUG = _("%(value)s may only have small letters, digits and single hyphens between them.")


@dataclass(frozen=True, slots=True)
class Checked:
    """One row: what it would do, or what is wrong with it. `changes` names fields of `Content`."""

    place: Place
    outcome: Outcome
    title: str
    slug: str = ""
    source_key: str = ""
    content: Content | None = None
    known: Known | None = None
    changes: tuple[str, ...] = ()
    alike: Kept | None = None
    errors: tuple[Misplaced, ...] = ()


def check(
    work: Work, person: Person, found: list[Proposal], reading: Reading, *, progress: Progress | None = None
) -> Iterator[Checked]:
    """Every row of the file in its order."""
    require_right(person, Right.IMPORT)
    checking = _Checking(work, person, reading, matcher(work, person, reading, found), {})
    for number, proposal in enumerate(found, 1):
        yield checking.row(proposal)
        if progress:
            progress(number, len(found))


@dataclass(slots=True)
class _Checking:
    """One dry run; `seen` knows which row spoke of an initiative first."""

    work: Work
    person: Person
    reading: Reading
    matcher: Matcher
    seen: dict[object, int]

    def row(self, proposal: Proposal) -> Checked:
        known = self.matcher.match(proposal)
        base, shown = _documents(known)
        made = overlay(proposal, base, self.reading, shown=shown)
        take_lists(made, proposal)
        errors = [*proposal.errors, *made.errors, *self._names(proposal, known)]
        content = self._content(proposal, made, errors)
        if content is not None:
            errors += self._refusals(proposal, made, known, content)
            errors += self._repeated(proposal, known, content)
        title = content.title if content else proposal.title or (known.content.title if known else "")
        row = Checked(
            proposal.place,
            Outcome.ERROR,
            title,
            slug=known.slug if known else proposal.slug,
            source_key=proposal.source_key,
            known=known,
            errors=tuple(errors),
        )
        return row if errors or content is None else self._outcome(row, content, known)

    def _content(self, proposal: Proposal, made: Overlay, errors: list[Misplaced]) -> Content | None:
        try:
            content = read_content(made.document, self.work.vocabulary)
        except Invalid as invalid:
            told = {each.place for each in errors}
            found = [Misplaced(made.place_of(one.field, proposal.place), one) for one in invalid.errors]
            # A cell that cannot be read is empty too; once is enough.
            errors += [each for each in found if each.place not in told]
            return None
        return content

    def _names(self, proposal: Proposal, known: Known | None) -> Iterator[Misplaced]:
        """A row that only adds to an initiative needs one; a new address must be one."""
        if known is not None:
            return
        if proposal.line is None and proposal.document is None:
            values = {"value": proposal.slug[:60]}
            yield Misplaced(proposal.place, FieldError(INITIATIVE, NO_SUCH, values))
        elif proposal.slug and (len(proposal.slug) > LONGEST_SLUG or not SLUG_FORM.fullmatch(proposal.slug)):
            error = FieldError(SLUG, BAD_SLUG, {"value": proposal.slug[:60]})
            yield Misplaced(_place(proposal, SLUG), error)

    def _refusals(
        self, proposal: Proposal, made: Overlay, known: Known | None, content: Content
    ) -> Iterator[Misplaced]:
        """What this person may not do; the regions mostly say why."""
        action, standing = (Action.EDIT, known.standing) if known else (Action.CREATE, NEW)
        if known and content == known.content:
            return
        try:
            require(self.person, action, standing, regions_after=content.regions)
        except Denied as denied:
            place = made.place_of("regios", proposal.place)
            yield Misplaced(place, FieldError("regios", denied.reason))

    def _repeated(self, proposal: Proposal, known: Known | None, content: Content) -> Iterator[Misplaced]:
        place = (frozenset(content.regions), plain(content.area))
        names: list[object] = [known.id] if known else [(plain(content.title), place), proposal.source_key]
        first = next((self.seen[name] for name in names if name and name in self.seen), None)
        self.seen.update({name: proposal.place.row for name in names if name})
        if first is not None:
            yield Misplaced(_place(proposal, SOURCE_KEY), FieldError("", TWICE, {"row": first}))

    def _outcome(self, row: Checked, content: Content, known: Known | None) -> Checked:
        values: dict[str, Any] = {name: getattr(row, name) for name in Checked.__slots__}
        values["content"] = content
        if known is not None:
            changes = changed_fields(known.content, content)
            outcome = Outcome.CHANGED if changes else Outcome.SAME
            return Checked(**{**values, "outcome": outcome, "changes": changes})
        alike = self._same_as(content)
        outcome = Outcome.ALIKE if alike else Outcome.NEW
        return Checked(**{**values, "outcome": outcome, "alike": alike})

    def _same_as(self, content: Content) -> Kept | None:
        """The public initiative that this probably is."""
        near = noticing.nearest_to(self.work, noticing.NOBODY, content, 1)
        if not near or not near[0].is_same:
            return None
        return published_by_ids(self.work.session, [near[0].key]).get(near[0].key)


def _documents(known: Known | None) -> tuple[Document, Document]:
    """The document of what is there, and the one that our own files show."""
    if known is None:
        return {}, {}
    base, seen = write_content(known.content), shielded(known.content)
    return base, base if seen == known.content else write_content(seen)


def _place(proposal: Proposal, target: str) -> Place:
    """The cell of this column in the row, or the row itself."""
    for filled in proposal.line.cells if proposal.line else ():
        if proposal.line and filled.target == target:
            return proposal.line.place_of(filled)
    return proposal.place
