"""The made-up data shows every level, direction and flag, says so on every page, and never mixes."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from kb.app import create_app
from kb.cli.main import COMMANDS
from kb.domain.evidence import Direction, Flag, Level
from kb.runtime import EXTENSION
from kb.settings import Settings
from tests.conftest import NOW

KB = {command.name: command for command in COMMANDS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    result = CliRunner().invoke(KB["seed"], ["--voorbeeld"], env={"KB_DATA_DIR": str(folder)})
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def app(folder: Path):
    return create_app(Settings(data_dir=folder), clock=lambda: NOW)


@pytest.fixture
def verdicts(app):
    with app.extensions[EXTENSION].work() as work:
        return work.session.execute(text("SELECT trede, direction, flags FROM verdict")).all()


def test_every_level_occurs(verdicts):
    assert {row.trede for row in verdicts} == {int(level) for level in Level}


def test_every_direction_occurs(verdicts):
    assert {row.direction for row in verdicts} == {"niet_gemeten", *(d.value for d in Direction)}


def test_every_flag_occurs(verdicts):
    assert {flag.value for flag in Flag} == {
        flag.value for flag in Flag for row in verdicts if flag.value in row.flags
    }


def test_every_page_says_that_it_is_made_up(app):
    client = app.test_client()
    for path in ("/", "/zoeken", "/initiatieven/voorbeeld-trede-4", "/wat-werkt", "/en/bewijs"):
        assert "example-banner" in client.get(path).text, path


def test_a_cell_with_enough_studies_shows_one_figure(app):
    page = app.test_client().get("/wat-werkt/4/mbo").text
    assert 'class="diamond"' in page


def test_a_cell_of_two_studies_shows_both_and_says_why_not_one_figure(app):
    page = app.test_client().get("/wat-werkt/4/wo").text
    assert 'class="diamond"' not in page
    assert page.count('class="point"') == 2
    assert "notice" in page


def test_what_is_more_than_five_years_old_stands_apart_until_it_is_asked_for(app):
    client = app.test_client()
    rows = list(csv.DictReader(StringIO(client.get("/wat-werkt.csv").text)))
    cell = next(row for row in rows if (row["aanbeveling"], row["niveau"]) == ("3", "po"))
    assert (cell["initiatieven"], cell["gemeten"], cell["richtingen"], cell["ouder"]) == ("2", "0", "", "1")
    rows = list(csv.DictReader(StringIO(client.get("/wat-werkt.csv?ouder=ja").text)))
    cell = next(row for row in rows if (row["aanbeveling"], row["niveau"]) == ("3", "po"))
    assert (cell["gemeten"], cell["vergeleken"], cell["richtingen"]) == ("1", "1", "gunstig:1")
    page = client.get("/wat-werkt/3/po").text
    assert "De laatste vijf jaar heeft niemand dit gemeten" in page
    assert 'id="ouder"' in page
    assert 'class="point"' not in page
    assert 'class="point"' in client.get("/wat-werkt/3/po?ouder=ja").text


def test_a_pooled_figure_says_how_firm_it_is(app):
    page = app.test_client().get("/wat-werkt/4/mbo").text
    fold = page[page.index("Hoe stevig is dit cijfer?") :]
    for words in (
        "DL",
        "PM",
        "Zonder een van de onderzoeken",
        "Leerwerkplaats op plek 5",
        "Een nieuwe plek kan",
    ):
        assert words in fold, words


def test_an_empty_cell_invites_to_measure(app):
    page = app.test_client().get("/wat-werkt/6/po").text
    assert "Nog niemand heeft dit gemeten: begin hier" in page
    assert "/meten?indicator=behoud-24-maanden" in page


def test_the_label_is_the_same_on_card_page_map_and_api(app):
    client = app.test_client()
    item = client.get("/api/v1/initiatieven?q=ongunstig").json["items"][0]
    assert item["hierGemeten"]["richting"] == "ongunstig"
    shown = client.get(f"/api/v1/initiatieven/{item['slug']}").json
    assert shown["oordelen"]["hier"]["richting"] == "ongunstig"
    for path in ("/zoeken?q=ongunstig", f"/initiatieven/{item['slug']}"):
        assert 'data-direction="ongunstig"' in client.get(path).text
    rows = client.get("/wat-werkt.csv").text.splitlines()
    assert any(row.startswith("6,hbo,") and "ongunstig:1" in row for row in rows)


def test_the_real_initiatives_never_join_them(folder):
    again = CliRunner().invoke(KB["seed"], [], env={"KB_DATA_DIR": str(folder)})
    assert again.exit_code == 2
    with create_app(Settings(data_dir=folder)).extensions[EXTENSION].work() as work:
        assert work.session.execute(text("SELECT count(*) FROM published")).scalar() == 28


def test_a_source_that_is_no_address_is_not_a_link(app):
    page = app.test_client().get("/initiatieven/voorbeeld-plek-2").text
    assert "Voorbeeldonderzoek (verzonnen), 2020" in page
    assert 'href="Voorbeeldonderzoek' not in page
