"""What a reader is told about an answer to a search."""

from collections.abc import Sequence

from kb.language.texts import gettext as _
from kb.language.texts import mark

SENTENCES = {
    "cut": mark("Your question was too long. We left out: %(first)s."),
    "corrected": mark("Results for %(second)s instead of %(first)s."),
    "common_words": mark("These words stand in every text. Add a word that says what you look for."),
    "any_word": mark("Few initiatives have most of your words, so you also see those with one of them."),
    "partial": mark("Searching took too long. There may be more results than you see here."),
    "degraded": mark(
        "The search is being mended. Until then you get simple results, without word forms and synonyms."
    ),
}


def notice_text(kind: str, words: Sequence[str]) -> str:
    """One sentence; `words` are the first and second word it names."""
    first, second = (*words, "", "")[:2]
    if kind in ("cut", "corrected"):
        return _(SENTENCES[kind], first=first, second=second)
    return _(SENTENCES[kind])
