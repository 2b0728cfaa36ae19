"""Plain tables with `datapackage.json`: every row of every table fits what is said of its columns."""

import csv
import io

import pytest
from frictionless import Package

from kb.exchange.tables_out import file_name
from kb.schemas.columns import tables


@pytest.fixture(scope="module")
def folder(seeded_app, tmp_path_factory):
    """The package with its files, as somebody keeps them."""
    folder = tmp_path_factory.mktemp("package")
    client = seeded_app.test_client()
    for name in ("datapackage.json", *map(file_name, tables())):
        answer = client.get(f"/open-data/{name}", buffered=True)
        assert answer.status_code == 200, name
        (folder / name).write_bytes(answer.data)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_nothing_wrong_with_the_real_data(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert report.stats["tasks"] == len(tables())


@pytest.mark.filterwarnings("ignore")
def test_frictionless_would_notice_a_wrong_cell(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    name = tmp_path / "metingen.csv"
    rows = list(csv.reader(io.StringIO(name.read_text(encoding="utf-8"), newline="")))
    rows[1][rows[0].index("jaar")] = "vorig jaar"
    with name.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_every_initiative_has_its_row_and_every_other_row_its_initiative(folder):
    def column(name: str, key: str) -> list[str]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return [row[key] for row in csv.DictReader(file)]

    slugs = column("initiatieven.csv", "slug")
    assert len(slugs) == len(set(slugs)) == 422
    for table in tables()[1:]:
        assert set(column(file_name(table), "initiatief")) <= set(slugs)


def test_a_table_that_there_is_not_is_not_found(client):
    assert client.get("/open-data/nergens.csv").status_code == 404
