"""Taking over what another place does: looking at what it takes, and starting a draft with it."""

from dataclasses import dataclass

from kb.domain.adopting import Adoption, Check, Fit, checks_of, draft_of, indicators_of
from kb.domain.catalogue import Listed
from kb.domain.content import Approach, Content, Source
from kb.domain.people import Person
from kb.domain.permissions import require
from kb.domain.problems import FieldError, Invalid
from kb.domain.small_groups import shielded
from kb.domain.terms import Scheme, Term
from kb.domain.workflow import Action
from kb.language.adopting import still_to_do
from kb.language.formats import listing
from kb.language.texts import DEFAULT_LANGUAGE, speaking
from kb.language.texts import gettext as _
from kb.services import drafting, letters, planning
from kb.services.drafting import Draft
from kb.services.keepers import Keepers
from kb.services.linking import SAME_APPROACH, named_approach
from kb.services.mailing import queue
from kb.services.places import approach_page
from kb.services.reading import published
from kb.services.standing import at_hand
from kb.services.work import Work
from kb.storage.approaches import approaches_of
from kb.storage.drafts import add_remarks, just_started, keep_choice, revision_by_id
from kb.storage.initiatives import Kept, initiative_by_id

# Of a title, in letters.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Prospect:
    """An initiative as somebody looks at it who wants to do the same.

    `indicators` are the outcomes to measure, those of the origin first; `own` says that they are of the
    origin. `regions` are those that this person may start it in.
    """

    slug: str
    content: Content
    approaches: tuple[Approach, ...]
    checks: tuple[Check, ...]
    indicators: tuple[Term, ...]
    own: bool
    regions: tuple[Term, ...]

    @property
    def name(self) -> str:
        """What the approach is called; that of the initiative where it has none yet."""
        return self.approaches[0].name if self.approaches else self.content.title


def prospect(work: Work, person: Person, slug: str) -> Prospect:
    """Raises NotFound for what is not public, Moved for an old address."""
    require(person, Action.CREATE)
    return _prospect(work, person, published(work, slug))


def places_to_learn_from(work: Work, person: Person, approach: str) -> tuple[Approach, tuple[Listed, ...]]:
    """The places of an approach, what is surest first: which one will somebody take as the example?"""
    require(person, Action.CREATE)
    page = approach_page(work, approach)
    return page.approach, page.initiatives


def adopt(work: Work, person: Person, slug: str, given: Adoption) -> Draft:
    """A draft in one's own regions, with what is not arranged yet as remarks; the origin hears of it.

    Sent twice, it is one draft. Where the origin has no approach yet, one is made and proposed for both: the
    origin carries it as soon as a reviewer publishes the draft.
    """
    require(person, Action.CREATE)
    origin = published(work, slug)
    found = _prospect(work, person, origin)
    _refuse_incomplete(found, given)
    content = _content(work, found, given)
    since = work.now - drafting.TWICE
    before = just_started(work.session, person.id, content, since=since) if person.id else None
    if before:
        return drafting.look(work, person, before)
    draft = drafting.create(work, person, content, details=f"overgenomen van {origin.slug}")
    _remember(work, person, draft, origin, given.still_open(found.checks))
    _tell_origin(work, person, origin, given)
    return drafting.look(work, person, draft.slug)


def _prospect(work: Work, person: Person, kept: Kept) -> Prospect:
    content = shielded(kept.content)
    approaches = approaches_of(work.session, kept.id)
    own = tuple(work.vocabulary.get(Scheme.INDICATOR, code) for code in indicators_of(content))
    known = tuple(term for term in own if term is not None)
    proposed = planning.proposal(work, content.recommendations[0]) if content.recommendations else None
    return Prospect(
        slug=kept.slug,
        content=content,
        approaches=approaches,
        checks=checks_of(content, approaches),
        indicators=known or ((proposed,) if proposed else ()),
        own=bool(known),
        regions=tuple(work.vocabulary.term(Scheme.REGION, code) for code in sorted(person.regions)),
    )


def _refuse_incomplete(found: Prospect, given: Adoption) -> None:
    """Somebody who takes it over has looked at what it cannot do without."""
    unanswered = [each for each in found.checks if each.is_needed and each.key not in given.fits]
    errors = [FieldError(f"past.{each.key}", "Say whether you have this.") for each in unanswered]
    if len(given.title.strip()) < SHORTEST:
        errors.append(FieldError("titel", "Give your initiative a name."))
    if not given.lead.strip():
        errors.append(FieldError("trekker", "Name the organisation in the lead."))
    if not found.approaches and not given.approach_name.strip():
        errors.append(FieldError("aanpak", "Give the approach a name: the origin has none yet."))
    if errors:
        raise Invalid(tuple(errors))


def _content(work: Work, found: Prospect, given: Adoption) -> Content:
    approaches = found.approaches
    if not approaches:
        name = given.approach_name.strip()
        approaches = (named_approach(work, name, theory=found.content.theory),)
    page = work.office.address(f"/initiatieven/{found.slug}", DEFAULT_LANGUAGE)
    source = Source(found.content.title, page, work.office.name, collected=work.now.date().isoformat())
    with speaking(DEFAULT_LANGUAGE):
        same = _("The same measurement as at %(title)s", title=found.content.title)[:300]
    return draft_of(found.content, found.slug, approaches, given, source=source, same_measure=same)


def _remember(
    work: Work, person: Person, draft: Draft, origin: Kept, still_open: tuple[tuple[Check, Fit], ...]
) -> None:
    """What is not arranged yet, at its field; and that both are the same approach."""
    row = initiative_by_id(work.session, draft.id)
    revision = revision_by_id(work.session, row.working_revision_id) if row else None
    if row is None or revision is None:
        return
    remarks = [(each.field, still_to_do(each, fit, work.vocabulary)) for each, fit in still_open]
    add_remarks(work.session, revision, remarks, author_id=person.id, now=work.now)
    keep_choice(
        work.session,
        draft.id,
        origin.id,
        choice=SAME_APPROACH,
        why="overgenomen",
        person_id=person.id,
        now=work.now,
    )


def _tell_origin(work: Work, person: Person, origin: Kept, given: Adoption) -> None:
    """Whoever keeps the origin up gets a mail; who takes over from oneself knows already."""
    found = at_hand(work, origin.slug)
    for row in Keepers(work).of(found.standing):
        if row.id == person.id:
            continue
        names = [work.vocabulary.label(Scheme.REGION, code, row.language) for code in given.regions]
        letter = letters.takes_over(
            work.office,
            row.language,
            name=person.name,
            lead=given.lead,
            where=listing(names),
            slug=origin.slug,
            title=origin.content.title,
        )
        queue(work, row, letter)
