"""Records and catalogues for the tests of the search room."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kb.domain.search import Change, Facet, Record
from kb.domain.terms import Scheme, Term, Vocabulary
from kb.paths import asset_dir
from kb.search.analysis import Analyser
from kb.search.catalogue import Catalogue
from kb.search.dutch import ALL_STEPS, Steps
from kb.search.lexicon import Lexicon

LANGUAGE = asset_dir("seed_data") / "language"

TERMS = (
    Term(Scheme.REGION, "NL01", "Nederland", "Netherlands", synonyms=("landelijk",)),
    Term(Scheme.REGION, "PV23", "Overijssel", "Overijssel", parents=("NL01",)),
    Term(Scheme.REGION, "PV26", "Utrecht", "Utrecht", parents=("NL01",)),
    Term(Scheme.REGION, "AM04", "Twente", "Twente", parents=("NL01",)),
    Term(Scheme.REGION, "AM13", "Midden-Utrecht", "Central Utrecht", parents=("NL01",)),
    Term(Scheme.REGION, "GM0153", "Enschede", "Enschede", parents=("PV23", "AM04")),
    Term(Scheme.REGION, "GM0344", "Utrecht", "Utrecht", parents=("PV26", "AM13")),
    Term(Scheme.LEVEL, "mbo", "mbo", "vocational education", synonyms=("roc",)),
    Term(Scheme.LEVEL, "mbo-4", "mbo 4", "vocational level 4", parents=("mbo",)),
    Term(Scheme.SECTOR, "bouw-infra", "Bouw en infra", "Construction", synonyms=("bouw",)),
    Term(
        Scheme.RECOMMENDATION,
        "1",
        "Meer procesinnovatie",
        "More process innovation",
        details={"zoektermen_nl": ["robotisering", "prefab"]},
    ),
    Term(Scheme.TARGET_GROUP, "meisjes", "Meisjes en vrouwen", "Girls and women", synonyms=("meisjes",)),
)


def a_vocabulary() -> Vocabulary:
    return Vocabulary(TERMS)


def a_record(number: int, title: str = "Techniekdag", **changes: object) -> Record:
    """A public initiative; `regio="GM0153"` and the like tag it, ancestors included."""
    facets = dict(changes.pop("facets", {}))  # type: ignore[call-overload]
    vocabulary = a_vocabulary()
    for facet in Facet:
        if isinstance(changes.get(facet.value), str):
            codes = str(changes.pop(facet.value)).split()
            scheme = {each.value: each for each in Scheme}.get(facet.value)
            facets[facet] = vocabulary.with_ancestors(scheme, codes) if scheme else frozenset(codes)
    values = {
        "slug": f"initiatief-{number}",
        "summary": "",
        "published": "2026-01-01T10:00:00+00:00",
        "confirmed": "2026-01-01T10:00:00+00:00",
        **changes,
    }
    return Record(id=number, title=title, facets=facets, **values)  # type: ignore[arg-type]


def an_analyser(steps: Steps = ALL_STEPS) -> Analyser:
    return Analyser(Lexicon(LANGUAGE, steps))


def a_catalogue(folder: Path, records: Iterable[Record] = (), *, steps: Steps = ALL_STEPS) -> Catalogue:
    """A catalogue with an index of these records, at sequence 0."""
    catalogue = an_unloaded_catalogue(folder, steps=steps)
    kept = list(records)
    catalogue.load(kept, 0, lambda _: ())
    catalogue.rebuild(kept, 0)
    return catalogue


def an_unloaded_catalogue(folder: Path, *, steps: Steps = ALL_STEPS, **options: Any) -> Catalogue:
    options = {"vocabulary": a_vocabulary(), "database_id": "een", **options}
    return Catalogue(folder, language_dir=LANGUAGE, steps=steps, **options)


def changes_of(*numbered: tuple[int, int]) -> tuple[Change, ...]:
    """Changes from (sequence, record id)."""
    return tuple(Change(sequence, record_id) for sequence, record_id in numbered)
