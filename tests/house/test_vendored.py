"""Files made by others are the ones on record, and nothing else of theirs is served."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from kb.paths import asset_dir

STATIC = asset_dir("static")
RECORDED = tomllib.loads((STATIC / "VENDORED.toml").read_text(encoding="utf-8"))["file"]
OURS = {
    "css/fonts.css",
    "css/site.css",
    "css/tokens.css",
    "js/choose.js",
    "js/combobox.js",
    "js/offline.js",
    "js/outlook.js",
    "js/site.js",
    "js/suggest.js",
    "mark.svg",
    "VENDORED.toml",
}


@pytest.mark.parametrize("entry", RECORDED, ids=lambda entry: entry["path"])
def test_a_file_of_others_is_the_one_on_record(entry):
    assert entry.keys() == {"path", "package", "version", "licence", "sha256"}
    assert hashlib.sha256((STATIC / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_other_file_is_known_to_be_ours():
    files = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    assert files - {entry["path"] for entry in RECORDED} == OURS


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_c31_a_stylesheet_asks_nothing_of_a_third_party(path):
    wanted = re.findall(r"url\(['\"]?([^'\")]+)", path.read_text(encoding="utf-8"))
    assert not [address for address in wanted if address.startswith(("http:", "https:", "//"))]


def test_the_browser_checker_is_the_one_on_record():
    vendor = Path(__file__).parent.parent / "vendor"
    (recorded,) = re.findall(r"sha256 ([0-9a-f]{64})", (vendor / "README.md").read_text(encoding="utf-8"))
    assert hashlib.sha256((vendor / "axe.min.js").read_bytes()).hexdigest() == recorded
