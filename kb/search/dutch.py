"""Dutch words: where they are in a text, plain letters, and one stem for all forms of a word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import Stemmer

from kb.search.compounds import Splitter
from kb.search.forms import Forms

# Pieces of letters and digits; inside one chain only signs that people leave out or add at will.
CHAIN = re.compile(r"[^\W_]+(?:[-'’‘!.&‐‑][^\W_]+)*")
PIECE = re.compile(r"[^\W_]+")
LONGEST_JOINED = 40
MAX_CACHED = 200_000


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the analysis, each to be switched off to measure what it is worth."""

    stems: bool = True
    joins: bool = True
    variants: bool = True
    compounds: bool = True
    synonyms: bool = True
    english: bool = True
    corrections: bool = True
    understanding: bool = True


ALL_STEPS = Steps()


class Word(NamedTuple):
    """One piece of a text, folded, with its place. The first of several `pieces` has them all `joined`."""

    text: str
    start: int
    end: int
    joined: str = ""
    pieces: int = 1


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> Iterator[Word]:
    """The words in order. Offsets are those of the text itself, so that words can be marked in it."""
    for chain in CHAIN.finditer(text):
        whole, base = chain.group(), chain.start()
        if whole.isalnum():
            yield Word(fold(whole), base, chain.end())
            continue
        pieces = [(fold(piece.group()), *piece.span()) for piece in PIECE.finditer(whole)]
        joined = "".join(piece for piece, _, _ in pieces)
        for number, (piece, start, end) in enumerate(pieces):
            first = joined if number == 0 and len(joined) <= LONGEST_JOINED else ""
            yield Word(piece, base + start, base + end, first, len(pieces) if first else 1)


def plain_words(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The same words folded, without their places in the text; and of each chain the number of its first word
    and the whole as one."""
    words: list[str] = []
    chains: list[tuple[int, str]] = []
    found = CHAIN.findall(fold(text))
    if "".join(found).isalnum():
        return found, chains
    for whole in found:
        if whole.isalnum():
            words.append(whole)
            continue
        pieces = PIECE.findall(whole)
        joined = "".join(pieces)
        if len(joined) <= LONGEST_JOINED:
            chains.append((len(words), joined))
        words.extend(pieces)
    return words, chains


class Stems:
    """Kraaij-Pohlmann stems, with our own list first and rules for what the stemmer misses."""

    def __init__(
        self, own: dict[str, str], strong: Iterable[Sequence[str]], dictionary: Splitter, steps: Steps
    ) -> None:
        self._own = own if steps.joins else {}
        self._dictionary = dictionary
        self._forms = Forms(dictionary.rank, dictionary.parts, strong)
        self._steps = steps
        self._stemmer = Stemmer.Stemmer("dutch")
        self._stemmer.maxCacheSize = 0

    def stem(self, word: str) -> str:
        if not self._steps.stems or not word.isalpha() or len(word) < 3:
            return word
        if word in self._own:
            return self._own[word]
        if not self._steps.joins:
            return str(self._stemmer.stemWord(word))
        word = self._regular(word)
        if word in self._own:
            return self._own[word]
        return word if self._forms.is_whole(word) else _plain_end(self._stemmer.stemWord(word))

    def _regular(self, word: str) -> str:
        """The form that the stemmer does know."""
        for ending, regular in REGULAR_ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + regular
        base = self._forms.base(word)
        return word[:-1] if base == word and self._is_new_plural(word) else base

    def _is_new_plural(self, word: str) -> bool:
        """The plural of a word that no dictionary has yet (fablabs)."""
        is_plural = NEW_PLURAL.search(word) is not None
        return is_plural and word not in self._dictionary and not self._dictionary.parts(word)


# Dutch spells one initiatief, two initiatieven; one technicus, two technici; one timmerman, two timmerlieden.
REGULAR_ENDINGS = (
    ("ieen", "ie"),
    ("eeen", "ee"),
    ("ieven", "ief"),
    ("ieve", "ief"),
    ("ici", "icus"),
    ("lieden", "man"),
    ("lui", "man"),
    ("mannen", "man"),
    ("vrouwelijk", "vrouw"),
    ("vrouwelijke", "vrouw"),
)
NEW_PLURAL = re.compile(r"[aeiou][bdkmpt]s$")


def _plain_end(stem: str) -> str:
    """Final v and z are spelled f and s, a doubled final consonant once; installeer is installer."""
    if len(stem) < 3:
        return stem
    if stem.endswith("eer") and len(stem) > 6:
        return stem[:-2] + "r"
    if stem[-1] == "v":
        return stem[:-1] + "f"
    if stem[-1] == "z":
        return stem[:-1] + "s"
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        return stem[:-1]
    return stem


def read_words(path: Path) -> tuple[str, ...]:
    """The lines of a word list, without comments."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


def read_pairs(path: Path) -> dict[str, str]:
    """Lines of a key, white space and the rest."""
    pairs = (line.split(maxsplit=1) for line in read_words(path))
    return {key: rest for key, rest in pairs}  # noqa: C416 (dict() would hide that each line has two)
