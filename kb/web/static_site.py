"""The whole public portal as files: pages that link each other from a folder, without a server."""

import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from kb.language.texts import LANGUAGES
from kb.runtime import EXTENSION
from kb.web.offline_search import index_script, search_page
from kb.web.speech import OFFLINE

# Pages that are whole by themselves. What asks something of a server leads to the portal itself.
WHOLE = frozenset(
    {
        "public.front",
        "public.initiative",
        "insight.what_works",
        "insight.what_works_cell",
        "spreading.coverage",
        "spreading.scatter",
        *(f"places.{name}" for name in ("recommendations", "recommendation", "approaches", "approach")),
        *(f"places.{name}" for name in ("organisation", "regions", "region", "programmes")),
        *(f"texts.{name}" for name in ("about", "evidence", "accessibility", "privacy")),
    }
)
SEARCH = "/zoeken"
INDEX = "zoekindex.js"
# An address with the mark behind it stays that of the portal.
ADDRESS = re.compile(r'\b(href|src|action|formaction)="([^"]*)"( data-portal)?')
MODULE = re.compile(r'<script src="([^"]*)" type="module"></script>')
PRELOAD = re.compile(r'\s*<link rel="preload"[^>]*>')
ASKING = re.compile(r' data-(?:live|suggest|suggest-label|alike)="[^"]*"')
FORM = re.compile(r'<form\b[^>]*\baction="([^"]*)"[^>]*>.*?</form>', re.DOTALL)
LEFT_OUT_SCRIPTS = ("suggest.js", "choose.js", "combobox.js", "outlook.js")

Pages = dict[str, str]


@dataclass(slots=True)
class StaticSite:
    """Makes the files one by one. `downloads` says which address of the portal is which file here."""

    app: Flask
    languages: tuple[str, ...] = LANGUAGES
    downloads: Mapping[str, str] = field(default_factory=dict)
    _pages: Pages = field(default_factory=dict)

    def files(self, progress: Callable[[int], None] | None = None) -> Iterator[tuple[str, bytes]]:
        """The path within the folder, and what is in it; all pages are found before the first is given."""
        self._pages = self._walk(progress)
        for address, page in self._pages.items():
            yield file_of(address), self._rewritten(page, address).encode()
        with self.app.test_request_context(SEARCH):
            yield INDEX, index_script().encode()
        yield from self._assets()

    def _walk(self, progress: Callable[[int], None] | None) -> Pages:
        """Every page that can be reached, beginning with the lists of everything."""
        found: Pages = {}
        waiting = deque(self._starts())
        seen = set(waiting)
        while waiting:
            address = waiting.popleft()
            page = self._page(address)
            if page is None:
                continue
            found[address] = page
            if progress:
                progress(len(found))
            fresh = [one for one in self._links(page) if one not in seen and self._is_whole(one)]
            seen.update(fresh)
            waiting.extend(dict.fromkeys(fresh))
        return found

    def _starts(self) -> list[str]:
        bases = ["" if code == LANGUAGES[0] else f"/{code}" for code in self.languages]
        return [f"{base}{path}" for base in bases for path in (SEARCH, "/")]

    def _page(self, address: str) -> str | None:
        if address.endswith(SEARCH):
            return self._search_page(address)
        answer = self.app.test_client().get(
            address, base_url=self._site, environ_overrides={OFFLINE: "ja"}, buffered=True
        )
        return answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else None

    def _search_page(self, address: str) -> str:
        with self.app.test_request_context(address, base_url=self._site, environ_overrides={OFFLINE: "ja"}):
            self.app.preprocess_request()
            return search_page()

    def _links(self, page: str) -> Iterator[str]:
        for _name, value, _mark in ADDRESS.findall(page):
            address = self._own(unescape(value))
            if address:
                yield urlsplit(address).path

    def _is_whole(self, address: str) -> bool:
        language = "en" if address == "/en" or address.startswith("/en/") else LANGUAGES[0]
        if language not in self.languages:
            return False
        try:
            endpoint, _values = self.app.url_map.bind("localhost").match(address, "GET")
        except HTTPException:
            return False
        return endpoint.removeprefix("en_") in WHOLE

    @property
    def _site(self) -> str:
        site: str = self.app.extensions[EXTENSION].settings.base_url
        return site

    def _own(self, value: str) -> str:
        """The address on the portal, or nothing for one elsewhere or on the page itself."""
        if value == self._site or value.startswith(f"{self._site}/"):
            return value.removeprefix(self._site) or "/"
        return value if value.startswith("/") and not value.startswith("//") else ""

    def _rewritten(self, page: str, address: str) -> str:
        here = posixpath.dirname(file_of(address))
        page = ASKING.sub("", PRELOAD.sub("", page))
        page = FORM.sub(_answerable, MODULE.sub(_classic, page))
        return ADDRESS.sub(lambda found: self._address(found, here), page)

    def _address(self, found: re.Match[str], here: str) -> str:
        if found[3]:
            return found[0]
        return f'{found[1]}="{escape(self._target(unescape(found[2]), here))}"'

    def _target(self, value: str, here: str) -> str:
        own = self._own(value)
        if not own:
            return value
        parts = urlsplit(own)
        if parts.path.startswith("/static/"):
            return _relative(parts.path.lstrip("/"), here)
        if own in self.downloads:
            return _relative(self.downloads[own], here)
        if parts.path == f"/{INDEX}":
            return _relative(INDEX, here)
        if parts.path not in self._pages:
            return f"{self._site}{own}"
        query = f"?{parts.query}" if parts.query and parts.path.endswith(SEARCH) else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{_relative(file_of(parts.path), here)}{query}{fragment}"

    def _assets(self) -> Iterator[tuple[str, bytes]]:
        folder = Path(str(self.app.static_folder))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".toml" and path.name not in LEFT_OUT_SCRIPTS:
                yield f"static/{path.relative_to(folder).as_posix()}", path.read_bytes()


def file_of(address: str) -> str:
    """The file of a page: `/en/over` is `en/over.html`, and a folder has its index."""
    path = address.strip("/")
    return f"{path}/index.html" if path in LANGUAGES else f"{path}.html" if path else "index.html"


def _relative(target: str, here: str) -> str:
    return posixpath.relpath(target, here or ".")


def _answerable(found: re.Match[str]) -> str:
    """A form that a server would have to answer is no use here; the search answers itself."""
    return found[0] if found[1].endswith(SEARCH) else ""


def _classic(found: re.Match[str]) -> str:
    """A browser loads no module from a folder; an ordinary script that waits for the page does the same."""
    if found[1].partition("?")[0].endswith(LEFT_OUT_SCRIPTS):
        return ""
    return f'<script src="{found[1]}" defer></script>'
