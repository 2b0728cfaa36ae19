"""`kb import` at a terminal, and the limits of the process that reads."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from kb.cli import importing
from kb.cli.importing import import_file
from kb.cli.main import COMMANDS
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.settings import Settings
from tests.importing.conftest import workbook

ROWS = [["Titel", "Gemeente"], ["Techlab", "Enschede"], ["Robotdag", "Nergenshuizen"]]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "var"))
    # The limits are for a process of its own; here they would hold the tests.
    monkeypatch.setattr(importing, "limit_process", lambda: None)
    runtime = Runtime(Settings(data_dir=tmp_path / "var"))
    runtime.prepare()
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    runtime.close()
    (tmp_path / "bestand.xlsx").write_bytes(workbook(ROWS))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(import_file, list(arguments))


def test_a_dry_run_tells_each_row_and_ends_with_1_where_one_is_wrong(folder):
    done = run(str(folder / "bestand.xlsx"), "--report", str(folder / "fout.xlsx"))
    assert done.exit_code == 1
    assert "1 nieuw concept" in done.output
    assert "Rij 3, kolom B (Gemeente), ‘Nergenshuizen’" in done.output
    assert (folder / "fout.xlsx").read_bytes().startswith(b"PK")


def test_apply_writes_drafts_and_undo_takes_them_back(folder):
    done = run(str(folder / "bestand.xlsx"), "--apply")
    assert "1 concept geschreven" in done.output
    assert "1 rij gelijk" in run(str(folder / "bestand.xlsx")).output
    key = done.output.split("Sleutel van deze import: ")[1].split()[0]
    assert "De import is teruggedraaid." in run("--undo", key).output
    assert "1 nieuw concept" in run(str(folder / "bestand.xlsx")).output


def test_a_file_that_cannot_be_used_is_told_in_one_line(folder):
    (folder / "nep.xlsx").write_bytes(b"%PDF-1.7")
    done = run(str(folder / "nep.xlsx"))
    assert done.exit_code == 2
    assert "een pdf en geen spreadsheet" in done.output


def test_without_a_file_or_with_an_unknown_person_it_says_so(folder):
    assert run().exit_code == 2
    assert run(str(folder / "bestand.xlsx"), "--person", "niemand@example.nl").exit_code == 2


def test_import_is_a_command():
    assert {"import", "import-step"} <= {command.name for command in COMMANDS}


@pytest.mark.parametrize(
    ("deed", "sign"),
    [("bytearray(3 << 30)", "MemoryError"), ("exec('while True: pass')", "Unusable")],
)
def test_the_process_that_reads_has_no_more_memory_and_time_than_it_needs(deed, sign):
    program = f"from kb.cli import limits; limits.CPU_S = 1; limits.limit_process(); {deed}"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert sign in done.stderr
