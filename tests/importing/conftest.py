"""A catalogue to import into, people who may, and files as people make them."""

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.services.importing import runs, stepping
from kb.services.persons import person_by_email
from kb.settings import Settings
from tests.accounts import an_account

Rows = list[list[object]]


@pytest.fixture(scope="session")
def terms():
    return read_vocabularies(asset_dir("seed_data") / "vocabularies")


@pytest.fixture
def runtime(tmp_path: Path, clock, terms) -> Iterator[Runtime]:
    """A catalogue with vocabularies and nothing else."""
    runtime = Runtime(Settings(data_dir=tmp_path), clock=clock)
    runtime.prepare()
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, terms)
    yield runtime
    runtime.close()


@pytest.fixture
def whole(seeded_dir: Path, tmp_path: Path, clock) -> Iterator[Runtime]:
    """A copy of the whole catalogue, to write in."""
    shutil.copytree(seeded_dir, tmp_path / "whole")
    runtime = Runtime(Settings(data_dir=tmp_path / "whole"), clock=clock)
    yield runtime
    runtime.close()


@pytest.fixture
def anne(runtime: Runtime) -> Person:
    """A coordinator of Twente."""
    return a_person(runtime, Role.COORDINATOR)


@pytest.fixture
def caro(runtime: Runtime) -> Person:
    return a_person(runtime, Role.REVIEWER)


def a_person(runtime: Runtime, role: Role, email: str = "") -> Person:
    an_account(runtime, role, email=email or f"{role.value}@example.nl")
    with runtime.work() as work:
        return person_by_email(work, email or f"{role.value}@example.nl")


def workbook(
    sheets: dict[str, Rows] | Rows, prepare: Callable[[object, object], None] | None = None
) -> bytes:
    """A workbook as Excel saves it; `prepare` gets the book and its first sheet."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, rows in (sheets if isinstance(sheets, dict) else {"Blad1": sheets}).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    _write(sheet, number, column, cell)
    if prepare:
        prepare(book, book.worksheets()[0])
    book.close()
    return file.getvalue()


def _write(sheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write(row, column, cell)


def cells_of(data: bytes) -> dict[str, Rows]:
    """The sheets of a workbook as rows, to be changed and written again."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        name: [
            [None if cell == "" else cell for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in book.sheet_names
    }


def check(
    runtime: Runtime, person: Person, data: bytes, name: str = "bestand.xlsx", **options: object
) -> str:
    """Uploads, takes the suggested columns and runs the dry run in this process; the key of the import."""
    with runtime.work(writing=True) as work:
        key = runs.receive(work, person, name, data)
    stepping.step(runtime.work, key)
    with runtime.work(writing=True) as work:
        if runs.look(work, person, key).run.stage.value == "gelezen":
            mapping = runs.sheets(work, person, key)[1]
            runs.choose(work, person, key, mapping)
    stepping.step(runtime.work, key)
    return key


def apply(runtime: Runtime, person: Person, key: str, **options: bool) -> None:
    with runtime.work(writing=True) as work:
        runs.apply(work, person, key, **options)
    stepping.step(runtime.work, key)


def undo(runtime: Runtime, person: Person, key: str) -> None:
    with runtime.work(writing=True) as work:
        runs.undo(work, person, key)
    stepping.step(runtime.work, key)


def counts(runtime: Runtime, person: Person, key: str) -> dict[str, int]:
    with runtime.work() as work:
        overview = runs.look(work, person, key)
    assert overview.run.stage.value != "geweigerd", overview.run.refusal
    return {outcome.value: number for outcome, number in overview.counts.items()}


def rows(runtime: Runtime, person: Person, key: str):
    with runtime.work() as work:
        return runs.rows(work, person, key, None, page=1, per_page=10_000)
