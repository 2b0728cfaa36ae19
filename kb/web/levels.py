"""What people call an education level: mbo in short, the whole name where there is room."""

from kb.domain.terms import Scheme, Vocabulary
from kb.language.texts import gettext as _
from kb.language.texts import language, mark
from kb.runtime import running

# The main levels as people say them; the vocabulary has their full names.
SPOKEN = {
    "po": mark("Primary school"),
    "vo": mark("Secondary school"),
    "mbo": mark("Mbo (vocational)"),
    "hbo": mark("Hbo (applied sciences)"),
    "wo": mark("University"),
    "llo": mark("Lifelong learning"),
}


def level_tag(code: str) -> str:
    """A short tag for an education level or learning route: what people say."""
    return _(SPOKEN[code]) if code in SPOKEN else level_title(code).partition(" (")[0]


def level_title(code: str) -> str:
    """The whole name behind the tag."""
    vocabulary = running().vocabulary
    for scheme in (Scheme.LEVEL, Scheme.ROUTE):
        term = vocabulary.get(scheme, code)
        if term:
            return term.label_in(language())
    return code


def level_choice(code: str, vocabulary: Vocabulary) -> str:
    """For lists of choices: the whole name, with the code by which Dutch people know a main level."""
    name = vocabulary.label(Scheme.LEVEL, code, language())
    return f"{name.partition(' (')[0]} ({code})" if code in SPOKEN else name
