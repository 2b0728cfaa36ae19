"""What somebody can choose while typing in a field of the form, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.domain.terms import plain


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose. `others` are its other names; `met_by` is the one that was typed."""

    code: str
    name: str
    others: tuple[str, ...] = ()
    met_by: str = ""


def matching(offers: Iterable[Offer], typed: str, most: int) -> tuple[Offer, ...]:
    """Those in which every typed word begins a word of one name; all of them where nothing was typed.

    A name that begins with what was typed comes first, then the shorter; a second name comes after the first.
    """
    words = plain(typed).split()
    found = (_met(place, offer, words) for place, offer in enumerate(offers))
    best = sorted(pair for pair in found if pair)
    return tuple(offer for *_rank, offer in best[:most])


def _met(place: int, offer: Offer, words: list[str]) -> "_Ranked | None":
    if not words:
        return (0, 0, place, offer)
    for second, name in enumerate((offer.name, *offer.others)):
        spelled = plain(name)
        if _has(spelled.split(), words):
            begins = spelled.startswith(" ".join(words))
            met = replace(offer, met_by=name) if second and name != offer.name else offer
            return (2 * bool(second) + (not begins), len(spelled), place, met)
    return None


def _has(spelled: list[str], words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in spelled) for word in words)


_Ranked = tuple[int, int, int, Offer]
