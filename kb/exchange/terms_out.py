"""The vocabularies as one table: every term of every list, with what lies above it."""

from collections.abc import Iterator

from kb.domain.terms import Scheme, Vocabulary
from kb.exchange.cells import Cell
from kb.exchange.csv_out import csv_lines

HEADINGS = ("lijst", "code", "naam", "naamEn", "boven", "ookWel", "ookWelEn")


def terms_csv(vocabulary: Vocabulary) -> bytes:
    return "".join(csv_lines([HEADINGS, *_rows(vocabulary)])).encode()


def _rows(vocabulary: Vocabulary) -> Iterator[tuple[Cell, ...]]:
    for scheme in Scheme:
        for term in vocabulary.all(scheme):
            lists = (term.parents, term.synonyms, term.synonyms_en)
            yield (scheme.value, term.code, term.label, term.label_en, *("; ".join(each) for each in lists))
