"""Sitemaps (sitemaps.org): every public page in both languages, with when it changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from kb.language.texts import LANGUAGES

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def index(addresses: Iterable[str]) -> Iterator[str]:
    """The list of sitemaps."""
    yield f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n'
    for address in addresses:
        yield f"<sitemap><loc>{_text(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def sitemap(site_url: str, pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """Each page by its Dutch address, which names its twin in English."""
    yield f'{HEAD}<urlset xmlns="{NAMESPACE}" xmlns:xhtml="{XHTML}">\n'
    for path, changed in pages:
        yield f"<url><loc>{_text(site_url + path)}</loc>"
        if changed is not None:
            yield f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        for language in LANGUAGES:
            prefix = "/en" if language == "en" else ""
            twin = quoteattr(f"{site_url}{prefix}{path}")
            yield f'<xhtml:link rel="alternate" hreflang="{language}" href={twin}/>'
        yield "</url>\n"
    yield "</urlset>\n"


def _text(words: str) -> str:
    return quoteattr(words)[1:-1]
