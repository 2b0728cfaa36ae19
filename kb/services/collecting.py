"""Collections as machines ask for them: a page of a long list, or a short list in its own order."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.catalogue import Standing
from kb.domain.content import Approach, Study
from kb.domain.problems import NotFound
from kb.domain.small_groups import shielded
from kb.domain.terms import Scheme, Term
from kb.services.overview import Line, Place
from kb.services.work import Work
from kb.storage.approaches import approach_counts
from kb.storage.collections import OrganisationLine, Slice, StudyFilter
from kb.storage.collections import organisations as organisations_of
from kb.storage.collections import studies as studies_of
from kb.storage.counting import count_by_term, standing_by_term
from kb.storage.initiatives import published_by_ids
from kb.storage.lists import best_ids, listed

# The doors ask with these, and know nothing of storage.
__all__ = ["ApproachLine", "Slice", "StudyFilter", "StudyOf"]


@dataclass(frozen=True, slots=True)
class ApproachLine:
    approach: Approach
    initiatives: int


@dataclass(frozen=True, slots=True)
class StudyOf:
    """A study with the initiative that it belongs to and the grade that the rules give it."""

    study: Study
    slug: str
    initiative_title: str
    grade: str


def organisations(
    work: Work, part: Slice, actor_types: Iterable[str] = ()
) -> tuple[tuple[OrganisationLine, ...], int]:
    return organisations_of(work.session, part, actor_types)


def studies(work: Work, part: Slice, asked: StudyFilter) -> tuple[tuple[StudyOf, ...], int]:
    rows, total = studies_of(work.session, part, asked)
    kept = published_by_ids(work.session, sorted({row.initiative_id for row in rows}))
    found = tuple(
        StudyOf(content.studies[row.position], row.slug, content.title, row.grade)
        for row in rows
        for content in [shielded(kept[row.initiative_id].content)]
    )
    return found, total


def regions(work: Work) -> tuple[Place, ...]:
    """Every region with its number of initiatives, those of the regions inside it included."""
    counts = count_by_term(work.session, Scheme.REGION)
    return tuple(Place(term, counts.get(term.code, 0)) for term in work.vocabulary.all(Scheme.REGION))


def lines(work: Work, scheme: Scheme) -> tuple[Line, ...]:
    """The terms of a scheme, each with how many initiatives there are, measured and compared."""
    found = standing_by_term(work.session, scheme)
    return tuple(Line(term, found.get(term.code, Standing())) for term in work.vocabulary.all(scheme))


def line(work: Work, scheme: Scheme, code: str) -> Line:
    """One of them; raises NotFound."""
    term = term_of(work, scheme, code)
    return Line(term, standing_by_term(work.session, scheme).get(code, Standing()))


def term_of(work: Work, scheme: Scheme, code: str) -> Term:
    term = work.vocabulary.get(scheme, code)
    if term is None:
        raise NotFound(scheme.value, code)
    return term


def example_slugs(work: Work) -> dict[str, str]:
    """Something that exists of each kind, for examples that work; nothing where there is none."""
    initiatives = listed(work.session, best_ids(work.session, 1))
    organisations_, _ = organisations_of(work.session, Slice(1, sort="-initiatieven"))
    approaches = approach_counts(work.session)[:1]
    found = {
        "initiatief": [each.card.slug for each in initiatives],
        "organisatie": [each.slug for each in organisations_],
        "aanpak": [approach.slug for approach, _number in approaches],
    }
    return {kind: slugs[0] for kind, slugs in found.items() if slugs}
