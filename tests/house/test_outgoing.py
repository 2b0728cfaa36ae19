"""C21: the program calls nobody, but the mail server and the log-in that an administrator has set.

An address that somebody types is shown as a link and never fetched. That leaves nothing to check an address
for: no private network can be reached through us. Whoever adds a call adds those checks with it.
"""

import ast
from pathlib import Path

import kb

KB = Path(kb.__file__).parent
# Modules that can open a connection, and the two rooms that may.
REACHING = {
    "httpx",
    "requests",
    "urllib3",
    "urllib.request",
    "http.client",
    "smtplib",
    "socket",
    "ftplib",
    "aiohttp",
}
MAY = {("services/mailing.py", "smtplib"), ("services/provider.py", "httpx")}


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & REACHING


def test_c21_nothing_but_mail_and_the_log_in_can_call_out():
    found = {(path.relative_to(KB).as_posix(), name) for path in KB.rglob("*.py") for name in _imports(path)}
    assert found == MAY
