"""What the security policy of our pages forbids is not in the templates either."""

import re
from pathlib import Path

import pytest

from kb.paths import asset_dir

TEMPLATES = sorted(path for path in asset_dir("templates").rglob("*") if path.is_file())
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    # Data of that type is never run, so the policy has nothing against it.
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "escaping turned off": re.compile(r"autoescape\s+false"),
    "an address of a third party": re.compile(
        r"<(?:img|script|link|iframe)[^>]*(?:src|href)=\"(?:https?:)?//"
    ),
}
# Each place where markup passes unescaped, with the reason it is safe; a new one needs a line here.
SAFE_PLACES: dict[str, int] = {}


def _markup(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_c27_a_template_needs_nothing_that_the_policy_forbids(path):
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(_markup(path))]
    assert not found


def test_c17_unescaped_markup_is_counted():
    root = asset_dir("templates")
    counted = {path.relative_to(root).as_posix(): _markup(path).count("|safe") for path in TEMPLATES}
    assert {name: count for name, count in counted.items() if count} == SAFE_PLACES
