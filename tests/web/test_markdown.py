"""Long texts on a page: a little Markdown, and nothing that does anything."""

import re

import pytest

from kb.web.markdown import prose

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](vbscript:x)",
    "![plaatje](https://example.org/volgt-u.png)",
    "<javascript:alert(1)>",
    '[x](https://example.org "onmouseover=alert(1)")',
    "[a](https://example.org/\"onclick='x')",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# Kop",
    "<style>*{display:none}</style>",
    "```html\n<b>x</b>\n```",
]


def test_lists_emphasis_and_links_are_shown_as_such():
    text = "Drie **grote** stappen:\n\n- een\n- *twee*\n\nZie [de site](https://example.org/a?b=1&c=2)."
    shown = prose(text)
    assert "<strong>grote</strong>" in shown
    assert "<li>een</li>" in shown
    assert "<em>twee</em>" in shown
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="external noopener nofollow">de site</a>' in shown


def test_a_line_end_and_an_empty_line_are_what_the_writer_sees():
    assert re.findall(r"<p>|<br ?/?>", prose("een\ntwee\n\ndrie")) == ["<p>", "<br>", "<p>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_c18_nothing_passes_but_a_few_tags_and_safe_links(text):
    shown = prose(text)
    tags = re.findall(r"<\s*(/?)([a-zA-Z0-9]+)([^>]*)>", shown)
    assert {name for _, name, _ in tags} <= {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
    for _, _name, attributes in tags:
        assert not re.search(r"\son|style|src", attributes)
        assert re.sub(r'href="https?://[^"]*"|rel="[^"]*"|href="mailto:[^"]*"|\s', "", attributes) == ""
