"""Searching in a copy of the site: one page with everything, and the index that a small script reads."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template

from kb.domain.search import Facet, Record, Search, Sort
from kb.domain.terms import Vocabulary, plain
from kb.language.texts import LANGUAGES, language, speaking
from kb.runtime import running
from kb.services import exporting, indexing, searching
from kb.web.facets import choice_text, groups_of, national_option

# Shorter words say little and make the index large.
SHORTEST = 2


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
        document = {
            "facetten": [facet.value for facet in Facet],
            "namen": {code: _labels(records, work.vocabulary, code) for code in LANGUAGES},
            "initiatieven": [_entry(record) for record in records],
        }
    # Within a script no text may end it.
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.ZOEKINDEX={text};\n"


def _entry(record: Record) -> dict[str, Any]:
    titles = plain(f"{record.title} {record.title_en}")
    rest = (record.summary, record.summary_en, record.body, record.names, record.tags)
    return {
        "t": titles,
        "w": " ".join(sorted(_words(rest) - set(titles.split()))),
        "f": {facet.value: sorted(codes) for facet, codes in record.facets.items() if codes},
        "n": int(record.national),
        "s": [record.trede, record.published, record.confirmed],
    }


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in plain(text).split() if len(word) >= SHORTEST}


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
