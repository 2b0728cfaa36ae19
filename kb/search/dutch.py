"""Dutch words: where they are in a text, plain letters, and one stem for all forms of a word."""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import Stemmer

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


@dataclass(frozen=True, slots=True)
class Word:
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
    for whole in CHAIN.findall(fold(text)):
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

    def __init__(self, own: dict[str, str], dictionary: Container[str], steps: Steps) -> None:
        self._own = own if steps.joins else {}
        self._dictionary = dictionary
        self._steps = steps
        self._stemmer = Stemmer.Stemmer("dutch")
        self._stemmer.maxCacheSize = 0

    def stem(self, word: str) -> str:
        if not self._steps.stems or not word.isalpha() or len(word) < 3:
            return word
        if word in self._own:
            return self._own[word]
        if self._steps.joins:
            word = self._regular(word)
            word = self._own.get(word, word)
        stem: str = self._stemmer.stemWord(word)
        return _plain_end(stem) if self._steps.joins else stem

    def _regular(self, word: str) -> str:
        """The form that the stemmer does know."""
        for ending, regular in REGULAR_ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + regular
        if LOAN_PLURAL.search(word) and not NO_PLURAL.search(word) and self._is_word(word[:-1]):
            return word[:-1]
        return word

    def _is_word(self, word: str) -> bool:
        """In the dictionary, a compound that ends in a word of it, or a new word that looks like one."""
        known = any(word[i:] in self._dictionary for i in range(max(1, len(word) - 4)))
        return known or (NEW_WORD.search(word) is not None and word + "s" not in self._dictionary)


# Dutch spells one initiatief, two initiatieven; one technicus, two technici; one timmerman, two timmerlieden.
REGULAR_ENDINGS = (
    ("ieven", "ief"),
    ("ieve", "ief"),
    ("ici", "icus"),
    ("lieden", "man"),
    ("lui", "man"),
    ("mannen", "man"),
    ("vrouwelijk", "vrouw"),
    ("vrouwelijke", "vrouw"),
)
# robots, laptops, teams: the stemmer keeps the s of loan words.
LOAN_PLURAL = re.compile(r"[bcdfgklmnprt]s$")
NEW_WORD = re.compile(r"[aeiou][bdkmpt]$")
NO_PLURAL = re.compile(r"(aats|chts|eens|als|ans|ars|ens|ngs)$")


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
