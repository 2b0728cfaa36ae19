"""Importing at the desk, as somebody at a browser without script sees it."""

import re
import time
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from kb import runtime as runtime_module
from kb.runtime import Runtime
from kb.services.importing import stepping
from tests.accounts import runtime_of
from tests.importing.conftest import workbook

ROWS = [
    ["Titel", "Samenvatting", "Gemeente", "Telefoon"],
    ["Techlab Enschede", "Kinderen maken iets.", "Enschede", "053"],
    ["Lab in het zuiden", "Buiten de regio.", "Maastricht", None],
]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def at_once(monkeypatch):
    """Each step is taken while the browser waits; the process of its own has a test of its own."""
    monkeypatch.setattr(Runtime, "start_import", lambda runtime, key: stepping.step(runtime.work, key))


def upload(hand, data: bytes, name: str = "bestand.xlsx"):
    files = {"bestand": (BytesIO(data), name)}
    return hand.send("/import", files, page="/import", content_type="multipart/form-data")


def page_of(answer) -> str:
    assert answer.status_code == 303
    return answer.location


def test_from_file_to_drafts_and_back(anne, at_once):
    page = page_of(upload(anne, workbook(ROWS)))
    columns = anne.get(page).text
    assert "Zijn dit de goede kolommen?" in columns
    assert '<option value="titel" selected>' in columns
    assert "053" in columns

    assert anne.send(f"{page}/kolommen", {"leeg": "nee", "kolom.0.3": ""}, page=page).location == page
    rows = anne.get(page).text
    assert "1 nieuw concept" in rows
    assert "1 rij met een fout" in rows
    assert "Rij 3, kolom C (Gemeente), ‘Maastricht’" in rows
    only = anne.get(f"{page}?uitkomst=fout").text
    assert "Lab in het zuiden" in only
    assert "Techlab Enschede" not in only
    report = CalamineWorkbook.from_filelike(BytesIO(anne.get(f"{page}/controle.xlsx").data))
    assert report.get_sheet_by_name("Blad1").to_python()[1][4] == "Nieuw concept"
    assert "Techlab" not in anne.get("/mijn").text

    assert anne.send(f"{page}/overnemen", page=page).location == page
    assert "1 concept staat op uw werkplek" in anne.get(page).text
    assert "Techlab Enschede" in anne.get("/mijn").text
    assert anne.get("/initiatieven/techlab-enschede").status_code == 404

    assert anne.send(f"{page}/terugdraaien", page=page).location == page
    assert "De import is teruggedraaid" in anne.get(page).text
    assert "Techlab Enschede" not in anne.get("/mijn").text
    assert "bestand.xlsx" in anne.get("/import").text


def test_the_pages_speak_english_too(anne, at_once):
    page = page_of(upload(anne, workbook(ROWS)))
    assert "Are these the right columns?" in anne.get(f"/en{page}").text
    anne.send(f"{page}/kolommen", page=page)
    assert "1 row with an error" in anne.get(f"/en{page}").text
    assert "Import initiatives" in anne.get("/en/import").text


def test_a_refused_file_says_why_and_what_to_do(anne, at_once):
    page = page_of(upload(anne, b"%PDF-1.7 en zo verder"))
    text = anne.get(page).text
    assert "een pdf en geen spreadsheet" in text
    assert 'href="/import"' in text


def test_documents_need_no_columns(anne, at_once):
    data = b"- titel: Techlab\n  regios: [AM05]\n- titel: Lab\n  niveaus: [nergens]\n"
    text = anne.get(page_of(upload(anne, data, "lijst.yaml"))).text
    assert "1 nieuw concept" in text
    assert "niveaus.0" in text


def test_without_a_file_the_form_says_so(anne):
    answer = anne.send("/import", {}, page="/import", content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Kies eerst een bestand." in answer.text


def test_a_file_that_is_too_large_is_refused_and_other_pages_take_far_less(anne):
    body = (
        b'--g\r\nContent-Disposition: form-data; name="bestand"; filename="g.csv"\r\n\r\n' + b"x" * 22_000_000
    )
    answer = anne.client.post("/import", data=body, content_type="multipart/form-data; boundary=g")
    assert answer.status_code == 413
    answer = anne.send(
        "/mijn/initiatieven/nieuw", {"titel": "x" * 2_000_000}, page="/mijn/initiatieven/nieuw"
    )
    assert answer.status_code == 413


def test_hostile_text_stays_text_on_every_page(anne, at_once):
    data = workbook([["Titel", "Niveaus", HOSTILE], [HOSTILE, HOSTILE, HOSTILE]])
    page = page_of(upload(anne, data, "<b>x.xlsx"))
    columns = anne.get(page).text
    anne.send(f"{page}/kolommen", {"kolom.0.2": "samenvatting"}, page=page)
    for text in (columns, anne.get(page).text, anne.get("/import").text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>x" not in text


def test_c24_a_file_is_known_by_its_bytes_and_never_given_back(anne, at_once):
    """A page called .xlsx is refused; of a workbook only our own report goes out, under its own name."""
    page = page_of(upload(anne, b"<html><script>alert(1)</script></html>", "cijfers.xlsx"))
    assert "een webpagina en geen spreadsheet" in anne.get(page).text
    sent = workbook(ROWS)
    page = page_of(upload(anne, sent, "../../etc/cijfers.xlsx"))
    anne.send(f"{page}/kolommen", page=page)
    report = anne.get(f"{page}/controle.xlsx")
    assert report.headers["Content-Disposition"].startswith("attachment; filename=")
    assert ".." not in report.headers["Content-Disposition"]
    assert report.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in report.headers["Content-Security-Policy"]
    assert report.data != sent
    folder = runtime_of(anne.client.application).settings.data_dir
    assert not list(folder.rglob("*cijfers*"))


def test_somebody_else_does_not_find_it(anne, caro, at_once):
    page = page_of(upload(anne, workbook(ROWS)))
    for address in (page, f"{page}/kolommen", f"{page}/controle.xlsx"):
        assert caro.get(address).status_code == 404


def test_a_second_click_finds_that_it_is_done(anne, at_once):
    page = page_of(upload(anne, workbook(ROWS)))
    anne.send(f"{page}/kolommen", page=page)
    token = anne.token(page)
    assert anne.client.post(f"{page}/overnemen", data={"csrf_token": token}).status_code == 303
    assert anne.client.post(f"{page}/overnemen", data={"csrf_token": token}).status_code == 409


def test_a_nonsense_address_shows_the_whole(anne, at_once):
    page = page_of(upload(anne, workbook(ROWS)))
    anne.send(f"{page}/kolommen", page=page)
    assert "Techlab Enschede" in anne.get(f"{page}?uitkomst=onzin&pagina=-1").text
    assert anne.get("/import/bestaat-niet").status_code == 404


def test_the_template_fills_in_and_comes_in(anne, at_once):
    answer = anne.get("/import/sjabloon.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.sheet_names[-2:] == ["Uitleg", "Lijsten"]
    headings = book.get_sheet_by_name("Initiatieven").to_python()[0]
    given = {
        "Eigen kenmerk": "A1",
        "Titel": "Techlab",
        "Regio's": "Enschede (gemeente)",
        "Trekker": "ROC van Twente",
    }
    assert set(given) <= set(headings)
    filled = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    filled["Initiatieven"].append([given.get(heading) for heading in headings])
    page = page_of(upload(anne, workbook(filled)))
    assert "kolommen die we niet kennen" not in anne.get(page).text
    anne.send(f"{page}/kolommen", page=page)
    assert "1 nieuw concept" in anne.get(page).text


def test_the_template_has_lists_to_choose_from(anne):
    with zipfile.ZipFile(BytesIO(anne.get("/import/sjabloon.xlsx").data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        lists = CalamineWorkbook.from_filelike(BytesIO(anne.get("/import/sjabloon.xlsx").data))
    assert len(re.findall(r'<dataValidation type="list"', sheet)) >= 9
    rows = lists.get_sheet_by_name("Lijsten").to_python()
    assert any("Middelbaar beroepsonderwijs" in row for row in rows)


def _wait(hand, page: str) -> str:
    """The page once the process is done; a busy machine may take its time."""
    for _ in range(600):
        text = hand.get(page).text
        if "data-poll" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("the process does not end")


def test_a_process_of_its_own_reads_the_file(anne):
    page = page_of(upload(anne, workbook(ROWS)))
    assert "data-poll" in anne.get(page).text
    assert "Zijn dit de goede kolommen?" in _wait(anne, page)


def test_a_process_that_takes_too_long_is_ended_and_the_page_says_so(anne, monkeypatch):
    monkeypatch.setattr(runtime_module, "IMPORT_S", 0.05)
    page = page_of(upload(anne, workbook(ROWS)))
    assert "Dit bestand lezen kostte te veel tijd of geheugen." in _wait(anne, page)
