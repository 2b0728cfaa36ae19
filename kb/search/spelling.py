"""The word that was probably meant, among the words that occur."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from kb.search.budget import Budget

SHORTEST = 5
SHORTEST_BEGINNING = 4
LONGEST = 30
# From this length on two slips are forgiven.
LONG_WORD = 9
# Looking at the clock takes longer than looking at a word.
WORDS_A_LOOK = 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def nearest(
    word: str, spellings: Sequence[str], frequency: Callable[[str], int], budget: Budget
) -> str | None:
    """The most common word at the smallest distance, None when nothing is near or time is up.

    `spellings` is sorted. The first letter of a word is hardly ever wrong, so two slips are only looked for
    among words that share it."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or not word.isascii():
        return None
    if budget.is_spent():
        return None
    once = {slip for slip in _one_slip(word) if _holds(spellings, slip)}
    if once:
        return max(once, key=lambda each: (frequency(each), each))
    if len(word) < LONG_WORD:
        return None
    twice = [each for each in _alike(word, spellings, budget) if distance(word, each, 2) <= 2]
    return None if budget.exceeded else max(twice, key=lambda each: (frequency(each), each), default=None)


def nearest_beginning(word: str, spellings: Sequence[str]) -> str | None:
    """What was probably meant by the beginning of a word: one slip away, and most words begin like it."""
    if not SHORTEST_BEGINNING <= len(word) <= LONGEST or not word.isalpha() or not word.isascii():
        return None
    slips = {slip: _count_beginning(spellings, slip) for slip in set(_one_slip(word))}
    best = max(slips, key=lambda slip: (slips[slip], slip))
    return best if slips[best] else None


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, leave out, change or swap; anything above `most` is only known to be more."""
    before, current = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, current = before, current, [i]
        for j, goal in enumerate(other, start=1):
            steps = min(before[j] + 1, current[j - 1] + 1, before[j - 1] + (letter != goal))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == goal:
                steps = min(steps, earlier[j - 2] + 1)
            current.append(steps)
        if min(current) > most:
            return most + 1
    return current[-1]


def _one_slip(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        for letter in LETTERS:
            yield head + letter + tail
        if tail:
            yield head + tail[1:]
            for letter in LETTERS:
                yield head + letter + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _count_beginning(spellings: Sequence[str], beginning: str) -> int:
    start = bisect_left(spellings, beginning)
    return bisect_left(spellings, beginning + "\U0010ffff", start) - start


def _holds(spellings: Sequence[str], word: str) -> bool:
    at = bisect_left(spellings, word)
    return at < len(spellings) and spellings[at] == word


def _alike(word: str, spellings: Sequence[str], budget: Budget) -> Iterator[str]:
    """Words with the same first letter, about as long, and with at most four letters that differ."""
    start = bisect_left(spellings, word[0])
    end = bisect_left(spellings, word[0] + "\U0010ffff")
    letters = set(word)
    for number in range(start, end):
        if number % WORDS_A_LOOK == 0 and budget.is_spent():
            return
        other = spellings[number]
        if abs(len(other) - len(word)) <= 2 and len(letters.symmetric_difference(other)) <= 4:
            yield other
