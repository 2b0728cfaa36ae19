"""What the README says of the catalogue and its commands is so."""

import re
from pathlib import Path

from kb.cli.main import COMMANDS
from kb.runtime import EXTENSION
from kb.services import overview

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_catalogue(seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        total = overview.front_page(work).total
    assert f"Er zitten {total.initiatives} echte initiatieven in" in README
    assert f"{total.measured} maten een uitkomst en {total.compared} vergeleken die met anderen" in README


def test_every_command_is_named_once_in_the_table():
    named = re.findall(r"^\| `kb ([a-z-]+)[^|]*\|", README, re.MULTILINE)
    assert {command.name for command in COMMANDS if not command.hidden} <= set(named)
    lines = [line for line in README.splitlines() if line.startswith("| `kb ")]
    assert len(lines) == len(set(lines))


def test_every_make_command_it_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert "run" in named
    assert named <= targets
