"""The form of an initiative: from the document to questions, and from what was sent back to the document.

Both read the one schema of an initiative, so a field that is added there is asked here. The name of a
field in the form is its path in the document (`metingen.0.woorden`), which errors carry too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import fields

from kb.domain.terms import Scheme, Vocabulary, region_kind
from kb.language.labels import label
from kb.schemas.choices import Code
from kb.schemas.content import ContentSchema
from kb.schemas.numbers import Share
from kb.schemas.parts import Part, Several

Document = dict[str, Any]
Pairs = Iterable[tuple[str, str]]
# A list of rows in one form; more is no form but an import.
MOST_ROWS = 200
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form: the last part of its address, and the fields it asks."""

    slug: str
    fields: tuple[str, ...]


SECTIONS = (
    Section(
        "basis",
        (
            "title",
            "summary",
            "url",
            "contact_email",
            "contact_url",
            "activity",
            "phase",
            "start_year",
            "end_year",
            "title_en",
            "summary_en",
        ),
    ),
    Section(
        "aanpak",
        (
            "goal",
            "activities",
            "requirements",
            "lessons",
            "instruments",
            "approaches",
            "theory",
            "conditions",
            "goal_en",
            "activities_en",
            "requirements_en",
            "lessons_en",
        ),
    ),
    Section(
        "voor-wie-en-waar",
        (
            "regions",
            "area",
            "recommendations",
            "levels",
            "routes",
            "target_groups",
            "audience",
            "sectors",
            "programmes",
            "audience_en",
        ),
    ),
    Section("partners-en-geld", ("organisations", "funding", "costs")),
    Section("resultaten", ("measurements", "studies", "promises", "delivery")),
    Section("bronnen", ("sources",)),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
_schema = ContentSchema()


def section_of(name: str) -> Section:
    """The section that asks this field of `Content`; the first one for a field that no form asks."""
    return next((section for section in SECTIONS if name in section.fields), SECTIONS[0])


def key_of(name: str) -> str:
    """The key in the document of a field of `Content`."""
    return _schema.key(name) if name in _schema.fields else name


def name_of(path: str) -> str:
    """The field of `Content` that a path in the document begins with."""
    first = path.partition(".")[0]
    return next((name for name in _schema.fields if _schema.key(name) == first), first)


def read_section(
    section: Section, pairs: Pairs, vocabulary: Vocabulary, aliases: Mapping[str, str]
) -> Document:
    """The part of the document that this section asks; rows in which nothing was filled in are left out.

    `aliases` gives the code for a name that people choose from a list, such as that of an approach.
    """
    tree: Document = {}
    for path, words in pairs:
        _plant(tree, path.split(".")[:DEEPEST], words)
    part: Document = {}
    for name in section.fields:
        found = _read(_schema.fields[name], tree.get(_schema.key(name)), vocabulary, aliases)
        if not _is_blank(_schema.fields[name], found):
            part[_schema.key(name)] = found
    _name_studies(part)
    return part


def has_too_many_rows(pairs: Pairs) -> bool:
    """More rows in one list than a form can show; whoever sends that is no person at a form."""
    rows: dict[str, set[str]] = {}
    for path, _words in pairs:
        name, number, *_rest = (*path.split("."), "", "")
        if number.isdigit():
            rows.setdefault(name, set()).add(number)
    return any(len(numbers) > MOST_ROWS for numbers in rows.values())


def joined(document: Document, section: Section, part: Document) -> Document:
    """The whole document with this section replaced; what the form does not ask stays as it is."""
    asked = {_schema.key(name) for name in section.fields}
    kept = {key: value for key, value in document.items() if key not in asked}
    return {**kept, **{key: _in_old_order(value, document.get(key)) for key, value in part.items()}}


def with_row(document: Document, path: str) -> Document:
    """One empty row more in the list at this path; the document itself when there is no such list."""
    *way, last = path.split(".")
    holder = _walk(document, way)
    if isinstance(holder, dict) and len(holder.setdefault(last, [])) < MOST_ROWS:
        holder[last].append({})
    return document


def without_row(document: Document, path: str) -> Document:
    *way, last = path.split(".")
    rows = _walk(document, way)
    if isinstance(rows, list) and last.isdigit() and int(last) < len(rows):
        rows.pop(int(last))
    return document


def place_name(code: str, vocabulary: Vocabulary) -> str:
    """A region as people choose it from the list: its name with its kind, since names occur twice."""
    if (Scheme.REGION, code) not in vocabulary:
        return code
    return f"{vocabulary.label(Scheme.REGION, code)} ({label(region_kind(code))})"


def place_code(words: str, vocabulary: Vocabulary) -> str:
    """The code of a region by its name, an old name or what `place_name` wrote; else the words."""
    found = vocabulary.named(Scheme.REGION, words)
    if len(found) == 1:
        return found[0].code
    name, _, kind = words.rstrip(") ").rpartition(" (")
    for term in vocabulary.named(Scheme.REGION, name) if name else ():
        if label(region_kind(term.code)) == kind:
            return term.code
    return words.strip()


def as_percentage(value: object) -> str:
    """A share as people write it: 0.61 is 61."""
    try:
        return f"{(Decimal(str(value).replace(',', '.')) * 100).normalize():f}"
    except InvalidOperation:
        return str(value)


def _in_old_order(value: Any, old: Any) -> Any:
    """Ticked boxes come in the order of the list; the first choice is the main one and stays first."""
    if not isinstance(old, list) or not all(isinstance(one, str) for one in (*old, *_items(value))):
        return value
    return sorted(value, key=lambda one: old.index(one) if one in old else len(old))


def _plant(tree: Document, way: list[str], words: str) -> None:
    """Hangs the words into the tree; what came more than once becomes a list."""
    for step in way[:-1]:
        inner = tree.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    known = tree.get(way[-1])
    if known is None:
        tree[way[-1]] = words
    elif isinstance(known, list):
        known.append(words)
    elif isinstance(known, str):
        tree[way[-1]] = [known, words]


def _read(field: fields.Field[Any], found: Any, vocabulary: Vocabulary, aliases: Mapping[str, str]) -> Any:
    if isinstance(field, Several):
        read = [_read(field.inner, item, vocabulary, aliases) for item in _items(found)]
        return [item for item in read if not _is_blank(field.inner, item)]
    if isinstance(field, fields.Nested):
        inner = found if isinstance(found, dict) else {}
        part = {
            str(one.data_key): _read(one, inner.get(str(one.data_key)), vocabulary, aliases)
            for one in field.schema.fields.values()
        }
        return {key: value for key, value in part.items() if value not in ("", [], {}, None)}
    words = found[0] if isinstance(found, list) else found
    if not isinstance(words, str):
        return ""
    if isinstance(field, Share):
        return _as_share(words)
    if isinstance(field, Code) and field.scheme is Scheme.REGION:
        return place_code(words, vocabulary) if words.strip() else ""
    return aliases.get(words.strip(), words) if words.strip() else ""


def _items(found: Any) -> list[Any]:
    """A list that came as ticked boxes, or as rows with a number in their name."""
    if isinstance(found, dict):
        return [found[key] for key in sorted((key for key in found if key.isdigit()), key=int)]
    if isinstance(found, list):
        return found
    return [found] if isinstance(found, str) else []


def _as_share(words: str) -> str:
    try:
        return f"{(Decimal(words.strip().rstrip('%').replace(',', '.')) / 100).normalize():f}"
    except InvalidOperation:
        return words.strip()


def _is_blank(field: fields.Field[Any], found: Any) -> bool:
    """Nothing filled in; a choice that stands on its usual answer counts as nothing."""
    if found in ("", None, [], {}):
        return True
    if not isinstance(field, fields.Nested) or not isinstance(found, dict):
        return False
    schema: Part = field.schema  # type: ignore[assignment]
    return all(
        not value or value == usual_answer(schema.builds, name)
        for name, one in schema.fields.items()
        if (value := found.get(str(one.data_key))) is not None
    )


def usual_answer(part: type, name: str) -> str:
    """What a choice stands on before anybody chose."""
    declared = part.__dataclass_fields__.get(name) if hasattr(part, "__dataclass_fields__") else None
    default = declared.default if declared else ""
    return str(default) if isinstance(default, str) else ""


def _name_studies(part: Document) -> None:
    """A study without a key gets one, so that figures can point at it."""
    studies = part.get("studies", [])
    taken = {study.get("sleutel") for study in studies}
    for number, study in enumerate(studies, 1):
        if not study.get("sleutel"):
            key = next(f"studie-{n}" for n in range(number, MOST_ROWS * 2) if f"studie-{n}" not in taken)
            study["sleutel"] = key
            taken.add(key)


def _walk(document: Any, way: list[str]) -> Any:
    for step in way:
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document
