"""What sheets and columns are called, in one language or in all of them."""

import re
from collections.abc import Iterator

from kb.language.fields import field_name
from kb.language.texts import LANGUAGES, gettext, mark, speaking
from kb.schemas.columns import INITIATIVES, Table

# Excel allows 31 characters, without these.
LONGEST_SHEET_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
NAME = mark("Initiatives")
# Sheets of ours that hold no rows to take in.
EXPLANATION, LISTS = mark("Explanation"), mark("Lists")


def sheet_name(table: Table) -> str:
    words = gettext(NAME) if table.key == INITIATIVES else field_name(table.part, table.name)
    return FORBIDDEN.sub(" ", words).strip()[:LONGEST_SHEET_NAME]


def explaining_sheets() -> Iterator[str]:
    """The names of our own sheets that are only there to be read, in all languages."""
    for language in LANGUAGES:
        with speaking(language):
            yield from (gettext(EXPLANATION), gettext(LISTS))


def sheet_names(table: Table) -> Iterator[str]:
    """Every name under which the sheet is known: in all languages, and its key."""
    yield table.key
    for language in LANGUAGES:
        with speaking(language):
            yield sheet_name(table)
