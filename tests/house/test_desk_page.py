"""The page for coordinators says what the program does."""

from pathlib import Path

from kb.domain.completeness import NEEDED, missing_for_submission
from kb.domain.content import Content
from kb.search.letter_runs import NAME, TAGS, TEXT
from kb.search.similar import ALIKE, SAME
from kb.services.tending import A_YEAR, SOON
from tools.desk_tables import filled

PAGE = (Path(__file__).parents[2] / "docs/desk.md").read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_permissions():
    """python tools/desk_tables.py writes them."""
    assert filled(PAGE) == PAGE


def test_the_numbers_are_those_of_the_program():
    assert f"Vanaf {ALIKE}".replace(".", ",") in PAGE
    assert f"vanaf {SAME}".replace(".", ",") in PAGE
    shares = f"letters in de tekst tellen voor {TEXT:.0%}, de naam voor {NAME:.0%}"
    assert f"{shares}, gelijke kenmerken voor {TAGS:.0%}" in PAGE
    assert f"binnen {SOON.days} dagen" in PAGE
    assert A_YEAR.days == 365
    # And the title, without which nothing can be saved.
    assert len(NEEDED) + 1 == len(missing_for_submission(Content("", ""))) + 1 == 7
    assert "Zeven dingen zijn nodig" in PAGE
