"""One record of the research as the content of an initiative."""

import re
from typing import Any

from kb.domain.content import Activity, Content, FreeWord, Participation, PartnerRole, Source
from kb.domain.terms import RegionKind, Scheme, Vocabulary, region_kind
from tools.converting.figures import figures_of
from tools.converting.reporting import Report

COLLECTED = "2026-11-23"
NATIONAL = "NL01"
ACTIVITY = {"active": Activity.ACTIVE, "ended": Activity.ENDED, "unknown": Activity.UNKNOWN}
AREA_KINDS = (RegionKind.LABOUR_MARKET_REGION, RegionKind.MUNICIPALITY, RegionKind.PROVINCE, RegionKind.PART)
# Which layer a name most likely means, by the scope of the record.
KINDS = {
    "province": (RegionKind.PROVINCE, RegionKind.PART, *AREA_KINDS),
    "labour_market_region": AREA_KINDS,
    "municipality": (RegionKind.MUNICIPALITY, RegionKind.LABOUR_MARKET_REGION, RegionKind.PROVINCE),
}

Record = dict[str, Any]


class Converter:
    """Holds the rules and counts what happened; a record goes in, its content comes out."""

    def __init__(self, vocabulary: Vocabulary, rules: Record, figures: Record) -> None:
        self._vocabulary = vocabulary
        self._rules = rules
        self._figures = figures
        self.report = Report()

    def content_of(self, record: Record) -> Content:
        free: list[FreeWord] = []
        regions, area = self._regions(record)
        measurements, studies = figures_of(record, self._figures.get(record["slug"], []))
        self.report.count(record, regions, measurements, studies)
        instruments = self._tags(Scheme.INSTRUMENT, "instrumenten", [record["instrument"]], free)
        sectors = self._tags(Scheme.SECTOR, "sectoren", record["sectors"], free)
        groups = self._tags(Scheme.TARGET_GROUP, "doelgroepen", record["target_groups"], free)
        return Content(
            title=record["title"],
            summary=record["summary_nl"],
            url=record.get("url", ""),
            activity=ACTIVITY[record["status"]],
            start_year=record.get("start_year"),
            end_year=record.get("end_year"),
            regions=regions,
            area=area,
            recommendations=tuple(str(number) for number in record["recommendations"]),
            levels=self._levels(record["education_levels"]),
            routes=self._said(record, "leerwegen"),
            instruments=instruments,
            sectors=sectors,
            target_groups=groups,
            programmes=self._said(record, "programmas"),
            free_words=tuple(dict.fromkeys(free)),
            organisations=_organisations(record),
            approaches=self._approaches(record),
            sources=tuple(_source(source) for source in record["sources"]),
            measurements=measurements,
            studies=studies,
        )

    def _regions(self, record: Record) -> tuple[tuple[str, ...], str]:
        region = record["region"]
        if region["scope"] == "national":
            return (NATIONAL,), region.get("area_label", "")
        found: list[str] = []
        unknown: list[str] = []
        for name in region["names"]:
            codes = self._region(str(name), KINDS[region["scope"]])
            found += codes or self._rules["regios"].get(name, [])
            unknown += [] if codes else [str(name)]
        found += [code for code in self._provinces(region) if not self._implied(code, found)]
        self.report.unresolved(record["slug"], unknown)
        area = region.get("area_label") or " en ".join(unknown)
        return tuple(dict.fromkeys(found)), area

    def _region(self, name: str, kinds: tuple[RegionKind, ...]) -> list[str]:
        """The codes of the likeliest layer that knows this name; an area is several municipalities."""
        named: dict[RegionKind, list[str]] = {}
        for term in self._vocabulary.named(Scheme.REGION, name):
            named.setdefault(region_kind(term.code), []).append(term.code)
        return next((named[kind] for kind in kinds if kind in named), [])

    def _provinces(self, region: Record) -> list[str]:
        names = region.get("provinces", [])
        return [code for name in names for code in self._region(str(name), (RegionKind.PROVINCE,))]

    def _implied(self, province: str, codes: list[str]) -> bool:
        return any(province in self._vocabulary.ancestors(Scheme.REGION, code) for code in codes)

    def _levels(self, words: list[str]) -> tuple[str, ...]:
        codes = [code for word in words for code in self._rules["niveaus"].get(word, [word])]
        return tuple(dict.fromkeys(codes))

    def _tags(self, scheme: Scheme, key: str, words: list[str], free: list[FreeWord]) -> tuple[str, ...]:
        codes: list[str] = []
        for word in words:
            found = _matching(self._rules[key], word.lower())
            codes += found
            if not found:
                free.append(FreeWord(scheme.value, word))
            self.report.word(key, word, mapped=bool(found))
        return tuple(dict.fromkeys(codes))

    def _said(self, record: Record, key: str) -> tuple[str, ...]:
        """Terms that the record names in its own words."""
        words = (record["title"], record["summary_nl"], record["instrument"], *record.get("partners", ()))
        codes = _matching(self._rules[key], " ".join(words).lower())
        return tuple(dict.fromkeys(codes))

    def _approaches(self, record: Record) -> tuple[str, ...]:
        words = f"{record['instrument']} {record['title']}".lower()
        slugs = _matching(self._rules["aanpakken"], words)
        self.report.approaches(record["slug"], slugs)
        return tuple(dict.fromkeys(slugs))


def _matching(rules: list[list[str]], word: str) -> list[str]:
    return [code for pattern, code in rules if re.search(pattern, word)]


def _organisations(record: Record) -> tuple[Participation, ...]:
    lead = [Participation(record["organisation"], PartnerRole.LEAD)] if record.get("organisation") else []
    partners = [Participation(str(name), PartnerRole.PARTNER) for name in record.get("partners", [])]
    return tuple(dict.fromkeys([*lead, *partners]))


def _source(source: Record) -> Source:
    date = str(source.get("date") or "")
    return Source(source["title"], source["url"], source.get("publisher") or "", date, COLLECTED)
