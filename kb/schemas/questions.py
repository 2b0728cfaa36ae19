"""The questions of one section of the form, filled in with what the document says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import fields

from kb.domain.content import Content, Effect, Measurement, Metric, Participation, Study
from kb.domain.terms import Scheme, Term, Vocabulary
from kb.language.fields import field_hint, field_name, metric_name, row_name, yes_or_no
from kb.language.labels import label
from kb.language.texts import language
from kb.schemas.choices import Choice, Code, Flag
from kb.schemas.content import ContentSchema
from kb.schemas.fields import Address, Day, Email, Text
from kb.schemas.form import Document, Section, as_percentage, place_name, usual_answer
from kb.schemas.numbers import Number, Share, Whole
from kb.schemas.parts import Part, Several

# The fields of evidence that everybody gets; the others stand under "More questions".
FIRST_ASKED: Mapping[type, frozenset[str]] = {
    Measurement: frozenset(
        {
            "label",
            "words",
            "kind",
            "indicator",
            "n",
            "year",
            "method",
            "evaluator",
            "independent",
            "source_url",
        }
    ),
    Study: frozenset(
        {
            "title",
            "design",
            "comparison",
            "analysed_t",
            "analysed_c",
            "baseline",
            "same_instrument",
            "response",
            "evaluator",
            "independent",
            "report_url",
            "report_public",
            "end_year",
            "effects",
        }
    ),
    Effect: frozenset({"indicator", "metric", "events_t", "n_t", "events_c", "n_c"}),
}
# Needed to save, and needed to submit.
NEEDED = frozenset({"title", "summary", "organisations", "regions", "recommendations", "levels", "sources"})
PLACES_LIST, APPROACHES_LIST = "lijst-regios", "lijst-aanpakken"
# What can be asked for while typing, besides the vocabularies; a list of terms that is longer than this.
ORGANISATIONS, APPROACHES = "organisatie", "aanpak"
LONG = 10
OF_PLACES: Mapping[str, Any] = {"suggestions": PLACES_LIST, "offers": Scheme.REGION.value}
OF_APPROACHES: Mapping[str, Any] = {"suggestions": APPROACHES_LIST, "offers": APPROACHES}


class Kind(StrEnum):
    """How a question looks."""

    LINE = "line"
    LINES = "lines"
    PICK = "pick"
    CHECKS = "checks"
    NAMES = "names"
    ROWS = "rows"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One field with what stands in it."""

    path: str
    text: str
    kind: Kind
    hint: str = ""
    value: str = ""
    type: str = "text"
    longest: int = 0
    is_needed: bool = False
    is_more: bool = False
    choices: tuple[Option, ...] = ()
    # The list in the page that helps to fill it in, and the one that the script asks the server for.
    suggestions: str = ""
    offers: str = ""
    values: tuple[str, ...] = ()
    # What one row is called, the rows, and an empty one.
    one: str = ""
    rows: tuple[tuple["Question", ...], ...] = ()
    fresh: tuple["Question", ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What all questions of a page need; `names` gives what people read for a code of an approach."""

    vocabulary: Vocabulary
    names: Mapping[str, str]


_schema = ContentSchema()


def questions(
    section: Section, document: Document, vocabulary: Vocabulary, names: Mapping[str, str]
) -> tuple[Question, ...]:
    """The questions of this section in their order, those in English last."""
    asking = Asking(vocabulary, names)
    return tuple(
        _question(Content, name, _schema.fields[name], _schema.key(name), document, asking)
        for name in section.fields
    )


def _question(
    part: type, name: str, field: fields.Field[Any], path: str, holder: Document, asking: Asking
) -> Question:
    """Each kind of field of the schema has its own way of asking."""
    value = holder.get(str(field.data_key))
    if isinstance(field, Several):
        found = _several(field, path, value, asking)
    elif isinstance(field, fields.Nested):
        rows = (_row(field, path, value if isinstance(value, dict) else {}, asking),)
        found = {"kind": Kind.GROUP, "rows": rows}
    else:
        found = _single(part, name, field, value, asking)
    return Question(
        path=path,
        text=field_name(part, name),
        one=row_name(part, name),
        hint=field_hint(part, name),
        is_needed=(part is Content and name in NEEDED) or (part is not Content and field.required),
        is_more=_is_more(part, name),
        **found,
    )


def _is_more(part: type, name: str) -> bool:
    return name.endswith("_en") or (part in FIRST_ASKED and name not in FIRST_ASKED[part])


def _several(field: Several, path: str, value: Any, asking: Asking) -> dict[str, Any]:
    items = value if isinstance(value, list) else []
    inner = field.inner
    if isinstance(inner, fields.Nested):
        rows = tuple(_row(inner, f"{path}.{n}", item, asking) for n, item in enumerate(items))
        return {"kind": Kind.ROWS, "rows": rows, "fresh": _row(inner, f"{path}.__number__", {}, asking)}
    if isinstance(inner, Code) and inner.scheme is not Scheme.REGION:
        choices = tuple(_terms(inner.scheme, items, asking.vocabulary))
        return {"kind": Kind.CHECKS, "choices": choices, "offers": _offers(inner.scheme, choices)}
    if isinstance(inner, Code):
        shown = tuple(place_name(str(one), asking.vocabulary) for one in items)
        return {"kind": Kind.NAMES, "values": shown, **OF_PLACES}
    shown = tuple(asking.names.get(str(one), str(one)) for one in items)
    helped = OF_APPROACHES if path == _schema.key("approaches") else {}
    return {"kind": Kind.NAMES, "values": shown, **helped}


def _row(field: fields.Nested, path: str, item: Any, asking: Asking) -> tuple[Question, ...]:
    schema: Part = field.schema  # type: ignore[assignment]
    holder = item if isinstance(item, dict) else {}
    return tuple(
        _question(schema.builds, one.attribute or name, one, f"{path}.{one.data_key}", holder, asking)
        for name, one in schema.fields.items()
        if name != "locked_at"
    )


def _single(part: type, name: str, field: fields.Field[Any], value: Any, asking: Asking) -> dict[str, Any]:
    words = "" if value is None or isinstance(value, dict | list) else str(value)
    if isinstance(field, Choice):
        chosen = words or usual_answer(part, name)
        options = (Option(one.value, _choice_text(one), one.value == chosen) for one in field.kinds)
        first = () if usual_answer(part, name) else (Option("", "", not chosen),)
        return {"kind": Kind.PICK, "choices": (*first, *options)}
    if isinstance(field, Flag):
        known = {"True": "ja", "False": "nee"}.get(words, words)
        answers = (("", None), ("ja", True), ("nee", False))
        options = (Option(code, yes_or_no(answer), code == known) for code, answer in answers)
        return {"kind": Kind.PICK, "choices": tuple(options)}
    if isinstance(field, Code) and field.scheme is Scheme.REGION:
        return {**_line(field, place_name(words, asking.vocabulary)), **OF_PLACES}
    if isinstance(field, Code):
        choices = (Option("", "", not words), *_terms(field.scheme, [words], asking.vocabulary))
        return {"kind": Kind.PICK, "choices": choices, "offers": _offers(field.scheme, choices)}
    if isinstance(field, Share):
        return _line(field, as_percentage(words) if words else "") | {"type": "decimal"}
    offers = ORGANISATIONS if (part, name) == (Participation, "name") else ""
    return _line(field, words) | {"offers": offers}


def _offers(scheme: Scheme, choices: Sequence[Option]) -> str:
    """A short list is read faster than typed in."""
    return scheme.value if len(choices) > LONG else ""


def _line(field: fields.Field[Any], words: str) -> dict[str, Any]:
    kind = Kind.LINES if isinstance(field, Text) and field.lines else Kind.LINE
    longest = field.longest if isinstance(field, Text) else 0
    return {"kind": kind, "value": words, "type": _type(field, words), "longest": longest}


def _type(field: fields.Field[Any], words: str) -> str:
    if isinstance(field, Day):
        # The field for days of a browser would drop what is no day.
        return "date" if not words or field.is_day(words) else "text"
    if isinstance(field, Address):
        return "url"
    if isinstance(field, Email):
        return "email"
    if isinstance(field, Whole):
        return "numeric"
    if isinstance(field, Number):
        return "decimal"
    return "text"


def _choice_text(value: StrEnum) -> str:
    return metric_name(value) if isinstance(value, Metric) else label(value)


def _terms(scheme: Scheme, chosen: Sequence[Any], vocabulary: Vocabulary) -> Iterator[Option]:
    """The whole list, what lies under a term under that term."""

    def walk(terms: Sequence[Term], depth: int) -> Iterator[Option]:
        for term in terms:
            yield Option(term.code, term.label_in(language()), term.code in chosen, depth)
            yield from walk(vocabulary.children(scheme, term.code), depth + 1)

    yield from walk(vocabulary.top(scheme), 0)
