"""The wheel carries everything that the program reads when it runs."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return set(ZipFile(wheel).namelist())


@pytest.mark.parametrize("name", ["templates", "static", "seed_data"])
def test_the_wheel_has_every_file_that_stands_beside_the_package(names, name):
    files = [path for path in (ROOT / name).rglob("*") if path.is_file()]
    assert files
    missing = {f"kb/assets/{path.relative_to(ROOT).as_posix()}" for path in files} - names
    assert not missing


def test_the_wheel_has_the_texts_the_migrations_and_the_licence(names):
    assert "kb/language/locale/nl/LC_MESSAGES/messages.po" in names
    assert "kb/py.typed" in names
    assert "kb/assets/publiccode.yml" in names
    migrations = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "kb/storage/migrations").rglob("*.py")
    }
    assert migrations <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
