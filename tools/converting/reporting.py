"""What the conversion tells: what mapped, what stayed a free word, what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.domain.content import Content

OPTIONAL = ("organisation", "partners", "url", "start_year", "end_year")


class Report:
    """Counts while the records pass by."""

    def __init__(self) -> None:
        self._records = 0
        self._missing: Counter[str] = Counter()
        self._regions: Counter[str] = Counter()
        self.too_wide: list[str] = []
        self._mapped: dict[str, Counter[str]] = {}
        self._free: dict[str, Counter[str]] = {}
        self._figures: Counter[str] = Counter()
        self._studies: Counter[str] = Counter()
        self._programmes: Counter[str] = Counter()
        self._routes: Counter[str] = Counter()
        self._approaches: dict[str, list[str]] = {}

    def count(self, record: dict[str, Any], content: Content) -> None:
        self._records += 1
        self._missing.update(name for name in OPTIONAL if not record.get(name))
        self._missing.update(["status"] if record["status"] == "unknown" else [])
        self._missing.update([] if content.regions else ["region"])
        self._regions.update(code[:2] for code in content.regions)
        self._figures.update(measured.kind.value for measured in content.measurements)
        self._studies.update(study.design.value for study in content.studies)
        self._programmes.update(content.programmes)
        self._routes.update(content.routes)
        for slug in content.approaches:
            self._approaches.setdefault(slug, []).append(record["slug"])

    def word(self, key: str, word: str, *, mapped: bool) -> None:
        (self._mapped if mapped else self._free).setdefault(key, Counter())[word] += 1

    def as_markdown(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# What the conversion of the research files did"
        yield ""
        yield f"Made by `tools/convert_research.py`. {self._records} records."
        yield from _table("Missing in the sources", self._missing)
        yield from _table("Regions by layer of the CBS code", self._regions)
        yield from _list("Names of places too wide for a region (kept as the name)", self.too_wide)
        for key in sorted(self._mapped | self._free):
            mapped, free = self._mapped.get(key, Counter()), self._free.get(key, Counter())
            total = mapped.total() + free.total()
            yield from ("", f"## Words for {key}", "")
            yield f"{mapped.total()} of {total} mapped; the rest stayed free words:"
            yield ""
            yield ", ".join(f"{word} ({number})" for word, number in free.most_common()) or "none"
        yield from _table("Figures by kind", self._figures)
        yield from _table("Studies by design", self._studies)
        yield from _table("Programmes, where the record names them", self._programmes)
        yield from _table("Learning routes, where the record names them", self._routes)
        yield from _groups("Approaches, given by the record's own words", self._approaches)


def _table(heading: str, counts: Counter[str]) -> Iterator[str]:
    yield from ("", f"## {heading}", "", "| what | number |", "|---|---|")
    yield from (f"| {name} | {number} |" for name, number in counts.most_common())


def _list(heading: str, items: Sequence[str]) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    yield from (f"- {item}" for item in items)


def _groups(heading: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    yield from (f"- {name} ({len(slugs)}): {', '.join(slugs)}" for name, slugs in groups.items())
