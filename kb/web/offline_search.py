"""Searching in a copy of the site: one page with everything, and the index that a small script reads."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template

from kb.domain.search import Facet, Record, Search, Sort
from kb.domain.terms import Vocabulary
from kb.domain.word_index import WordFamily
from kb.language.texts import LANGUAGES, language, speaking
from kb.runtime import running
from kb.services import exporting, indexing, searching
from kb.web.facets import choice_text, groups_of, national_option

# Whole numbers take half the room.
IN_ONE = 100


def search_page() -> str:
    """Every initiative in one list, readable without script; the script finds and sorts in it."""
    with running().work(origin="kopie") as work:
        page = searching.search(work, Search(), language())
        listed = list(exporting.all_cards(work))
        vocabulary = work.vocabulary
    return render_template(
        "public/search_offline.html",
        page=page,
        listed=listed,
        groups=groups_of(page, vocabulary),
        national=national_option(page),
        sorts=tuple(Sort),
    )


def index_script() -> str:
    """What the script knows of each initiative, in the order of the page."""
    with running().work(origin="kopie") as work:
        records = sorted(indexing.all_records(work), key=lambda record: record.slug)
        index = work.catalogue.words(records)
        document = {
            "facetten": [facet.value for facet in Facet],
            "namen": {code: _labels(records, work.vocabulary, code) for code in LANGUAGES},
            "woorden": [_family(family) for family in index.families],
            "samen": index.parts_weight,
            "stil": " ".join(index.silent),
            "initiatieven": [
                _entry(record, weights) for record, weights in zip(records, index.weights, strict=True)
            ],
        }
    # Within a script no text may end it.
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.ZOEKINDEX={text};\n"


def _entry(record: Record, weights: Mapping[int, float]) -> dict[str, Any]:
    """Its tokens one after the other, each followed by what it is worth in hundredths."""
    return {
        "w": [number for token, weight in weights.items() for number in (token, round(weight * IN_ONE))],
        "f": {facet.value: sorted(codes) for facet, codes in record.facets.items() if codes},
        "n": int(record.national),
        "s": [record.trede, record.published, record.confirmed],
    }


def _family(family: WordFamily) -> list[Any]:
    """The spellings, what they look for, what stands for it, and the parts of a compound; no empty ends."""
    row = [" ".join(family.words), family.token, family.others, family.parts]
    while not row[-1] and row[-1] != 0:
        row.pop()
    return row


def _labels(records: Iterable[Record], vocabulary: Vocabulary, code: str) -> Mapping[str, Mapping[str, str]]:
    with speaking(code):
        return _spoken_labels(records, vocabulary)


def _spoken_labels(records: Iterable[Record], vocabulary: Vocabulary) -> Mapping[str, Mapping[str, str]]:
    """What people call each choice that an address can hold; an organisation by its own address."""
    found: dict[str, dict[str, str]] = {}
    for record in records:
        for facet, codes in record.facets.items():
            names = found.setdefault(facet.value, {})
            names.update({code: choice_text(facet, code, vocabulary) for code in codes if code not in names})
    return found
