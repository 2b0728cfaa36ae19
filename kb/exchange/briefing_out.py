"""A briefing as a Word document and as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kb.domain.briefing import Briefing, BriefLine
from kb.domain.terms import Scheme
from kb.exchange.csv_out import csv_lines
from kb.exchange.edition import Edition
from kb.exchange.map_picture import hex_of
from kb.language import briefing as words
from kb.language.formats import number
from kb.language.texts import gettext as _
from kb.language.texts import speaking

CSV_COLUMNS = (
    "slug",
    "titel",
    "plaats",
    "trekker",
    "jaren",
    "trede",
    "richting",
    "cijfer",
    "opmerking",
    "adres",
    "bronnen",
)
FONT, SIZE = "Calibri", Pt(11)
NAME_WIDTH, FIGURE_WIDTH, MAP_WIDTH = Cm(6.2), Cm(3), Cm(11)
# What the format allows.
LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class MapPicture:
    """The map of the briefing as a picture, with what each shade stands for."""

    png: bytes
    legend: tuple[tuple[int, str], ...]


def write_docx(briefing: Briefing, edition: Edition, drawn: MapPicture) -> bytes:
    """The document, in the language of the edition; `edition.page` is the address that stays."""
    with speaking(edition.language):
        document = Document()
        document.styles["Normal"].font.name = FONT
        document.styles["Normal"].font.size = SIZE
        document.core_properties.title = briefing.title[:LONGEST_PROPERTY]
        document.core_properties.author = edition.site_name
        document.core_properties.language = edition.language
        _head(document, briefing, edition)
        _figures(document, briefing, edition, drawn)
        _initiatives(document, briefing, edition)
        held = BytesIO()
        document.save(held)
    return held.getvalue()


def write_csv(briefing: Briefing, edition: Edition) -> str:
    """A row for each initiative."""
    with speaking(edition.language):
        return "".join(csv_lines([CSV_COLUMNS, *(_row(line, edition) for line in briefing.lines)]))


def _row(line: BriefLine, edition: Edition) -> Sequence[str]:
    return (
        line.slug,
        line.title,
        words.places(line, edition.vocabulary),
        line.lead,
        words.years(line),
        words.certainty(line),
        words.outcome(line),
        line.finding,
        line.note,
        edition.page_of(line.slug),
        " ".join(source.url for source in line.sources),
    )


def _head(document: WordDocument, briefing: Briefing, edition: Edition) -> None:
    document.add_heading(briefing.title, 0)
    document.add_paragraph(f"{edition.site_name}. {words.dated(briefing)}.")
    document.add_paragraph(
        " ".join(filter(None, (words.standing_sentence(briefing.total), words.caution(briefing.total))))
    )
    paragraph = document.add_paragraph(_("The same figures with their links: "))
    _link(paragraph, edition.page, edition.page)


def _figures(document: WordDocument, briefing: Briefing, edition: Edition, drawn: MapPicture) -> None:
    document.add_heading(_("By recommendation"), 1)
    names = edition.vocabulary
    _table(
        document,
        (_("Recommendation"), _("Initiatives"), _("Measured"), _("Compared")),
        (
            (
                f"{code}. {names.label(Scheme.RECOMMENDATION, code, edition.language)}",
                number(found.initiatives),
                number(found.measured),
                number(found.compared),
            )
            for code, found in briefing.by_recommendation
        ),
    )
    document.add_heading(_("By labour-market region"), 1)
    _map(document, drawn, words.map_in_words(briefing, names))
    known = [(code, count) for code, count in briefing.by_region if count]
    _table(
        document,
        (_("Region"), _("Initiatives")),
        ((names.label(Scheme.REGION, code, edition.language), number(count)) for code, count in known),
    )
    empty = [
        names.label(Scheme.REGION, code, edition.language) for code, count in briefing.by_region if not count
    ]
    if empty:
        document.add_paragraph(_("No initiative known in: %(names)s.", names=", ".join(empty)))


def _map(document: WordDocument, drawn: MapPicture, in_words: str) -> None:
    """The picture with its words for who does not see it, the shades and where the lines come from."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(drawn.png), width=MAP_WIDTH)
    shape._inline.docPr.set("descr", in_words)
    shape._inline.docPr.set("title", _("Initiatives per region"))
    key = document.add_paragraph(_("Initiatives: "))
    for step, text in drawn.legend:
        _shade(key.add_run("\N{NO-BREAK SPACE}" * 4), hex_of(step))
        key.add_run(f"\N{NO-BREAK SPACE}{text}   ")
    document.add_paragraph(_("Map: Kadaster / Statistics Netherlands, 2022 (edited), CC BY 4.0"))


def _shade(run: Run, colour: str) -> None:
    """A bar of this colour with a thin line around it, since the lightest is nearly white."""
    style = run._r.get_or_add_rPr()
    line = {"val": "single", "sz": "4", "space": "0", "color": "8A9A99"}
    for name, values in (("w:bdr", line), ("w:shd", {"val": "clear", "color": "auto", "fill": colour})):
        element = OxmlElement(name)
        for key, value in values.items():
            element.set(qn(f"w:{key}"), value)
        style.append(element)


def _initiatives(document: WordDocument, briefing: Briefing, edition: Edition) -> None:
    document.add_heading(_("Initiatives"), 1)
    for line in briefing.lines:
        _initiative(document, line, edition)
    if briefing.left_out:
        document.add_paragraph(words.left_out(briefing))


def _initiative(document: WordDocument, line: BriefLine, edition: Edition) -> None:
    document.add_heading(line.title, 2)
    about = (words.places(line, edition.vocabulary), line.lead, words.years(line))
    document.add_paragraph(" · ".join(filter(None, about)))
    document.add_paragraph(line.summary)
    if line.note:
        document.add_paragraph(_("Note: %(words)s", words=line.note))
    verdict = document.add_paragraph()
    verdict.add_run(_("How sure is that?")).bold = True
    verdict.add_run(f" {words.certainty(line)}. ")
    verdict.add_run(_("What came out?")).bold = True
    verdict.add_run(f" {words.outcome(line)}.")
    document.add_paragraph(_("Main figure: %(words)s", words=words.finding(line)))
    sources = document.add_paragraph(_("Sources: "))
    _link(sources, edition.page_of(line.slug), edition.site_name)
    for source in line.sources:
        sources.add_run("; ")
        _link(sources, source.url, source.title)


def _table(document: WordDocument, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Light List Accent 1")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.autofit = False
    for place, column in enumerate(table.columns):
        # Word reads the width of the cells, LibreOffice that of the column.
        column.width = NAME_WIDTH if place == 0 else FIGURE_WIDTH
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph()


def _link(paragraph: Paragraph, address: str, text: str) -> None:
    """A link that can be followed; the library has no call of its own for it."""
    to = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, style = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:rPr")
    link.set(qn("r:id"), to)
    underline = OxmlElement("w:u")
    underline.set(qn("w:val"), "single")
    style.append(underline)
    held = OxmlElement("w:t")
    held.text = text
    run.append(style)
    run.append(held)
    link.append(run)
    paragraph._p.append(link)
