"""C20: whatever somebody types, no file of ours makes a spreadsheet calculate."""

import csv
import zipfile
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import product

import pytest

from kb.app import create_app
from kb.exchange.formats import XLSX_TYPE
from kb.schemas.content import read_content
from kb.settings import Settings
from kb.web.open_data import TABLES
from tests.accounts import runtime_of
from tests.addresses import filled_in
from tests.hostile import Attack
from tests.initiatives import publish

BEGINS = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Formulas(Attack):
    """Each text begins with another sign that a spreadsheet calculates from."""

    def text(self, longest: int = 200, *, lines: bool = False) -> str:  # noqa: ARG002 - one line will do
        number = next(self.numbers)
        return f'{"=+-@"[number % 4]}HYPERLINK("https://kbx.example") {number}'[:longest]


@pytest.fixture
def app(empty_dir, clock):
    app = create_app(Settings(data_dir=empty_dir), clock=clock)
    runtime = runtime_of(app)
    for sign in ("a", "b"):
        document = Formulas(sign).document(runtime.vocabulary)
        content = read_content({**document, "titel": f"=1+1 {sign}"}, runtime.vocabulary)
        publish(runtime, content)
    yield app
    runtime.close()


def _files(app):
    """Every table that can be taken along, as the router knows them."""
    client = app.test_client()
    names = [name.removesuffix(".csv") for name in TABLES]
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or not rule.rule.endswith((".csv", ".xlsx", ":ending>")):
            continue
        endings = rule._converters["ending"].items if "ending" in rule.arguments else [""]
        for ending, name in product(endings, names if "name" in rule.arguments else [""]):
            known = {"ending": ending} if ending else {"name": name} if name else {}
            answer = client.get(filled_in(app, rule, slug="1-1-a", **known), buffered=True)
            if answer.mimetype in ("text/csv", XLSX_TYPE):
                yield answer


def test_c20_no_cell_of_any_table_begins_like_a_formula(app):
    files = list(_files(app))
    assert len(files) > 6 + len(TABLES)
    for answer in files:
        if answer.mimetype == "text/csv":
            text = answer.data.decode("utf-8-sig")
            delimiter = ";" if text.partition("\n")[0].count(";") > 1 else ","
            cells = [
                cell for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) for cell in row
            ]
            assert [cell for cell in cells if cell.startswith(BEGINS) and not _is_number(cell)] == []
        else:
            with zipfile.ZipFile(BytesIO(answer.data)) as book:
                sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
            assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert any(b"HYPERLINK" in answer.data for answer in files)


def _is_number(cell: str) -> bool:
    try:
        return float(cell.replace(",", ".")) is not None
    except ValueError:
        return False
