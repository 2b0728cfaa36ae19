"""Answers by OAI-PMH 2.0, and an initiative in the fifteen elements of Dublin Core."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from kb.domain.catalogue import PublicRecord
from kb.domain.content import PartnerRole
from kb.domain.harvest import Harvested
from kb.domain.terms import Scheme, Vocabulary
from kb.exchange.edition import LICENCE
from kb.schemas.harvesting import PREFIX, SET_PREFIX, Fault, HarvestRequest

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SUBJECTS = (
    (Scheme.RECOMMENDATION, "recommendations"),
    (Scheme.LEVEL, "levels"),
    (Scheme.INSTRUMENT, "instruments"),
    (Scheme.SECTOR, "sectors"),
    (Scheme.TARGET_GROUP, "target_groups"),
)
for prefix, namespace in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", XSI)):
    register_namespace(prefix, namespace)


@dataclass(frozen=True, slots=True)
class Repository:
    """Who answers, and from where."""

    name: str
    site_url: str
    email: str
    vocabulary: Vocabulary

    @property
    def address(self) -> str:
        return f"{self.site_url}/oai"

    @property
    def host(self) -> str:
        return urlsplit(self.site_url).hostname or "localhost"

    def identifier(self, initiative_id: int) -> str:
        """The name of an initiative among harvesters; it outlives a change of its address."""
        return f"oai:{self.host}:initiatief-{initiative_id}"

    def id_in(self, identifier: str) -> int | None:
        number = identifier.removeprefix(f"oai:{self.host}:initiatief-")
        is_ours = number != identifier and number.isascii() and number.isdigit() and len(number) < 10
        return int(number) if is_ours else None


def envelope(repository: Repository, request: HarvestRequest | None, now: datetime) -> Element:
    """The root of every answer. Without a request it was a bad one, whose arguments are not repeated."""
    root = Element(f"{{{OAI}}}OAI-PMH")
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI[:-1]}/OAI-PMH.xsd")
    _text(root, "responseDate", moment(now))
    asked = _text(root, "request", repository.address)
    if request is not None:
        asked.set("verb", request.verb.value)
        for name, value in request.given.items():
            asked.set(name, _clean(value))
    return root


def fault(root: Element, code: Fault, text: str) -> None:
    _text(root, "error", text).set("code", code.value)


def identify(root: Element, repository: Repository, earliest: datetime) -> None:
    part = SubElement(root, f"{{{OAI}}}Identify")
    for name, text in (
        ("repositoryName", repository.name),
        ("baseURL", repository.address),
        ("protocolVersion", "2.0"),
        ("adminEmail", repository.email),
        ("earliestDatestamp", moment(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        _text(part, name, text)


def formats(root: Element) -> None:
    part = SubElement(SubElement(root, f"{{{OAI}}}ListMetadataFormats"), f"{{{OAI}}}metadataFormat")
    _text(part, "metadataPrefix", PREFIX)
    _text(part, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    _text(part, "metadataNamespace", OAI_DC)


def sets(root: Element, vocabulary: Vocabulary) -> None:
    """One for each recommendation."""
    part = SubElement(root, f"{{{OAI}}}ListSets")
    for term in vocabulary.all(Scheme.RECOMMENDATION):
        each = SubElement(part, f"{{{OAI}}}set")
        _text(each, "setSpec", f"{SET_PREFIX}{term.code}")
        _text(each, "setName", term.label)


def items(
    root: Element, name: str, repository: Repository, found: Iterable[Harvested], *, whole: bool
) -> Element:
    """Records, or only their headers."""
    part = SubElement(root, f"{{{OAI}}}{name}")
    for each in found:
        if not whole:
            _header(part, repository, each)
            continue
        record = SubElement(part, f"{{{OAI}}}record")
        _header(record, repository, each)
        if each.record is not None:
            _metadata(record, repository, each.record)
    return part


def resume(part: Element, token: str, *, total: int, seen: int) -> None:
    """How to go on; an empty token closes a list that came in parts."""
    more = _text(part, "resumptionToken", token)
    more.set("completeListSize", str(total))
    more.set("cursor", str(seen))


def document(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _header(above: Element, repository: Repository, each: Harvested) -> None:
    header = SubElement(above, f"{{{OAI}}}header")
    if each.record is None:
        header.set("status", "deleted")
    _text(header, "identifier", repository.identifier(each.id))
    _text(header, "datestamp", moment(each.at))
    for number in each.sets:
        _text(header, "setSpec", f"{SET_PREFIX}{number}")


def _metadata(above: Element, repository: Repository, record: PublicRecord) -> None:
    dc = SubElement(SubElement(above, f"{{{OAI}}}metadata"), f"{{{OAI_DC}}}dc")
    dc.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, text, language in _elements(repository, record):
        element = SubElement(dc, f"{{{DC}}}{name}")
        element.text = _clean(text)
        if language:
            element.set(f"{{{XML}}}lang", language)


def _elements(repository: Repository, record: PublicRecord) -> Iterator[tuple[str, str, str]]:
    content, vocabulary = record.content, repository.vocabulary
    yield "title", content.title, "nl"
    if content.title_en:
        yield "title", content.title_en, "en"
    for each in content.organisations:
        yield "creator" if each.role is PartnerRole.LEAD else "contributor", each.name, ""
    for scheme, name in SUBJECTS:
        for code in getattr(content, name):
            yield "subject", vocabulary.label(scheme, code), "nl"
    yield "description", content.summary, "nl"
    if content.summary_en:
        yield "description", content.summary_en, "en"
    yield "publisher", repository.name, ""
    yield "date", record.published_at.date().isoformat(), ""
    yield "type", "Project", ""
    yield "identifier", f"{repository.site_url}/initiatieven/{record.slug}", ""
    for source in content.sources:
        yield "source", source.url, ""
    yield "language", "nl", ""
    if content.url:
        yield "relation", content.url, ""
    for code in content.regions:
        yield "coverage", vocabulary.label(Scheme.REGION, code), "nl"
    yield "rights", LICENCE, ""


def _text(above: Element, name: str, text: str) -> Element:
    element = SubElement(above, f"{{{OAI}}}{name}")
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return FORBIDDEN.sub("", text)
