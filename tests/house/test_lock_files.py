"""What the program depends on stands in the lock files, or a fresh clone does not start."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.mark.parametrize(
    ("lock", "asked_for"),
    [
        ("requirements.lock", PROJECT["dependencies"] + EXTRAS["postgresql"]),
        ("requirements-dev.lock", [one for extra in EXTRAS.values() for one in extra]),
    ],
)
def test_each_dependency_stands_in_the_lock_file(lock, asked_for):
    locked = set(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==", (ROOT / lock).read_text(), re.MULTILINE))

    assert {_name(one) for one in asked_for} - {PROJECT["name"]} <= locked


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_c38_every_locked_package_has_its_sums(lock):
    packages = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert len(packages) > 40
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def _name(requirement: str) -> str:
    return re.split(r"[\[=<>~! ]", requirement)[0].lower().replace("_", "-")
