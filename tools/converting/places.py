"""The regions of a record: names of today and before, areas, and the provinces that its source gives."""

from collections.abc import Iterator

from kb.domain.terms import RegionKind, Scheme, Vocabulary, plain, region_kind
from tools.converting.rules import Record

NATIONAL = "NL01"
AREA_KINDS = (RegionKind.LABOUR_MARKET_REGION, RegionKind.MUNICIPALITY, RegionKind.PROVINCE, RegionKind.PART)
# Which layer a name most likely means, by the scope of the record.
KINDS = {
    "national": AREA_KINDS,
    "province": (RegionKind.PROVINCE, RegionKind.PART, *AREA_KINDS),
    "labour_market_region": AREA_KINDS,
    "municipality": (RegionKind.MUNICIPALITY, RegionKind.LABOUR_MARKET_REGION, RegionKind.PROVINCE),
}


class Places:
    """Finds regions by name; `too_wide` collects names that point at no region, for the report."""

    def __init__(self, vocabulary: Vocabulary, rules: Record) -> None:
        self._vocabulary = vocabulary
        self._rules = rules
        self.too_wide: list[str] = []

    def regions_of(self, record: Record) -> tuple[tuple[str, ...], str]:
        """The codes, and the name of the area where people use one that is no region itself."""
        region = record["region"]
        area = region.get("area_label", "")
        kinds = KINDS[region["scope"]]
        own = self._rules["bij_initiatief"].get(record["slug"], {})
        found = [NATIONAL] if region["scope"] == "national" else []
        names = [str(name) for name in region["names"] if name != "Nederland"]
        for name in names:
            found += own.get(name) or self._named(record["slug"], name, kinds)
        for name in self._rules["gebieden"].get(area, []):
            found += self._codes(name, (RegionKind.MUNICIPALITY,))
        found += [code for code in self._provinces(region) if not self._implied(code, found)]
        codes = tuple(dict.fromkeys(found))
        return codes, area or ", ".join(self._other_names(names, codes))

    def _named(self, slug: str, name: str, kinds: tuple[RegionKind, ...]) -> list[str]:
        if name in self._rules["namen"]:
            if not self._rules["namen"][name]:
                self.too_wide.append(f"{slug}: {name}")
            return list(self._rules["namen"][name])
        return self._codes(name, kinds)

    def _codes(self, name: str, kinds: tuple[RegionKind, ...]) -> list[str]:
        """The codes of the likeliest layer with this name; one that bears it goes before one known by it."""
        terms = self._vocabulary.named(Scheme.REGION, name)
        bearers = [term for term in terms if plain(name) == plain(term.label)]
        layers: dict[RegionKind, list[str]] = {}
        for term in bearers or terms:
            layers.setdefault(region_kind(term.code), []).append(term.code)
        codes = next((layers[kind] for kind in kinds if kind in layers), None)
        if not codes:
            raise SystemExit(f"no region is called {name!r}; decide in places.yaml")
        return codes

    def _provinces(self, region: Record) -> Iterator[str]:
        for name in region.get("provinces", []):
            yield from self._codes(str(name), (RegionKind.PROVINCE,))

    def _implied(self, province: str, codes: list[str]) -> bool:
        return province in self._vocabulary.with_ancestors(Scheme.REGION, codes)

    def _other_names(self, names: list[str], codes: tuple[str, ...]) -> list[str]:
        labels = {plain(self._vocabulary.label(Scheme.REGION, code)) for code in codes}
        return [name for name in names if plain(name) not in labels]
