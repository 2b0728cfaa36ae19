"""Who may import whom: the table of docs/architecture.md, read from the code itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb

HOME = Path(kb.__file__).parent
MODULES = sorted(path for path in HOME.rglob("*.py") if "assets" not in path.parts)

INSIDE = {"domain", "language", "storage", "search"}
DOORS = {"services", "exchange", "schemas", "domain", "language", "runtime", "settings", "paths"}
# A room may always import itself. app.py hangs everything together, so it is not in the table.
MAY_IMPORT = {
    "domain": set(),
    "language": {"domain"},
    "schemas": {"domain", "language"},
    "storage": {"domain"},
    "search": {"domain"},
    "exchange": {"domain", "language", "schemas"},
    "services": INSIDE,
    "services.importing": {*INSIDE, "schemas", "exchange"},
    "web": DOORS,
    "api": DOORS,
    "cli": DOORS,
    "runtime": {"settings", "paths", "services", "schemas", *INSIDE},
    "settings": {"language"},
    "paths": set(),
}
# Libraries that have one home each, so that they can be replaced there.
ONLY_IN = {
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "psycopg": {"storage"},
    "whoosh": {"search"},
    "Stemmer": {"search"},
    "pyroaring": {"search"},
    "marshmallow": {"schemas"},
    "apispec": {"schemas"},
    "rdflib": {"exchange"},
    "webargs": {"api"},
    "babel": {"language"},
    "xlsxwriter": {"exchange"},
    "docx": {"exchange"},
    "python_calamine": {"exchange"},
    "flask": {"web", "api", "cli", "app", "runtime"},
    "flask_login": {"web", "api", "app"},
    "authlib": {"services"},
    "joserfc": {"services"},
    "waitress": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
}
# The domain needs only the standard library, except where it counts.
STATISTICS = {"numpy", "scipy"}


def _subject(path: Path) -> str:
    """`services.searching` for kb/services/searching.py, `app` for kb/app.py."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    package = ["kb", *path.relative_to(HOME).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            # `from kb import services` names the room only in the imported name.
            yield from (f"{source}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=_subject)
def test_a_module_imports_only_what_its_room_may(path):
    subject = _subject(path)
    room = subject.split(".")[0]
    if room in ("", "app"):
        return
    nearest = next((name for name in (subject, subject.rpartition(".")[0]) if name in MAY_IMPORT), room)
    allowed = {room} | MAY_IMPORT[nearest]
    reached = {name.split(".")[1] for name in _imports(path) if name.startswith("kb.")}
    assert reached <= allowed, f"kb.{subject} may not import {sorted(reached - allowed)}"


@pytest.mark.parametrize("path", MODULES, ids=_subject)
def test_a_library_is_used_only_in_its_own_room(path):
    room = _subject(path).split(".")[0]
    used = {name.split(".")[0] for name in _imports(path)}
    strangers = {library for library in used & ONLY_IN.keys() if room not in ONLY_IN[library]}
    assert not strangers, f"{path.relative_to(HOME)} may not import {sorted(strangers)}"


@pytest.mark.parametrize("path", sorted(HOME.glob("domain/**/*.py")), ids=_subject)
def test_the_domain_needs_only_the_standard_library(path):
    used = {name.split(".")[0] for name in _imports(path)} - {"kb"}
    counts = _subject(path).startswith("domain.statistics")
    assert used <= sys.stdlib_module_names | (STATISTICS if counts else set())


def test_every_room_stands_in_the_table():
    rooms = {_subject(path).split(".")[0] for path in MODULES} - {"", "app"}
    assert rooms <= MAY_IMPORT.keys()
