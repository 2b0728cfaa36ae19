"""What somebody fills in, the public reads: the complete example of the import format, on its own page."""

import html
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from kb.app import create_app
from kb.cli.main import COMMANDS
from kb.paths import PACKAGE
from kb.schemas.documents import parse_yaml
from kb.settings import Settings
from tests.accounts import runtime_of

KB = {command.name: command for command in COMMANDS}
FORMAT = (PACKAGE.parent / "docs" / "import-format.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)[1]
OTHERS = """
- slug: sto-twente
  titel: Sterk Techniekonderwijs Twente
  samenvatting: Het programma waar het bij hoort.
- slug: techlab-nieuw
  titel: Het nieuwe techlab
  samenvatting: Wat erop volgde.
  onderdeelVan: nog-een-concept
- slug: techlab-oudestad
  titel: Het techlab van Oudestad
  samenvatting: Waar het vandaan kwam.
"""
ADDRESS = "/initiatieven/techlab-voorbeeldstad"
# What somebody wrote in their own words; choices and codes are shown by their names.
WORDS = re.compile(r"\S+ \S+|https?://\S+|10\.1000/\S+|leerlingenadministratie")
AS_PEOPLE_WRITE = (
    "€\xa0120.000",
    "€\xa090.000",
    "€\xa020.000",
    "€\xa075",
    "1.500",
    "1.100",
    "Sterk Techniekonderwijs Twente",
    "Het nieuwe techlab",
    "Het techlab van Oudestad",
    "In uitvoering",
    "Dit moet er zijn",
    "80 van elke 100",
    "na 12 maanden",
    "Gemiddelde 3,4; spreiding 0,6",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("told")
    file = folder / "voorbeeld.yaml"
    file.write_text(EXAMPLE + OTHERS, encoding="utf-8")
    result = CliRunner().invoke(KB["seed"], [str(file)], env={"KB_DATA_DIR": str(folder / "var")})
    assert result.exit_code == 0, result.output
    app = create_app(Settings(data_dir=folder / "var"))
    yield app.test_client()
    runtime_of(app).close()


def test_everything_in_ones_own_words_stands_on_the_page(client):
    dutch, english = _page(client, ADDRESS), _page(client, f"/en{ADDRESS}")
    [document] = parse_yaml(EXAMPLE)
    leaves = [
        (path, said) for path, said in _leaves(document) if isinstance(said, str) and WORDS.search(said)
    ]
    assert len(leaves) > 40
    hidden = {path for path, said in leaves if said not in (english if path.endswith("En") else dutch)}
    assert hidden == set()


@pytest.mark.parametrize("words", AS_PEOPLE_WRITE)
def test_numbers_and_choices_stand_there_as_people_write_them(client, words):
    assert words in _page(client, ADDRESS)


def test_what_is_not_public_is_not_named_as_its_programme_or_successor(client):
    page = _page(client, "/initiatieven/techlab-nieuw")
    assert "Onderdeel van" not in page
    assert "nog-een-concept" not in page


def _page(client, address: str) -> str:
    return html.unescape(client.get(address).text)


def _leaves(document: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value in a document with the key it stands under, without positions in lists."""
    if isinstance(document, list):
        for item in document:
            yield from _leaves(item, path)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from _leaves(value, f"{path}.{key}".strip("."))
    else:
        yield path, document
