"""The settings page tells of every setting, with its default, and of no other."""

import re
from dataclasses import fields
from pathlib import Path

from kb.settings import Settings, variable

PAGE = Path(__file__).parent.parent.parent / "docs/settings.md"


def _rows() -> dict[str, str]:
    return dict(re.findall(r"^\| `(KB_\w+)` \|(.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else_is():
    assert set(_rows()) == {variable(each.name) for each in fields(Settings)}


def test_the_page_gives_the_true_default_and_the_words_of_the_code():
    rows = _rows()
    for each in fields(Settings):
        row = rows[variable(each.name)]
        assert str(each.metadata["doc"]) in row
        if each.default != "":
            assert f"`{each.default}`" in row


def test_no_module_reads_a_variable_past_the_settings():
    root = Path(__file__).parent.parent.parent / "kb"
    readers = [
        path.name for path in root.rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text())
    ]
    assert set(readers) <= {"app.py", "running.py"}, "only the start reads the environment"
