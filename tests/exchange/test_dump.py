"""`kb dump`: all public data in a folder that somebody else can check, read and link without asking us."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from frictionless import Package
from rdflib import Graph
from rdflib.namespace import DCAT, RDF, SKOS

from kb.cli.dumping import write_data
from kb.exchange.formats import Format
from kb.exchange.rdf import LIBRARY, Notation
from kb.exchange.tables_out import file_name
from kb.schemas.columns import tables
from tests.accounts import runtime_of


@pytest.fixture(scope="module")
def folder(seeded_app, tmp_path_factory) -> Path:
    """Everything that comes with the program, written once."""
    folder = tmp_path_factory.mktemp("dump")
    assert write_data(runtime_of(seeded_app), folder) == 422
    return folder


def test_the_manifest_names_every_file_and_each_hash_is_right(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    named = {one["naam"] for one in manifest["bestanden"]}
    formats = {f"initiatieven.{wanted}" for wanted in Format if wanted is not Format.ATOM}
    graphs = {f"{name}.{notation}" for name in ("catalogus", "begrippen") for notation in Notation}
    assert {"feed.atom", "datapackage.json", *formats, *graphs, *map(file_name, tables())} <= named
    assert named == {path.name for path in folder.iterdir()} - {"manifest.json", "SHA256SUMS"}
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_nothing_wrong_with_the_folder_as_it_is(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert report.stats["tasks"] == len(tables())


@pytest.mark.filterwarnings("ignore")
def test_frictionless_would_notice_a_row_of_nobody(folder, tmp_path):
    for path in folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "datapackage.json").write_bytes((folder / "datapackage.json").read_bytes())
    with (tmp_path / "organisaties.csv").open("r+", encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
        file.seek(0, os.SEEK_END)
        csv.writer(file).writerow(["bestaat-niet", *[""] * (len(columns) - 1)])
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [kind for (kind,) in report.flatten(["type"])] == ["foreign-key"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("notation", Notation)
def test_catalogue_and_terms_read_back_in_every_notation(folder, notation, seeded_app):
    def read(name: str) -> Graph:
        return Graph().parse(folder / f"{name}.{notation}", format=LIBRARY[notation])

    assert len(list(read("catalogus").subjects(RDF.type, DCAT.Dataset))) == 3
    terms = list(read("begrippen").subjects(RDF.type, SKOS.Concept))
    assert len(terms) == len(runtime_of(seeded_app).vocabulary)


WRITE = """
import hashlib
from datetime import datetime
from kb.exchange import dcat
from kb.exchange.datasets import About
from kb.exchange.rdf import Notation, written
day = datetime(2026, 3, 2)
linked = dcat.catalogue(About("Bank", "https://bank.example.org", "Bank", "", "", day, day))
print([hashlib.sha256(written(linked, each)).hexdigest() for each in Notation])
"""


def test_every_process_writes_the_same_graph_in_the_same_bytes():
    """Else hashes say that something changed, and two workers give one page two ETags."""
    said = {
        subprocess.run(
            [sys.executable, "-c", WRITE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
