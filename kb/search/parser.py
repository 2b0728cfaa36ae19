"""What people type: words, "a phrase", -without and begin*. Anything else is words or nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.domain.search import MAX_QUERY_LENGTH, MAX_QUERY_TERMS
from kb.search.dutch import CHAIN, PIECE, fold

SHORTEST_PREFIX = 3
QUOTES = str.maketrans("“”„‟«»″", '"' * 7)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufff0-\uffff]")
# A quoted phrase (a missing last quote is forgiven) or a run of anything but white space and quotes.
CHUNK = re.compile(r'(?P<minus>(?<![^\s"])-)?(?:"(?P<phrase>[^"]*)"?|(?P<run>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The parts of a question. `cut` is what was left out because it was too long."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    cut: str = ""


def parse(typed: str) -> ParsedQuery:
    """The question in what was typed: at most 200 characters and 12 terms of it."""
    clean = " ".join(CONTROLS.sub(" ", typed).translate(QUOTES).split())
    kept, too_long = _shortened(clean)
    parsed = ParsedQuery()
    room = MAX_QUERY_TERMS
    for chunk in CHUNK.finditer(kept):
        length = len(CHAIN.findall(chunk.group()))
        if length > room:
            return replace(parsed, cut=" ".join((kept[chunk.start() :], too_long)).strip())
        room -= length
        parsed = _with(parsed, chunk)
    return replace(parsed, cut=too_long)


def _shortened(text: str) -> tuple[str, str]:
    """The text up to the limit and the rest, parted between words where that can be."""
    if len(text) <= MAX_QUERY_LENGTH:
        return text, ""
    end = text.rfind(" ", 0, MAX_QUERY_LENGTH + 1)
    end = end if end > 0 else MAX_QUERY_LENGTH
    return text[:end], text[end:].strip()


def _with(parsed: ParsedQuery, chunk: re.Match[str]) -> ParsedQuery:
    phrase, run, minus = chunk["phrase"], chunk["run"], chunk["minus"]
    if phrase is not None:
        text = " ".join(CHAIN.findall(phrase))
        if not text:
            return parsed
        if minus:
            return replace(parsed, excluded=(*parsed.excluded, text))
        return replace(parsed, phrases=(*parsed.phrases, text))
    words = tuple(CHAIN.findall(run))
    if minus:
        return replace(parsed, excluded=(*parsed.excluded, *words))
    if run.endswith("*") and words:
        return _with_prefix(parsed, words)
    return replace(parsed, words=(*parsed.words, *words))


def _with_prefix(parsed: ParsedQuery, words: tuple[str, ...]) -> ParsedQuery:
    *whole, last = words
    pieces = [fold(piece) for piece in PIECE.findall(last)]
    prefix = "".join(pieces)
    if len(prefix) < SHORTEST_PREFIX:
        return replace(parsed, words=(*parsed.words, *words))
    return replace(parsed, words=(*parsed.words, *whole), prefixes=(*parsed.prefixes, prefix))


def query_words(parsed: ParsedQuery) -> Iterator[str]:
    """All that is looked for, to show or to mark."""
    yield from parsed.words
    yield from parsed.phrases
    yield from parsed.prefixes
