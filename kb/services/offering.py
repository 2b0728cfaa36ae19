"""What people can choose in a field of the form: terms with all their names, approaches, organisations."""

from collections.abc import Iterator

from kb.domain.offers import Offer, matching
from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.domain.terms import Scheme, Term, plain
from kb.services.work import Work
from kb.storage.approaches import all_second_names, approach_counts
from kb.storage.organisations import organisations_with

ORGANISATIONS, APPROACHES = "organisatie", "aanpak"
# A list that fits on a screen is shown whole, the lists of regions and organisations are not.
MOST = 12
WHOLE = 40


def offer(work: Work, person: Person, wanted: str, typed: str, language: str) -> tuple[Offer, ...]:
    """The best choices for what was typed so far; none for a list that there is not."""
    require_right(person, Right.DESK)
    if wanted == ORGANISATIONS:
        return matching(_organisations(work, typed), typed, MOST)
    if wanted == APPROACHES:
        return matching(_approaches(work), typed, MOST)
    if wanted not in set(Scheme):
        return ()
    terms = work.vocabulary.all(Scheme(wanted))
    offers = (_of_term(term, language) for term in terms)
    return matching(offers, typed, WHOLE if len(terms) <= WHOLE else MOST)


def _of_term(term: Term, language: str) -> Offer:
    others = (term.label, term.label_en, *term.synonyms, *term.synonyms_en)
    return Offer(term.code, term.label_in(language), others)


def _approaches(work: Work) -> Iterator[Offer]:
    """Every approach under the name that counts, with those that it was merged from."""
    second = all_second_names(work.session)
    for approach, _places in approach_counts(work.session):
        yield Offer(approach.slug, approach.name, (*approach.aliases, *second.get(approach.slug, ())))


def _organisations(work: Work, typed: str) -> Iterator[Offer]:
    """Nothing before something is typed: there may be thousands."""
    words = plain(typed).split()
    for name in organisations_with(work.session, words) if words else ():
        yield Offer(name, name)
