"""National programmes and flows of money: what came of them here, and how much of it was measured."""

from dataclasses import dataclass

from kb.domain.catalogue import Standing
from kb.domain.terms import Scheme, Term
from kb.services.generations import Generations
from kb.services.work import Work
from kb.storage.counting import ids_by_term, standing_by_term
from kb.storage.funding import amounts_by_initiative

# Money stands in the text of the initiatives, so finding it means reading all of them.
_amounts = Generations(
    lambda work: amounts_by_initiative(work.session),
    lambda work, known, changed: {
        **{key: euros for key, euros in known.items() if key not in changed},
        **amounts_by_initiative(work.session, changed),
    },
)


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme; `euros` is the money that its initiatives tell, of so many (`told`) of them."""

    term: Term
    standing: Standing
    euros: int
    told: int

    @property
    def facts(self) -> str:
        """What the sources say of the programme, in Dutch."""
        return str(self.term.details.get("feiten_nl") or "")

    @property
    def sources(self) -> tuple[str, ...]:
        listed = self.term.details.get("bronnen")
        return tuple(str(each) for each in listed) if isinstance(listed, list | tuple) else ()


def programme_lines(work: Work) -> tuple[ProgrammeLine, ...]:
    """Every programme, also one that no initiative names; most initiatives first."""
    found = standing_by_term(work.session, Scheme.PROGRAMME)
    ids = ids_by_term(work.session, Scheme.PROGRAMME)
    amounts = _amounts.now(work)
    lines = []
    for term in work.vocabulary.all(Scheme.PROGRAMME):
        told = [amounts[key] for key in ids.get(term.code, ()) if key in amounts]
        lines.append(ProgrammeLine(term, found.get(term.code, Standing()), sum(told), len(told)))
    return tuple(sorted(lines, key=lambda line: (-line.standing.initiatives, line.term.label)))
