"""What the pages of the form need: sections with their names, errors in words, lists to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from kb.domain.content import Content
from kb.domain.problems import FieldError, Invalid
from kb.domain.terms import Scheme, Vocabulary
from kb.language.fields import field_name
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.schemas.content import write_content
from kb.schemas.form import SECTIONS, Section, key_of, name_of, place_name, section_of
from kb.schemas.questions import Kind, Question
from kb.services.drafting import Draft
from kb.web.forms import Told

# Fields of the form that say nothing about the initiative.
NOT_CONTENT = ("csrf_token", "actie", "versie")
CHOOSES = "kies."
NAMES = {
    "basis": mark("Basics"),
    "aanpak": mark("What people do"),
    "voor-wie-en-waar": mark("For whom and where"),
    "partners-en-geld": mark("Partners and money"),
    "resultaten": mark("Results"),
    "bronnen": mark("Sources"),
    "controleren": mark("Check and submit"),
}
CHECK = "controleren"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the progress list."""

    slug: str
    name: str
    is_done: bool
    is_here: bool
    remarks: int


def stages(draft: Draft, here: str) -> list[Stage]:
    """All sections, then the page that checks them."""
    document = write_content(draft.content)
    found = [
        Stage(
            section.slug,
            _(NAMES[section.slug]),
            any(key_of(name) in document for name in section.fields),
            section.slug == here,
            sum(remark.field in section.fields for remark in draft.remarks),
        )
        for section in SECTIONS
    ]
    return [*found, Stage(CHECK, _(NAMES[CHECK]), False, here == CHECK, 0)]


def next_of(section: Section) -> str:
    """The section after this one."""
    order = [*(one.slug for one in SECTIONS), CHECK]
    return order[order.index(section.slug) + 1]


def sent_pairs() -> list[tuple[str, str]]:
    """The fields of the form without those that only steer."""
    return [
        (name, words)
        for name, words in request.form.items(multi=True)
        if name not in NOT_CONTENT and not name.startswith(CHOOSES)
    ]


def based_on() -> int:
    """The version that the form was filled in from; a forged one is a stale one."""
    return number_in(request.form.get("versie", ""))


def number_in(words: str) -> int:
    """The number of a version; 0 for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 9 else 0


def told_at(problem: Invalid, asked: Sequence[Question]) -> tuple[Told, ...]:
    """The errors under the names that people see, each leading to its field."""
    texts = dict(_texts(asked))
    return tuple(_told(error, texts) for error in problem.errors)


def _told(error: FieldError, texts: Mapping[str, str]) -> Told:
    words = _(error.message, **error.values)
    place = _place(error.field, texts)
    name = texts.get(place) or field_name(Content, name_of(place))
    return Told(place, f"{name}: {words}")


def _place(path: str, texts: Mapping[str, str]) -> str:
    """The question that asks this, or the one around it: a ticked box among many has none of its own."""
    place = path
    while place and place not in texts:
        place = place.rpartition(".")[0]
    return place or path


def _texts(asked: Sequence[Question]) -> Iterator[tuple[str, str]]:
    for question in asked:
        yield question.path, question.text
        for row in question.rows:
            yield from _texts(row)
        if question.kind is Kind.NAMES:
            yield from ((f"{question.path}.{n}", question.text) for n in range(len(question.values) + 1))


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that keeps an initiative from being submitted, with the section that asks it."""

    section: str
    key: str
    text: str


def lacks(problem: Invalid) -> tuple[Lack, ...]:
    return tuple(
        Lack(
            section_of(error.field).slug,
            key_of(error.field),
            f"{field_name(Content, error.field)}: {_(error.message, **error.values)}",
        )
        for error in problem.errors
    )


def place_names(vocabulary: Vocabulary) -> list[str]:
    """Everything that can be typed for a region: names with their kind, then old names."""
    names = [place_name(term.code, vocabulary) for term in vocabulary.all(Scheme.REGION)]
    old = {name for term in vocabulary.all(Scheme.REGION) for name in term.synonyms}
    return [*names, *sorted(name for name in old if len(vocabulary.named(Scheme.REGION, name)) == 1)]
