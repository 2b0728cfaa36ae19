"""`kb init`, `kb seed`, `kb search`, `kb index` and `kb doctor` as a person types them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import COMMANDS
from kb.paths import asset_dir

KB = {command.name: command for command in COMMANDS}


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "var"))

    def run(name: str, *arguments: str):
        return CliRunner().invoke(KB[name], arguments, catch_exceptions=False)

    return run


def _seed_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mijn.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


GOOD = """
- slug: buurttuin
  titel: Buurttuin
  samenvatting: Leerlingen bouwen een kas met sensoren.
  regios: [AM05]
  aanbevelingen: ['3']
"""


def test_init_loads_the_vocabularies_once(kb):
    assert "560" in kb("init").output
    assert "0" in kb("init").output


def test_a_file_of_ones_own_is_loaded_and_found(kb, tmp_path):
    assert "1" in kb("seed", _seed_file(tmp_path, GOOD)).output
    found = json.loads(kb("search", "sensoren", "--json").output)
    assert [item["slug"] for item in found["items"]] == ["buurttuin"]
    assert found["totaal"] == 1


def test_a_hit_says_why_it_was_found(kb, tmp_path):
    kb("seed", _seed_file(tmp_path, GOOD))
    told = kb("search", "sensor kas", "--explain").output
    assert "sensor: het woord zelf, “sensoren” in samenvatting" in told
    (item,) = json.loads(kb("search", "sensor", "--explain", "--json").output)["items"]
    assert item["redenen"][0] | {"punten": 0} == {
        "woord": "sensor",
        "hoe": "word",
        "gevonden": ["sensoren"],
        "in": ["summary"],
        "punten": 0,
    }


def test_a_wrong_file_is_told_with_every_record_and_field_and_loads_nothing(kb, tmp_path):
    wrong = (
        GOOD
        + """
- slug: tweede
  titel: Tweede
  samenvatting: Iets.
  regios: [XX99]
  beginjaar: 3000
- slug: derde
  kleur: rood
"""
    )
    result = kb("seed", _seed_file(tmp_path, wrong))
    assert result.exit_code == 2
    for words in ("mijn.yaml", "tweede", "regios", "beginjaar", "derde", "kleur", "titel"):
        assert words in result.stderr
    assert json.loads(kb("search", "sensoren", "--json").output)["totaal"] == 0


def test_the_index_is_checked_and_mended(kb, tmp_path):
    kb("seed", _seed_file(tmp_path, GOOD))
    assert kb("index", "check").exit_code == 0
    (tmp_path / "var" / "index" / "current").unlink()
    assert kb("index", "check").exit_code == 1
    assert "1" in kb("index", "rebuild").output
    assert kb("index", "check").exit_code == 0
    assert kb("index", "catch-up").exit_code == 0


def test_doctor_says_what_to_do_on_an_empty_database(kb):
    result = kb("doctor")
    assert result.exit_code == 1
    assert "kb init" in result.output
    assert "kb seed" in result.output


def test_doctor_finds_nothing_wrong_after_loading(kb, tmp_path):
    kb("seed", _seed_file(tmp_path, GOOD))
    assert kb("doctor").exit_code == 0


def test_doctor_misses_a_file_of_the_program(kb, tmp_path, monkeypatch):
    for name in ("templates", "static", "seed_data"):
        shutil.copytree(asset_dir(name), tmp_path / "program" / name)
    monkeypatch.setattr("kb.paths.HOMES", (tmp_path / "program",))
    next((tmp_path / "program" / "static" / "fonts").glob("*.woff2")).write_bytes(b"half a font")
    result = kb("doctor")
    assert result.exit_code == 1
    assert ".woff2" in result.output


def test_doctor_asks_in_production_where_readers_can_write_to(kb, monkeypatch):
    for name, value in (
        ("ENVIRONMENT", "production"),
        ("BASE_URL", "https://x.nl"),
        ("SECRET_KEY", "k" * 40),
    ):
        monkeypatch.setenv(f"KB_{name}", value)
    assert re.search("^NOT .*KB_CONTACT", kb("doctor").output, re.MULTILINE)
    monkeypatch.setenv("KB_CONTACT", "redactie@example.nl")
    assert "KB_CONTACT" not in kb("doctor").output


def test_a_database_that_does_not_answer_is_told_in_one_line(kb, monkeypatch):
    monkeypatch.setenv("KB_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    result = kb("doctor")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "KB_DATABASE_URL" in result.stderr


def test_what_was_done_to_the_words_is_told_to_people_and_not_to_programs(kb, tmp_path):
    kb("seed", _seed_file(tmp_path, GOOD))
    words = ("sensoren", *(["woord"] * 20))
    assert "te lang" in kb("search", *words).stderr
    assert kb("search", "--json", *words).stderr == ""


def test_a_wrong_setting_is_named(kb, monkeypatch):
    monkeypatch.setenv("KB_PORT", "honderd")
    result = kb("doctor")
    assert result.exit_code == 2
    assert "KB_PORT" in result.stderr


def test_a_file_that_cannot_be_read_is_named_without_a_record(kb, tmp_path):
    result = kb("seed", _seed_file(tmp_path, "titel: geen lijst"))
    assert result.exit_code == 2
    assert result.stderr.strip() == "mijn.yaml: Dit moet een lijst zijn."


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(kb, tmp_path, monkeypatch):
    (tmp_path / "bestand").touch()
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "bestand"))
    result = kb("doctor")
    assert result.exit_code == 2
    assert "bestand" in result.stderr
    assert "KB_DATA_DIR" in result.stderr


def test_a_file_that_is_no_database_is_told_in_one_line(kb, tmp_path, monkeypatch):
    (tmp_path / "geen.sqlite").write_text("This is no database. " * 100)
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path}/geen.sqlite")
    result = kb("doctor")
    assert result.exit_code == 2
    assert "KB_DATABASE_URL" in result.stderr
