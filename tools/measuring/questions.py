"""What is asked in a benchmark: thirty questions of each kind, in words that stand in the catalogue."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from kb.domain.search import Facet, Record, Search
from kb.paths import asset_dir
from kb.schemas.search import write_query
from kb.search.lexicon import lexicon_of

KINDS = ("rare word", "common word", "2-3 words", "phrase", "prefix", "filters only", "words + filters")
QUESTIONS = 30
SEED = 7
SHORTEST = 5
PREFIX = 4
CHOSEN = (Facet.REGION, Facet.LEVEL, Facet.SECTOR, Facet.RECOMMENDATION)

Questions = dict[str, list[Search]]


def questions(records: Sequence[Record]) -> Questions:
    """The same records give the same questions. Words are rare or common by how many records have them."""
    rng = random.Random(SEED)
    rare, middle, common = _words(records)
    makers: tuple[Callable[[], Search], ...] = (
        lambda: Search(words=rng.choice(rare)),
        lambda: Search(words=rng.choice(common)),
        lambda: Search(words=" ".join(rng.sample(middle, rng.choice((2, 3))))),
        lambda: Search(words=_phrase(rng, records)),
        lambda: Search(words=rng.choice(middle)[:PREFIX] + "*"),
        lambda: Search(filters=_choices(rng, records)),
        lambda: Search(words=rng.choice(common), filters=_choices(rng, records)),
    )
    return {kind: [make() for _ in range(QUESTIONS)] for kind, make in zip(KINDS, makers, strict=True)}


def beginnings(records: Sequence[Record]) -> list[str]:
    """What people have typed when they are shown suggestions: two to five letters of a word of a title."""
    rng = random.Random(SEED)
    titles = (rng.choice(records).title.lower().split() for _ in range(4 * QUESTIONS))
    words = [rng.choice(title) for title in titles if title]
    return [word[: rng.randint(2, 5)] for word in words if len(word) >= 3]


def portal_address(search: Search) -> str:
    return f"/zoeken?{urlencode(list(write_query(search)))}"


def _words(records: Sequence[Record]) -> tuple[list[str], list[str], list[str]]:
    """Rare ones, those in a two-hundredth to a tenth of the records, and the most common ones."""
    lexicon = lexicon_of(asset_dir("seed_data") / "language")
    counted: Counter[str] = Counter()
    for record in records:
        counted.update(set(f"{record.title} {record.summary}".lower().replace(".", "").split()))
    telling = [word for word in counted if len(word) >= SHORTEST and not lexicon.is_stop(word)]
    few, some, many = max(3, len(records) // 2_000), len(records) // 200, len(records) // 10
    rare = [word for word in telling if counted[word] <= few]
    middle = [word for word in telling if some <= counted[word] <= many]
    return rare, middle, sorted(telling, key=lambda word: -counted[word])[: 4 * QUESTIONS]


def _phrase(rng: random.Random, records: Sequence[Record]) -> str:
    words = rng.choice(records).summary.rstrip(".").split()
    at = rng.randrange(len(words) - 1)
    return f'"{words[at]} {words[at + 1]}"'


def _choices(rng: random.Random, records: Sequence[Record]) -> dict[Facet, tuple[str, ...]]:
    """Two choices that leave at least one record."""
    record = rng.choice(records)
    facets = rng.sample([facet for facet in CHOSEN if record.facets.get(facet)], 2)
    return {facet: (rng.choice(sorted(record.facets[facet])),) for facet in facets}
