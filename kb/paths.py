"""Where the files that come with the program are: templates, static files, seed data."""

from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).parent
# Beside the package in a checkout; inside it when installed from a wheel.
HOMES = (PACKAGE / "assets", PACKAGE.parent)


def asset_dir(name: str) -> Path:
    """The folder `templates`, `static` or `seed_data`, installed or in a checkout."""
    return _asset(name, "folder", Path.is_dir)


def asset_file(name: str) -> Path:
    """A single file, such as `publiccode.yml`."""
    return _asset(name, "file", Path.is_file)


def _asset(name: str, kind: str, is_one: Callable[[Path], bool]) -> Path:
    for home in HOMES:
        if is_one(home / name):
            return home / name
    raise FileNotFoundError(
        f"no {kind} {name!r} in {' or '.join(map(str, HOMES))}; install the program again"
    )
