"""Why a search found something, in sentences."""

from kb.domain.reasons import How, Reason
from kb.language import formats
from kb.language.texts import gettext as _
from kb.language.texts import mark

WAYS = {
    How.WORD: mark("the word itself"),
    How.JOINED: mark("the words as one"),
    How.PARTS: mark("all parts of the compound"),
    How.PART: mark("a part of it"),
    How.EQUAL: mark("another word for the same"),
    How.RELATED: mark("a word for something close to it"),
    How.TRANSLATION: mark("the Dutch word"),
    How.TAG: mark("its tag"),
    How.WIDER_TAG: mark("the tag of a region around it"),
    How.PHRASE: mark("the phrase"),
    How.NEAR: mark("the words side by side"),
    How.TITLE: mark("this is its title"),
    How.ORGANISATION: mark("this is one of its organisations"),
}
PARTS = {
    "title": mark("title"),
    "summary": mark("summary"),
    "names": mark("organisations"),
    "tags": mark("tags"),
    "body": mark("text"),
}


def reason_text(reason: Reason) -> str:
    """What was met, for which word of the question, and where it stands."""
    way = _(WAYS[reason.how])
    about = _("%(word)s: %(way)s", word=reason.word, way=way) if reason.word else way
    if not reason.met:
        return about
    met = "”, “".join(reason.met)
    where = ", ".join(_(PARTS[part]) for part in reason.parts)
    return _("%(about)s, “%(met)s” in %(where)s", about=about, met=met, where=where)


def share_text(share: float) -> str:
    return _("does not have all words equally well: × %(share)s", share=formats.number(share, digits=2))
