"""What people searched and did not find: words only, so that editors see where something is missing."""

from dataclasses import dataclass
from datetime import date, timedelta

from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.domain.search import Search
from kb.domain.terms import plain
from kb.services.work import Work
from kb.storage.missed import forget_before, missed_words, note_words

KEPT = timedelta(days=90)
LONGEST = 80
# A telephone number or a mail address tells of a person; a year does not.
MOST_DIGITS = 4
MOST_A_DAY = 500
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that found nothing, how often in ninety days, and on which day last."""

    words: str
    times: int
    last: date


def worth_noting(asked: Search, total: int) -> bool:
    """Whether nothing was found for words alone, and the words tell of no person that we can see."""
    words = asked.words.strip()
    if total or asked.filters or not words or len(words) > LONGEST or "@" in words:
        return False
    return sum(letter.isdigit() for letter in words) <= MOST_DIGITS and any(map(str.isalpha, words))


def note_missed(work: Work, asked: Search) -> None:
    """Counts the words of today once more."""
    forget_old(work)
    note_words(work.session, work.now.date(), " ".join(plain(asked.words).split())[:LONGEST], most=MOST_A_DAY)


def forget_old(work: Work) -> None:
    """Throws away what is older than ninety days."""
    forget_before(work.session, work.now.date() - KEPT)


def missed(work: Work, person: Person) -> tuple[Missed, ...]:
    """Most often first."""
    require_right(person, Right.REVIEW)
    since = work.now.date() - KEPT
    return tuple(Missed(*row) for row in missed_words(work.session, since, SHOWN))
