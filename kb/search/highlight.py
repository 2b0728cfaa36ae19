"""Marks what was looked for in a text, by the same analysis that found it. Gives pieces, never HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from kb.search.analysis import Analyser
from kb.search.dutch import Word, words_of
from kb.search.found import Piece

ELLIPSIS = "…"


def mark(text: str, tokens: frozenset[str], analyser: Analyser) -> tuple[Piece, ...]:
    """The whole text; the words that carry one of the tokens are marked."""
    if not tokens:
        return (Piece(text),) if text else ()
    words = list(words_of(text))
    return tuple(_pieces(text, 0, len(text), _joined(text, _marked(words, tokens, analyser))))


def snippet(text: str, tokens: frozenset[str], analyser: Analyser, length: int) -> tuple[Piece, ...]:
    """About `length` characters with the most marked words, cut between words."""
    if len(text) <= length:
        return mark(text, tokens, analyser)
    words = list(words_of(text)) if tokens else list(words_of(text[: 2 * length]))
    marked = _joined(text, _marked(words, tokens, analyser))
    start = _best_start(words, marked, length)
    end = _last_end(words, start, start + length)
    pieces = list(_pieces(text, start, end, marked))
    if start > 0:
        pieces.insert(0, Piece(f"{ELLIPSIS} "))
    if end < len(text.rstrip()):
        pieces.append(Piece(ELLIPSIS if text[end : end + 1] in " \n" else f" {ELLIPSIS}"))
    return tuple(pieces)


def _last_end(words: Sequence[Word], start: int, limit: int) -> int:
    """Where the last word ends that stays within the limit; a first word may go beyond it."""
    first = bisect_left(words, start, key=lambda word: word.start)
    after = bisect_right(words, limit, key=lambda word: word.end)
    return words[max(first, after - 1)].end


def _marked(words: Sequence[Word], tokens: frozenset[str], analyser: Analyser) -> list[tuple[int, int]]:
    """The spans of the words that gave a token that was looked for; units of words are marked as a whole."""
    if not tokens:
        return []
    return [(words[number].start, words[number].end) for number in sorted(analyser.matching(words, tokens))]


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those with only a hyphen between them as one: zij-instroom is one word to a reader."""
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        follows = bool(joined) and text[joined[-1][1] : begin] == "-"
        joined.append((joined.pop()[0] if follows else begin, end))
    return joined


def _best_start(words: Sequence[Word], marked: Sequence[tuple[int, int]], length: int) -> int:
    """The start with most marks in reach; the beginning of the text where that is as good."""
    best, most = 0, sum(end <= length for _, end in marked)
    for first, _ in marked:
        # A few words before the first mark make it readable.
        before = bisect_right(words, max(0, first - length // 4), key=lambda word: word.start)
        start = words[before - 1].start if before else 0
        inside = sum(start <= begin and end <= start + length for begin, end in marked)
        if inside > most:
            best, most = start, inside
    return best


def _pieces(text: str, start: int, end: int, marked: Iterable[tuple[int, int]]) -> Iterable[Piece]:
    at = start
    for begin, stop in marked:
        if begin < at or stop > end:
            continue
        if begin > at:
            yield Piece(text[at:begin])
        yield Piece(text[begin:stop], marked=True)
        at = stop
    if at < end:
        yield Piece(text[at:end])
