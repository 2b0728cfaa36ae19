"""Looking at a page as a browser shows it: what axe objects to, and what the console complains of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Looked:
    """What was wrong with a page: one line for each violation and for each message in the console."""

    status: int
    violations: tuple[str, ...]
    console: tuple[str, ...]
    sideways: int


def look(
    browser: Any,
    url: str,
    *,
    width: int = 1280,
    scheme: str = "light",
    shot: Path | None = None,
    cookie: tuple[str, str] | None = None,
) -> Looked:
    """Opens the page; breaches of the security policy and failed requests stand in the console too."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, storage_state=_kept(url, cookie)
    )
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    try:
        response = page.goto(url, wait_until="load")
        if shot:
            page.screenshot(path=shot, full_page=True)
        return Looked(response.status, violations_of(page), tuple(console), sideways_of(page))
    finally:
        page.close()


def _kept(url: str, cookie: tuple[str, str] | None) -> dict[str, list[dict[str, Any]]]:
    """What a browser remembers in which somebody logged in."""
    if cookie is None:
        return {"cookies": [], "origins": []}
    name, value = cookie
    where = {"domain": urlsplit(url).hostname, "path": "/", "expires": -1, "secure": False, "httpOnly": True}
    return {"cookies": [{"name": name, "value": value, "sameSite": "Lax", **where}], "origins": []}


def violations_of(page: Any) -> tuple[str, ...]:
    # Evaluated, not loaded as a script: our policy allows no script of others.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("standards => axe.run({runOnly: standards})", STANDARDS)
    return tuple(
        f"{violation['id']} ({violation['help']}): {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    )


def sideways_of(page: Any) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
