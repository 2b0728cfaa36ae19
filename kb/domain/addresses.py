"""What the address of a page tells of the initiative that it is about: something to start with."""

import re
from urllib.parse import unquote, urlsplit

# Last parts of an address that name nothing.
NO_NAME = frozenset(
    ["index", "default", "home", "page", "pagina", "node", "article", "artikel", "item", "view"]
)
SHORTEST, LONGEST = 3, 200
BETWEEN = re.compile(r"[-_+\s]+")


def title_of_address(url: str) -> str:
    """A title of words: the last part of the address, or the name of the site where there is none.

    Empty where no words can be read in it, such as a number: then people give the title.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path and not parts.query:
        return _title(unquote(path.rpartition("/")[2]).partition(".")[0])
    if path:
        return ""
    return _title((parts.hostname or "").removeprefix("www.").rpartition(".")[0].rpartition(".")[2])


def _title(words: str) -> str:
    words = BETWEEN.sub(" ", words).strip()
    return words[:1].upper() + words[1:LONGEST] if any(map(_is_name, words.split())) else ""


def _is_name(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word.lower() not in NO_NAME
