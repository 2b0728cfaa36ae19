"""Which word of the dictionary a word is a form of: panelen of paneel, bouwt of bouw, sociale of sociaal."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

SHORTEST = 4
# A word is hardly ever so many times rarer than one of its forms.
RARER = 8
# A participle may be used this many times more than its verb (ontwikkeld), a noun like it is more (verband).
PARTICIPLE = 4
MOST_STEPS = 4
VOWELS = "aeiou"
SYLLABLE = re.compile(r"[aeiouy]+")
# Short words whose vowel is open in the plural (dagen); in others it is doubled (banen is baan, not ban).
OPEN_PLURALS = frozenset({"bad", "dag", "dak", "gat", "glas", "graf", "hof", "pad", "slot", "vat", "weg"})
# No plurals, though they end in s.
NO_PLURAL = re.compile(r"(aats|chts|als|ans|ars|ngs|eens)$")
PRESENT = re.compile(r"[^e]ende?$")
DEED = re.compile(r"(ing)$")
# After a syllable that is never stressed -de is always the past tense; elsewhere it may be anything (waarde).
PAST = re.compile(r"[aeiou][^aeiou]+e[lmnr](den?)$")
# Two letters that are one vowel.
TWO_LETTERS = frozenset({"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ij", "ei", "au", "ou"})
# What stands before a verb and parts from it (aangenomen), and what stays (vernomen).
LOOSE = tuple(
    "aan af bij deel door in mee na om onder op over samen terug toe uit vast voor weg".split()  # noqa: SIM905
)
FAST = ("be", "ver", "ont", "her", "onder", "over", "door", "voor")


class Forms:
    """`rank` gives the place of a word in the dictionary (1 is the most used), `parts` those of a compound.

    `strong` has verbs that change their vowel, each with its forms."""

    def __init__(
        self,
        rank: Callable[[str], int | None],
        parts: Callable[[str], tuple[str, ...]],
        strong: Iterable[Sequence[str]] = (),
    ) -> None:
        self._rank = rank
        self._parts = parts
        self._strong = dict(self._strong_forms(strong))

    def base(self, word: str) -> str:
        """The word that this is a form of, or the word itself; of a compound the last part is looked at."""
        found = self._base(word)
        if found != word or self._rank(word) is not None:
            return found
        last = (self._parts(word) or ("",))[-1]
        return word.removesuffix(last) + self._base(last) if last else word

    def is_whole(self, base: str) -> bool:
        """It ends in -en and is no form of anything: molen, open."""
        if not base.endswith("en"):
            return False
        is_noun = self._is_used(f"{base}s") and not any(map(self._is_used, _singulars(base)))
        return is_noun or self._is_used(f"{base}en")

    def _base(self, word: str) -> str:
        for _ in range(MOST_STEPS):
            shorter = self._step(word)
            if shorter == word:
                break
            word = shorter
        return word

    def _step(self, word: str) -> str:
        if len(word) < SHORTEST:
            return word
        if word in self._strong:
            return self._strong[word]
        if word.endswith("en") and self._is_used(f"{word}en"):
            return word
        for base in (*_singulars(word), *_without_s(word), *_verbs(word)):
            if self._is_base(base, word):
                return base
        return self._infinitive(word) or word

    def _is_base(self, base: str, word: str) -> bool:
        rank, own = self._rank(base), self._rank(word)
        return rank is not None and (own is None or rank <= own * RARER)

    def _is_used(self, word: str) -> bool:
        return self._rank(word) is not None

    def _infinitive(self, word: str) -> str | None:
        """That of bouwt or verdiend, where it is used more; a noun (markt) has a plural of its own."""
        if word[-1] not in "td":
            return None
        is_participle = word[-1] == "d" and word.startswith(FAST)
        if not is_participle and self._is_used(f"{word}en"):
            return None
        most = (self._rank(word) or math.inf) * (PARTICIPLE if is_participle else 1)
        ranks = ((self._rank(each), each) for each in _infinitives(word[:-1]))
        return next((each for rank, each in ranks if rank and rank < most), None)

    def _strong_forms(self, verbs: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
        """Each form with its infinitive, also of the verbs made with it (aangenomen of aannemen)."""
        for infinitive, *forms in verbs:
            yield from ((form, infinitive) for form in forms)
            for before in (*LOOSE, *FAST):
                if self._rank(before + infinitive) is None:
                    continue
                yield from ((before + form, before + infinitive) for form in forms)
                if before in FAST and forms[-1].startswith("ge"):
                    yield before + forms[-1].removeprefix("ge"), before + infinitive


def _singulars(word: str) -> Iterator[str]:
    """The word without -en or -e, as Dutch would spell it."""
    for ending in ("en", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield from _closed(word.removesuffix(ending))
            yield from (word[:-1],) if ending == "en" else ()
            return


def _closed(stem: str) -> Iterator[str]:
    """A stem as it is spelled at the end of a word: lessen is les, panelen paneel, brieven brief."""
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    if last in VOWELS:
        return
    if stem[-1] == stem[-2]:
        yield stem[:-1]
        return
    is_open = stem[-2] in "aeou" and stem[-3:-1] not in TWO_LETTERS
    if is_open:
        yield f"{stem[:-1]}{stem[-2]}{last}"
    short = stem[:-1] + last
    if not is_open or len(SYLLABLE.findall(stem)) > 1 or short in OPEN_PLURALS:
        yield short


def _without_s(word: str) -> Iterator[str]:
    if word.endswith("s") and len(word) > SHORTEST and not NO_PLURAL.search(word):
        yield word[:-1]


def _verbs(word: str) -> Iterator[str]:
    """The infinitive of levend, oefening and regelde."""
    if PRESENT.search(word):
        yield word[: word.rindex("end") + 2]
    found = DEED.search(word) or PAST.search(word)
    if found and found.start(1) > 2:
        yield from _infinitives(word[: found.start(1)])


def _infinitives(stem: str) -> Iterator[str]:
    """neem is nemen, kies kiezen, win winnen."""
    if stem[-3:-1] in ("aa", "ee", "oo", "uu") and stem[-1] not in VOWELS:
        short = stem[:-2] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
        yield f"{short}en"
    elif stem[-1] in "fs":
        yield f"{stem[:-1]}{'v' if stem[-1] == 'f' else 'z'}en"
    yield f"{stem}en"
    if stem[-1] not in VOWELS:
        yield f"{stem}{stem[-1]}en"
