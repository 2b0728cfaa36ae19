"""The pillars of the Action Plan for Green and Digital Jobs (Dutch cabinet, February 2023)."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from kb.domain.terms import Scheme, Vocabulary

# The key under which the vocabulary of instruments names the pillars of each.
OF_INSTRUMENT = "pijler_agdb"


class Pillar(StrEnum):
    """The value is the number that the plan itself uses."""

    EDUCATION = "1"
    LABOUR_MARKET = "2"
    PRODUCTIVITY = "3"
    GOVERNANCE = "4"


def pillars_of(instruments: Iterable[str], vocabulary: Vocabulary) -> Iterator[Pillar]:
    """Those that these instruments belong to, as the vocabulary says."""
    for code in instruments:
        term = vocabulary.get(Scheme.INSTRUMENT, code)
        listed = term.details.get(OF_INSTRUMENT) if term else None
        for number in listed if isinstance(listed, list | tuple) else ():
            yield Pillar(str(number))
