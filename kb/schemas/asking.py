"""What may be asked of a collection: a page, an order, some keys, and choices that narrow it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from kb.domain.problems import FieldError, Invalid
from kb.domain.search import DEFAULT_PER_PAGE, MAX_PAGE, MAX_PER_PAGE
from kb.language.texts import mark as _
from kb.schemas.complaints import Complaint, field_errors, shown, wrong
from kb.schemas.resources.base import Resource

TWICE = _("Give this parameter once.")
NO_PARAMETER = _("There is no such parameter.")
PAGE, PER_PAGE, FIELDS, SORT = "pagina", "perPagina", "velden", "sorteer"


@dataclass(frozen=True, slots=True)
class Collection:
    """Many things of one kind. `sorts` are keys to sort by, `filters` the parameters that narrow it."""

    path: str
    member: type[Resource]
    sorts: tuple[str, ...] = ()
    filters: Mapping[str, fields.Field[Any]] | None = None

    def parameters(self) -> Schema:
        """The schema of the query."""
        asked: dict[str, fields.Field[Any]] = {
            "page": Count(MAX_PAGE, data_key=PAGE, load_default=1),
            "per_page": Count(MAX_PER_PAGE, data_key=PER_PAGE, load_default=DEFAULT_PER_PAGE),
            "keys": Names(self.member.keys(), data_key=FIELDS, load_default=()),
        }
        if self.sorts:
            orders = (*self.sorts, *(f"-{name}" for name in self.sorts))
            asked["sort"] = Word(orders, data_key=SORT, load_default="")
        return _Query.from_dict({**asked, **(self.filters or {})})()


class _Query(Schema):
    error_messages = {"unknown": NO_PARAMETER}  # noqa: RUF012

    class Meta:
        unknown = RAISE


class Count(fields.Field[int]):
    """A whole number from 1, as an address spells it."""

    def __init__(self, high: int, **options: Any) -> None:
        super().__init__(**options)
        self.high = high

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> int:
        is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
        if not is_number or not 1 <= int(value) <= self.high:
            raise wrong(_("Give a whole number from %(low)s to %(high)s."), low=1, high=self.high)
        return int(value)


class Word(fields.Field[str]):
    """One of a few words, spelled as it is."""

    def __init__(self, options: Iterable[str], **more: Any) -> None:
        super().__init__(**more)
        self.options = tuple(options)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        if value not in self.options:
            options = ", ".join(self.options)
            raise wrong(_("%(value)s is not one of: %(options)s."), value=shown(value), options=options)
        return str(value)


class Names(fields.Field[tuple[str, ...]]):
    """Some of these names with commas between them."""

    def __init__(self, options: Iterable[str], **more: Any) -> None:
        super().__init__(**more)
        self.options = tuple(options)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> tuple[str, ...]:
        names = str(value).split(",")
        unknown = [name for name in names if name not in self.options]
        if unknown:
            options = ", ".join(self.options)
            message = _("%(value)s is not one of: %(options)s.")
            raise wrong(message, value=shown(unknown[0]), options=options)
        return tuple(dict.fromkeys(names))


def twice(names: Iterable[str]) -> ValidationError:
    """The error for parameters that may stand once in an address and stand there more often."""
    return ValidationError({shown(name): [Complaint(TWICE, {})] for name in names})


def read_keys(values: list[str], options: Iterable[str]) -> tuple[str, ...]:
    """The keys in the parameter, none when it is not there; raises Invalid."""
    try:
        if len(values) > 1:
            raise wrong(TWICE)
        found: tuple[str, ...] = Names(options).deserialize(values[0]) if values else ()
    except ValidationError as error:
        raise Invalid(tuple(field_errors(error.messages, FIELDS))) from None
    return found


def refuse_unknown(names: Iterable[str]) -> None:
    """Raises Invalid for parameters that there are not."""
    errors = tuple(FieldError(shown(name), NO_PARAMETER) for name in names)
    if errors:
        raise Invalid(errors)
