"""The 40 safety checks of our design (by OWASP ASVS 5.0): the name of a test says which it holds."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"def test_((?:c\d+_)+)")
CHECKS = {f"c{number}" for number in range(1, 41)}


def test_every_safety_check_has_a_test_that_names_it():
    sources = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    named = {
        check for text in sources for names in NAMED.findall(text) for check in names.split("_") if check
    }
    assert named == CHECKS
