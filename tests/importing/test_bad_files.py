"""Files as they really come in: each is handled or refused with a sentence that a coordinator understands."""

import re
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from kb.exchange import limits
from kb.exchange.incoming import Incoming, Unusable
from kb.exchange.mapping import remarks_on, suggest
from kb.exchange.reading import read_file
from kb.language.imports import remark_text, row_error
from kb.services.importing import reporting
from tests.importing.conftest import check, counts, rows, workbook

HEADINGS = ["Titel", "Samenvatting", "Eerste jaar"]


def refusal(name: str, data: bytes) -> str:
    """The sentence with which the file is refused, in Dutch."""
    with pytest.raises(Unusable) as caught:
        read_file(name, data)
    remark = caught.value.remark
    return remark_text(remark.message, remark.values)


def remarks(incoming: Incoming) -> list[str]:
    found = [*incoming.remarks, *remarks_on(incoming, suggest(incoming, {}))]
    return [remark_text(remark.message, remark.values) for remark in found]


def told(runtime, person, data: bytes, name: str = "bestand.xlsx") -> list[str]:
    """Everything that is wrong with the rows of the file, as the page says it."""
    key = check(runtime, person, data, name)
    return [row_error(error) for row in rows(runtime, person, key) for error in row.notes["errors"]]


def with_part(data: bytes, part: str, change) -> bytes:
    """The same workbook with one part of it rewritten."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.xlsx", b"%PDF-1.7\n%\xe2\xe3", "een pdf en geen spreadsheet"),
        (
            "oud.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "een oud Excel-bestand, of een met een wachtwoord",
        ),
        ("foto.xlsx", b"\x89PNG\r\n\x1a\n1234", "een plaatje"),
        (
            "pagina.csv",
            b"<html><table><tr><td>Titel</td></tr></table></html>",
            "een webpagina en geen spreadsheet",
        ),
        ("leeg.xlsx", b"", "Het bestand is leeg."),
        ("nullen.csv", b"\0\0\0\0", "Het bestand is leeg."),
        ("map.xlsx", None, "Dit is een ingepakt bestand, maar geen Excel-werkmap."),
        ("kapot.xlsx", b"PK\x03\x04rommel", "Deze werkmap is beschadigd"),
        ("half.json", b'[{"titel": "x"', "Dit is niet één JSON-document."),
        ("getal.json", b"[NaN]", "NaN is geen getal"),
        ("diep.json", b"[" * 100_000, "Dit is niet één JSON-document."),
        ("diep.yaml", b"- titel: x\n  a: " + b"[" * 2_000, "De YAML is niet te lezen"),
        ("bom.yaml", b"- &a [x, x]\n- [*a, *a]\n", "alias"),
        ("los.json", b'{"a": 1}', "Dit moet een lijst met initiatieven zijn."),
        (
            "open.csv",
            b'Titel;Samenvatting\nA;"begint\n' + b"x" * 300_000,
            "begint een aanhalingsteken dat nergens eindigt",
        ),
        (
            "breed.csv",
            (";".join(["k"] * 16_000) + "\n").encode(),
            "Er zijn 16000 kolommen; we lezen er hooguit 250.",
        ),
    ],
)
def test_c24_a_file_of_another_kind_is_refused_with_what_to_do(name, data, sentence):
    if data is None:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            file.writestr("word/document.xml", "<x/>")
        data = packed.getvalue()
    assert sentence in refusal(name, data)


@pytest.mark.parametrize(
    ("row", "size"),
    [
        ('<row><c t="inlineStr"><is><t>x</t></is></c></row>', 120_000),
        ('<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>', 5_000_000),
    ],
    ids=["nameless cells", "named cells"],
)
def test_a_small_file_that_unpacks_to_800_000_rows_is_refused_before_it_is_read(row, size):
    sheet = "".join(row.format(n=n) for n in range(1, 800_001))
    data = with_part(
        workbook([["Titel"]]),
        "xl/worksheets/sheet1.xml",
        lambda old: re.sub(
            rb"<sheetData>.*</sheetData>", f"<sheetData>{sheet}</sheetData>".encode(), old, flags=re.DOTALL
        ),
    )
    assert len(data) < size
    assert "We lezen hooguit 100000 rijen." in refusal("bom.xlsx", data)


def test_c23_a_workbook_that_unpacks_without_end_is_refused():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        with zipfile.ZipFile(BytesIO(workbook([["Titel"]]))) as real:
            for name in real.namelist():
                file.writestr(name, real.read(name))
        file.writestr("xl/media/groot.xml", b" " * (limits.UNPACKED_BYTES + 1))
    assert len(packed.getvalue()) < 300_000
    assert "groter dan 150 MB" in refusal("bom.xlsx", packed.getvalue())


@pytest.mark.parametrize(
    ("cell", "sentence"), [("XFD1", "16384 kolommen"), ("A1048576", "rij 1048576"), ("ZZZZ9", "beschadigd")]
)
def test_one_cell_far_away_makes_no_sheet_of_billions(cell, sentence):
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    data = with_part(
        workbook([["Titel"]]),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b"</sheetData>", far.encode()),
    )
    assert sentence in refusal("ver.xlsx", data)


def test_colour_in_whole_columns_is_no_content(runtime, anne):
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(10, 30_000))
    data = workbook(
        [["Titel"], ["Lab"]],
        lambda book, sheet: sheet.write_blank(5, 5, None, book.add_format({"bg_color": "red"})),
    )
    data = with_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b"</sheetData>", empty.encode() + b"</sheetData>"),
    )
    assert counts(runtime, anne, check(runtime, anne, data)) == {"nieuw": 1}


def test_c21_external_entities_are_refused_and_nothing_is_fetched():
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    data = with_part(
        workbook([["Titel"], ["x"]]),
        "xl/sharedStrings.xml",
        lambda old: old.replace(b"?>", b"?>" + doctype, 1).replace(b">x<", b">&e;<"),
    )
    assert "verwijst naar dingen buiten het bestand" in refusal("xxe.xlsx", data)


def test_a_formula_gives_its_result_and_one_without_a_result_is_told(runtime, anne):
    def formulas(book, sheet):
        sheet.write_formula(1, 0, '="Lab"&" A"', None, "Lab A")
        sheet.write_formula(2, 0, "=ONBEKEND()", None, "")
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")

    data = workbook([HEADINGS, [None, "Met formule"], [None, "Zonder"], ["Lab B", "Fout"]], formulas)
    data = with_part(data, "xl/worksheets/sheet1.xml", lambda old: old.replace(b"<v></v>", b""))
    incoming = read_file("f.xlsx", data)
    assert any("staan formules (A2, A3, C4)" in remark for remark in remarks(incoming))
    assert told(runtime, anne, data) == [
        "Rij 3, kolom A (Titel): Deze formule heeft geen uitkomst. Open het bestand in Excel en bewaar het "
        "opnieuw, of typ de waarde zelf.",
        "Rij 4, kolom C (Eerste jaar): De formule in deze cel geeft een fout in Excel. "
        "Typ wat er moet staan.",
    ]


def test_merged_cells_hidden_sheets_and_double_headings_are_told(runtime, anne):
    def prepare(book, sheet):
        sheet.merge_range(2, 0, 3, 0, "Samen")
        hidden = book.add_worksheet("Kladblok")
        hidden.write_row(0, 0, ["Titel", "Geheim"])
        hidden.hide()

    data = workbook(
        [["Titel", "Samenvatting", "Titel"], ["Lab", "x", "Andere titel"], [None, "y"], [None, "z"]], prepare
    )
    incoming = read_file("m.xlsx", data)
    said = remarks(incoming)
    assert "Verborgen bladen lezen we niet: Kladblok." in said
    assert any("zijn cellen samengevoegd (A3:A4)" in remark for remark in said)
    assert any("De kop ‘Titel’ komt twee keer voor, in kolom A en kolom C." in remark for remark in said)
    assert told(runtime, anne, data) == ["Rij 4, kolom A (Titel): Vul dit in."]


def test_a_date_kept_as_a_number_is_told_with_the_date(runtime, anne):
    [sentence] = told(runtime, anne, workbook([HEADINGS, ["Lab", "x", 45292]]))
    assert sentence == (
        "Rij 2, kolom C (Eerste jaar), ‘45292’: 45292 is een datum die als getal is bewaard. "
        "Maak er een datum van, of typ 2024-01-01."
    )


@pytest.mark.parametrize("bad", ["\x00", "\x07"])
def test_characters_that_nobody_typed_are_told(runtime, anne, bad):
    data = f"titel;samenvatting\nLab{bad};x\n".encode()
    [sentence] = told(runtime, anne, data, "nul.csv")
    assert f"Het teken U+{ord(bad):04X} mag niet gebruikt worden." in sentence


def test_half_a_character_in_json_is_told_and_kept_out_of_the_database(runtime, anne):
    [sentence] = told(runtime, anne, b'[{"titel": "Lab \\ud800"}]', "half.json")
    assert "U+D800" in sentence


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_comes_in_whatever_its_letters_and_separator(letters, separator):
    text = (
        separator.join(["Titel", "Samenvatting"])
        + "\r\n"
        + separator.join(["Café Curaçao", '"é, of; dus"'])
        + "\r\n"
    )
    incoming = read_file("x.csv", text.encode(letters))
    assert incoming.sheets[0].rows == [["Titel", "Samenvatting"], ["Café Curaçao", "é, of; dus"]]
    said = remarks(incoming)
    assert any("UTF-16" in remark for remark in said) == letters.startswith("utf-16")
    assert any("Windows-1252" in remark for remark in said) == (letters == "cp1252")
    assert any("gescheiden door" in remark for remark in said)


def test_a_separator_inside_a_text_does_not_shift_columns_in_silence(runtime, anne):
    [sentence] = told(runtime, anne, b"titel;samenvatting\nLab;een; en twee\n", "x.csv")
    assert "Deze rij heeft meer cellen dan er koppen zijn." in sentence


def test_a_term_that_does_not_exist_is_told_with_what_was_probably_meant(runtime, anne):
    [sentence] = told(runtime, anne, workbook([["Titel", "Niveaus"], ["Lab", "voortgezet onderwys"]]))
    assert "‘voortgezet onderwys’" in sentence
    assert "vo (Voortgezet onderwijs)" in sentence


def test_the_report_is_the_same_sheet_with_a_column_of_remarks(runtime, anne):
    data = workbook([["Overzicht"], HEADINGS, ["Lab", "x", 20211], ["Goed", "y", 2021]])
    key = check(runtime, anne, data)
    with runtime.work() as work:
        found = reporting.report(work, anne, key)
    table = CalamineWorkbook.from_filelike(BytesIO(found)).get_sheet_by_name("Blad1").to_python()
    assert table[1] == [*HEADINGS, "Wat er zou gebeuren", "Wat er mis is"]
    assert table[2] == ["Lab", "x", 20211.0, "Fout", "Eerste jaar: 20211 ligt niet tussen 1800 en 2100."]
    assert table[3] == ["Goed", "y", 2021.0, "Nieuw concept", ""]
    mended = [row if row[0] != "Lab" else ["Lab", "x", 2021, *row[3:]] for row in table]
    assert counts(runtime, anne, check(runtime, anne, workbook(mended))) == {"nieuw": 2}
