"""Files of initiatives in the import format: one YAML file with a list, or a folder of these."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.domain.content import Approach, Content
from kb.domain.problems import FieldError, Invalid, Problem
from kb.domain.terms import Vocabulary
from kb.language.texts import mark as _
from kb.schemas.approaches import read_approach
from kb.schemas.complaints import shown
from kb.schemas.content import read_content
from kb.schemas.documents import Unreadable, parse_yaml, read_text
from kb.schemas.fields import SLUG


@dataclass(frozen=True, slots=True)
class SeedRecord:
    """One initiative of a file; `source_key` is its name at the source, by which a second load finds it."""

    slug: str
    source_key: str
    content: Content
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class RecordError:
    """What is wrong with one field; `number` counts records from 1 and is 0 for the file as a whole."""

    file: str
    number: int
    record: str
    error: FieldError


class InvalidSeed(Problem):
    """One or more files do not fit the format; nothing of them was loaded."""

    def __init__(self, errors: tuple[RecordError, ...]) -> None:
        lines = (f"{e.file} {e.number} {e.record} {e.error.field}: {e.error.message}" for e in errors)
        super().__init__("; ".join(lines))
        self.errors = errors


def read_seed(place: Path, vocabulary: Vocabulary) -> list[SeedRecord]:
    """Every initiative in the file or folder; raises InvalidSeed with all errors of all files."""
    records: list[SeedRecord] = []
    errors: list[RecordError] = []
    for path in _files(place):
        for number, document in _documents(path, errors):
            record = _read_record(path.name, number, document, vocabulary, errors)
            if record:
                records.append(record)
    errors += _twice(records)
    if errors:
        raise InvalidSeed(tuple(errors))
    return records


def read_approaches(path: Path) -> list[Approach]:
    """The approaches in the file; raises InvalidSeed with all errors."""
    approaches: list[Approach] = []
    errors: list[RecordError] = []
    for number, document in _documents(path, errors):
        try:
            approaches.append(read_approach(document))
        except Invalid as invalid:
            errors += _of_record(path.name, number, _name(document), invalid.errors)
    if errors:
        raise InvalidSeed(tuple(errors))
    return approaches


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.iterdir() if path.suffix in (".yaml", ".yml"))


def _documents(path: Path, errors: list[RecordError]) -> Iterator[tuple[int, object]]:
    try:
        document = parse_yaml(read_text(path))
    except (OSError, Unreadable) as error:
        errors.append(RecordError(path.name, 0, "", _unreadable(error)))
        return
    if not isinstance(document, list):
        errors.append(RecordError(path.name, 0, "", FieldError("", _("This must be a list."))))
        return
    yield from enumerate(document, start=1)


def _unreadable(error: OSError | Unreadable) -> FieldError:
    if isinstance(error, Unreadable) and error.line:
        message = _("cannot be read at line %(line)s: %(reason)s")
        return FieldError("", message, {"line": error.line, "reason": error.reason})
    return FieldError("", _("cannot be read: %(reason)s"), {"reason": str(error)})


def _read_record(
    file: str, number: int, document: object, vocabulary: Vocabulary, errors: list[RecordError]
) -> SeedRecord | None:
    found = list(_name_errors(document))
    try:
        content = read_content(document, vocabulary)
    except Invalid as invalid:
        found += invalid.errors
    if isinstance(document, Mapping) and not document.get("samenvatting"):
        found.append(FieldError("samenvatting", _("Fill this in.")))
    if found:
        errors += _of_record(file, number, _name(document), found)
        return None
    assert isinstance(document, Mapping)  # noqa: S101 - read_content refuses anything else
    slug = str(document["slug"])
    return SeedRecord(slug, str(document.get("bronsleutel") or slug), content, file, number)


def _name_errors(document: object) -> Iterator[FieldError]:
    if not isinstance(document, Mapping):
        return
    slug = document.get("slug", "")
    if not isinstance(slug, str) or not SLUG.fullmatch(slug) or len(slug) > 100:
        message = _("%(value)s may only have small letters, digits and single hyphens between them.")
        yield FieldError("slug", message, {"value": shown(slug)})
    if not isinstance(document.get("bronsleutel", ""), str | None):
        yield FieldError(
            "bronsleutel", _("This must be text; in a YAML file, put it between quotation marks.")
        )


def _name(document: object) -> str:
    """What people call the record: its slug, or its title."""
    if not isinstance(document, Mapping):
        return ""
    return shown(document.get("slug") or document.get("titel") or "")


def _of_record(file: str, number: int, name: str, found: Iterable[FieldError]) -> Iterator[RecordError]:
    return (RecordError(file, number, name, error) for error in found)


def _twice(records: list[SeedRecord]) -> Iterator[RecordError]:
    seen: set[str] = set()
    for record in records:
        if record.slug in seen:
            error = FieldError("slug", _("The slug %(slug)s occurs more than once."), {"slug": record.slug})
            yield RecordError(record.file, record.number, record.slug, error)
        seen.add(record.slug)
