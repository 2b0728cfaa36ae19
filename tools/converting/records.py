"""One record of the research as the content of an initiative."""

from kb.domain.content import Activity, Content, FreeWord, Source
from kb.domain.terms import Scheme, Vocabulary
from tools.converting import signs
from tools.converting.figures import figures_of, studies_of
from tools.converting.organisations import Organisations
from tools.converting.places import Places
from tools.converting.reporting import Report
from tools.converting.rules import Record, Words

COLLECTED = "2026-11-23"
ACTIVITY = {"active": Activity.ACTIVE, "ended": Activity.ENDED, "unknown": Activity.UNKNOWN}
LEVELS = {"pro": "vo-pro", "vmbo": "vo-vmbo", "havo": "vo-havo", "vwo": "vo-vwo"}


class Converter:
    """Holds the rules and counts what happened; a record goes in, its content comes out."""

    def __init__(self, vocabulary: Vocabulary, rules: Record) -> None:
        self._vocabulary = vocabulary
        self._rules = rules
        self._words = {
            Scheme.INSTRUMENT: Words(rules["instruments"]),
            Scheme.SECTOR: Words(rules["sectors"]),
            Scheme.TARGET_GROUP: Words(rules["target_groups"]),
        }
        self.places = Places(vocabulary, rules["places"])
        self.organisations = Organisations(rules["organisations"])
        self.report = Report()

    def content_of(self, record: Record) -> Content:
        free: list[FreeWord] = []
        regions, area = self.places.regions_of(record)
        studies = studies_of(self._rules["studies"].get(record["slug"], []), self._vocabulary)
        measurements = figures_of(record, self._rules["figures"].get(record["slug"], []), studies)
        organisations, described = self.organisations.of(record)
        content = Content(
            title=record["title"],
            summary=record["summary_nl"],
            url=record.get("url", ""),
            activity=ACTIVITY[record["status"]],
            start_year=record.get("start_year"),
            end_year=record.get("end_year"),
            regions=regions,
            area=area,
            recommendations=tuple(str(number) for number in record["recommendations"]),
            levels=tuple(LEVELS.get(level, level) for level in record["education_levels"]),
            routes=signs.said(record, self._rules["signs"]["leerwegen"]),
            instruments=self._tags(Scheme.INSTRUMENT, [record["instrument"]], record, free),
            sectors=self._tags(Scheme.SECTOR, record["sectors"], record, free),
            target_groups=self._tags(Scheme.TARGET_GROUP, record["target_groups"], record, free),
            programmes=signs.said(record, self._rules["signs"]["programmas"]),
            free_words=tuple(dict.fromkeys([*free, *described])),
            organisations=organisations,
            approaches=signs.approaches(record, self._rules["signs"]["aanpakken"]),
            sources=tuple(_source(source) for source in record["sources"]),
            measurements=measurements,
            studies=tuple(study for study, _figures in studies),
        )
        self.report.count(record, content)
        return content

    def _tags(
        self, scheme: Scheme, words: list[str], record: Record, free: list[FreeWord]
    ) -> tuple[str, ...]:
        codes: list[str] = []
        for word in words:
            meaning = self._words[scheme].meaning(word, record["education_levels"])
            codes += meaning.codes
            if meaning.is_kept:
                free.append(FreeWord(scheme.value, word))
            self.report.word(scheme.value, word, mapped=bool(meaning.codes))
        return tuple(dict.fromkeys(codes))


def _source(source: Record) -> Source:
    date = str(source.get("date") or "")
    return Source(source["title"], source["url"], source.get("publisher") or "", date, COLLECTED)
