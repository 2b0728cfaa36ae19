"""Long texts that people write: a little Markdown becomes a little HTML, everything else stays text."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# Headings, images, tables and raw HTML are left out: they would break the order of the page or the policy.
RULES = ["paragraph", "list", "blockquote", "emphasis", "link", "autolink", "escape", "entity", "newline"]
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

# A line end that somebody typed is a line end on the page.
_markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(RULES)


def prose(text: str) -> Markup:
    """Paragraphs, lists, emphasis and links; cleaned against a list of what may pass."""
    html = _markdown.render(text)
    # Cleaned twice over: the rules above make nothing else, and this lets nothing else through.
    return Markup(  # noqa: S704 - this is the one place that makes markup of a text
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="external noopener nofollow",
        )
    )
