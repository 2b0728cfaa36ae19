"""Where the files that come with the program are: templates, static files, seed data."""

from pathlib import Path

PACKAGE = Path(__file__).parent
# Beside the package in a checkout; inside it when installed from a wheel.
HOMES = (PACKAGE / "assets", PACKAGE.parent)


def asset_dir(name: str) -> Path:
    """The folder `templates`, `static` or `seed_data`, installed or in a checkout."""
    for home in HOMES:
        if (home / name).is_dir():
            return home / name
    raise FileNotFoundError(
        f"no folder {name!r} in {' or '.join(map(str, HOMES))}; install the program again"
    )
