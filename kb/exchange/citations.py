"""An initiative as something to cite: RIS and BibTeX."""

import re
from collections.abc import Iterator

from kb.domain.catalogue import PublicRecord
from kb.domain.content import PartnerRole
from kb.domain.terms import Scheme
from kb.exchange.edition import Edition, Records, Text

# Characters that mean something to TeX.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
SPECIAL = re.compile(r"[\\{}&%$#_~^]")


def ris_text(records: Records, edition: Edition) -> Text:
    for record in records:
        lines = (f"{tag}  - {_line(words)}\r\n" for tag, words in _ris(record, edition))
        yield "".join((*lines, "ER  - \r\n\r\n"))


def bibtex_text(records: Records, edition: Edition) -> Text:
    for record in records:
        fields = ",\n".join(f"  {name} = {{{words}}}" for name, words in _bibtex(record, edition))
        yield f"@online{{{record.slug},\n{fields}\n}}\n\n"


def _ris(record: PublicRecord, edition: Edition) -> Iterator[tuple[str, str]]:
    content = record.content
    yield "TY", "ELEC"
    yield "ID", record.slug
    yield "TI", content.title
    # The comma at the end says that this is no name and first name.
    yield from (("AU", f"{name},") for name in _leads(record))
    yield "PY", str(record.first_published_at.year)
    yield "DA", record.published_at.strftime("%Y/%m/%d")
    yield "AB", content.summary
    yield from (("KW", words) for words in _keywords(record, edition))
    yield "PB", edition.site_name
    yield "LA", "nl"
    yield "UR", edition.page_of(record.slug)
    yield "Y2", edition.now.strftime("%Y/%m/%d")


def _bibtex(record: PublicRecord, edition: Edition) -> Iterator[tuple[str, str]]:
    content = record.content
    yield "title", f"{{{_tex(content.title)}}}"
    if leads := _leads(record):
        # Braces within keep a name whole.
        yield "author", " and ".join(f"{{{_tex(name)}}}" for name in leads)
    yield "organization", _tex(edition.site_name)
    yield "date", record.published_at.date().isoformat()
    yield "year", str(record.published_at.year)
    yield "url", edition.page_of(record.slug)
    yield "urldate", edition.now.date().isoformat()
    yield "abstract", _tex(_line(content.summary))
    if keywords := _keywords(record, edition):
        yield "keywords", ", ".join(_tex(words.replace(",", " ")) for words in keywords)
    yield "langid", "dutch"


def _leads(record: PublicRecord) -> list[str]:
    taking_part = record.content.organisations
    return [each.name for each in taking_part if each.role is PartnerRole.LEAD]


def _keywords(record: PublicRecord, edition: Edition) -> list[str]:
    content, vocabulary = record.content, edition.vocabulary
    tags = (
        (Scheme.RECOMMENDATION, content.recommendations),
        (Scheme.LEVEL, content.levels),
        (Scheme.SECTOR, content.sectors),
    )
    return [vocabulary.label(scheme, code, edition.language) for scheme, codes in tags for code in codes]


def _line(words: str) -> str:
    return " ".join(words.split())


def _tex(words: str) -> str:
    return SPECIAL.sub(lambda found: TEX[found[0]], words)
