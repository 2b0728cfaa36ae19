"""A search as an Atom feed (RFC 4287): what came in or changed, newest first."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kb.domain.catalogue import PublicRecord
from kb.domain.terms import Scheme
from kb.exchange.edition import LICENCE, Edition, Records, Text

# What a reader of feeds takes in at once.
MOST = 100


def atom_text(records: Records, edition: Edition) -> Text:
    """Give the records newest first: the feed is as new as its first entry."""
    entries = iter(records)
    first = next(entries, None)
    updated = first.published_at if first else edition.now
    yield "".join(_head(edition, updated.isoformat()))
    if first:
        yield "".join(_entry(first, edition))
    for record in entries:
        yield "".join(_entry(record, edition))
    yield "</feed>\n"


def _head(edition: Edition, updated: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(edition.language)}>\n'
    yield f"  <id>{escape(edition.address)}</id>\n"
    yield f"  <title>{escape(edition.title or edition.site_name)}</title>\n"
    yield f"  <updated>{updated}</updated>\n"
    yield f"  <author><name>{escape(edition.site_name)}</name></author>\n"
    yield f"  <rights>{escape(LICENCE)}</rights>\n"
    yield f'  <link rel="self" type="application/atom+xml" href={quoteattr(edition.address)}/>\n'
    if edition.page:
        yield f'  <link rel="alternate" type="text/html" href={quoteattr(edition.page)}/>\n'


def _entry(record: PublicRecord, edition: Edition) -> Iterator[str]:
    content, page = record.content, edition.page_of(record.slug)
    english = edition.language == "en"
    title = content.title_en if english and content.title_en else content.title
    summary = content.summary_en if english and content.summary_en else content.summary
    yield "  <entry>\n"
    yield f"    <id>{escape(page)}</id>\n"
    yield f"    <title>{escape(title)}</title>\n"
    yield f"    <published>{record.first_published_at.isoformat()}</published>\n"
    yield f"    <updated>{record.published_at.isoformat()}</updated>\n"
    yield f'    <link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
    yield f"    <summary>{escape(summary)}</summary>\n"
    for code in content.recommendations:
        label = edition.vocabulary.label(Scheme.RECOMMENDATION, code, edition.language)
        scheme = f"{edition.site_url}/aanbevelingen/"
        names = f"term={quoteattr(code)} scheme={quoteattr(scheme)} label={quoteattr(label)}"
        yield f"    <category {names}/>\n"
    yield "  </entry>\n"
