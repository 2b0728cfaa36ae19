"""What a file needs to be written: for whom, from where, and the words for codes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kb.domain.catalogue import PublicRecord
from kb.domain.terms import Vocabulary
from kb.language.texts import DEFAULT_LANGUAGE, speaking

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"
# Small enough to keep in memory, large enough that sending it is worth while.
CHUNK = 64 * 1024

Records = Iterable[PublicRecord]


@dataclass(frozen=True, slots=True)
class Edition:
    """One file: its language, its address and title, and where the site stands.

    `address` is where this very file is found, `page` where people see the same. `approaches` gives the
    name of each approach by its slug.
    """

    vocabulary: Vocabulary
    now: datetime
    site_name: str
    site_url: str
    language: str = DEFAULT_LANGUAGE
    address: str = ""
    page: str = ""
    title: str = ""
    approaches: Mapping[str, str] = field(default_factory=dict)

    def page_of(self, slug: str) -> str:
        """The address of an initiative, the same in every language of the file."""
        return f"{self.site_url}/initiatieven/{slug}"


# From records to the text of a file, piece by piece.
Text = Iterator[str]
Writer = Callable[[Records, Edition], Text]


def encoded(text: Text, language: str) -> Iterator[bytes]:
    """The pieces as UTF-8 in larger chunks, each made while speaking the language of the file."""
    held: list[str] = []
    size = 0
    for piece in spoken(text, language):
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()


def spoken(text: Text, language: str) -> Text:
    """Between two pieces the rest of the program goes on in its own language."""
    while True:
        with speaking(language):
            piece = next(text, None)
        if piece is None:
            return
        yield piece
