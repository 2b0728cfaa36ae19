"""The words of all records with the same analysis as every search, for a copy that has no server to ask."""

from collections.abc import Iterator, Sequence, Set
from itertools import count

from kb.domain.search import Record
from kb.domain.word_index import WordFamily, WordIndex
from kb.search.analysis import EXACT_MARK, TAG_MARK, Analyser, texts_of
from kb.search.dutch import plain_words
from kb.search.lexicon import Lexicon
from kb.search.ranking import Weights
from kb.search.synonyms import EQUAL_MARK

SHORTEST_INFLECTED = 4
VOWELS = "aeou"
ENDINGS = ("en", "s", "n", "e")
HARDER = {"f": "v", "s": "z"}


def word_index(analyser: Analyser, records: Sequence[Record]) -> WordIndex:
    """Numbers for tokens, what each is worth in each record, and which words look for them."""
    numbers = _Numbers()
    weights = [
        {
            numbers[token]: weight
            for token, weight in sorted(analyser.document(record).impacts.items())
            if not token.startswith((TAG_MARK, EXACT_MARK))
        }
        for record in records
    ]
    lexicon = analyser.lexicon
    spelled = {word for record in records for word in _words(record)}
    return WordIndex(
        families=tuple(_families(spelled, lexicon, analyser.weights, numbers)),
        silent=tuple(sorted(lexicon.stop_words() | lexicon.weak_words)),
        weights=tuple(weights),
        parts_weight=analyser.weights.query_parts,
    )


class _Numbers(dict[str, int]):
    """Each token that a record has gets the next number."""

    def __init__(self) -> None:
        super().__init__()
        self._next = count()

    def __missing__(self, token: str) -> int:
        number = self[token] = next(self._next)
        return number


def _words(record: Record) -> Iterator[str]:
    for text in (*(text for _part, text, _english in texts_of(record)), record.tags):
        words, chains = plain_words(text)
        yield from words
        yield from (joined for _, joined in chains)


def _families(
    spelled: Set[str], lexicon: Lexicon, weights: Weights, numbers: _Numbers
) -> Iterator[WordFamily]:
    """By what they look for: words of one stem differ when only one of them is a compound."""
    found: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for word in spelled:
        stem = lexicon.stem(word)
        if stem not in numbers:
            continue
        also = (each for each in inflections(word) if each not in spelled and lexicon.stem(each) == stem)
        found.setdefault((stem, lexicon.parts(word)), set()).update((word, *also))
    taken: set[str] = set()
    for (stem, parts), words in sorted(found.items()):
        others = tuple(
            (numbers[token], weights.equal if token.startswith(EQUAL_MARK) else weights.related)
            for token in dict.fromkeys(lexicon.synonyms.tokens_of(stem))
            if token in numbers
        )
        known = tuple(numbers[part] for part in parts) if all(part in numbers for part in parts) else ()
        yield WordFamily(tuple(sorted(words - taken)), numbers[stem], others, known)
        taken |= words


def inflections(word: str) -> Iterator[str]:
    """How other forms of the word may be spelled; whether they are, the stem has to say."""
    if len(word) < SHORTEST_INFLECTED or not word.isalpha():
        return
    if not word.endswith("en"):
        yield from _longer(word)
    for ending in ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= SHORTEST_INFLECTED - 1:
            yield from _shorter(base)


def _longer(word: str) -> Iterator[str]:
    """les: lessen; baan: banen; brief: brieven; fase: fasen, fases."""
    stem, last = word[:-1], word[-1]
    yield from (f"{word}s", f"{word}n")
    for ending in ("en", "e"):
        yield word + ending
        yield word + last + ending
        if last in HARDER:
            yield stem + HARDER[last] + ending
        if word[-2] == word[-3] and word[-2] in VOWELS:
            yield word[:-2] + HARDER.get(last, last) + ending
            yield word[:-2] + last + ending


def _shorter(base: str) -> Iterator[str]:
    """What is left without the ending, less: les; ban: baan; briev: brief."""
    last = {"v": "f", "z": "s"}.get(base[-1], base[-1])
    yield base[:-1] + last
    if base[-1] == base[-2]:
        yield base[:-1]
    elif base[-2] in VOWELS:
        yield base[:-1] + base[-2] + last
