"""The addresses of everything that is public, with when each changed last, for search engines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kb.domain.terms import Scheme
from kb.services.collecting import Slice
from kb.services.collecting import organisations as organisations_of
from kb.services.work import Work
from kb.storage.approaches import approach_counts
from kb.storage.harvest import newest_change, public_addresses

# What a search engine takes in one file.
MOST = 50_000
PAGES: tuple[str, ...] = (
    *("/", "/wat-werkt", "/spreiding", "/aanbevelingen", "/regios", "/aanpakken", "/bewijs", "/over"),
    *("/open-data", "/api", "/begrippen", "/toegankelijkheid", "/privacy"),
)


@dataclass(frozen=True, slots=True)
class Address:
    path: str
    changed: datetime | None = None


def number_of_parts(work: Work) -> int:
    """In how many files they fit, one for the pages that are not about one initiative."""
    last = public_addresses(work.session, limit=0, offset=0)[1]
    return 1 + -(-last // MOST)


def addresses(work: Work, part: int) -> Iterator[Address]:
    """Part 0 has the pages around the initiatives, the others the initiatives."""
    if part:
        found, _total = public_addresses(work.session, limit=MOST, offset=(part - 1) * MOST)
        yield from (Address(f"/initiatieven/{slug}", at) for slug, at in found)
        return
    newest = newest_change(work.session)
    yield from (Address(path, newest) for path in PAGES)
    for scheme, home in ((Scheme.RECOMMENDATION, "/aanbevelingen"), (Scheme.REGION, "/regios")):
        yield from (Address(f"{home}/{term.code}") for term in work.vocabulary.all(scheme))
    yield from (Address(f"/aanpakken/{each.slug}") for each, _number in approach_counts(work.session))
    organisations, _total = organisations_of(work, Slice(MOST // 2))
    yield from (Address(f"/organisaties/{each.slug}") for each in organisations)
