"""Fields of numbers: whole, with decimals, shares and years. What is not a number never gets in."""

import math
import re
from typing import Any

from marshmallow import fields

from kb.language.texts import mark as _
from kb.schemas.complaints import shown, wrong
from kb.schemas.exactness import types_are_exact
from kb.schemas.fields import BASIC, LARGEST

FIRST_YEAR, LAST_YEAR = 1800, 2100
WRITTEN = re.compile(r"-?\d{1,12}(?:[.,]\d{1,12})?")


class Number(fields.Field[float]):
    """A number between two bounds; in text a comma or a point before the decimals."""

    default_error_messages = BASIC

    def __init__(self, low: float = -LARGEST, high: float = LARGEST, **options: Any) -> None:
        super().__init__(**options)
        self.low = low
        self.high = high

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> float:
        number = _number(value)
        if number is None:
            message = _("%(value)s is not a number. Leave it empty if nobody knows it.")
            raise wrong(message, value=shown(value))
        return self.bounded(number)

    def bounded(self, number: float) -> float:
        if not self.low <= number <= self.high:
            message = _("%(value)s is not between %(low)s and %(high)s.")
            raise wrong(message, value=f"{number:g}", low=f"{self.low:g}", high=f"{self.high:g}")
        return number

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> float | None:
        """A whole number without its decimals, as people write it."""
        return int(value) if isinstance(value, float) and value.is_integer() else value


class Whole(fields.Field[int]):
    """A whole number, by default a count: zero or more."""

    default_error_messages = BASIC

    def __init__(self, low: int = 0, high: int = LARGEST, **options: Any) -> None:
        super().__init__(**options)
        self.low = low
        self.high = high

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> int:
        number = _number(value)
        if number is None or not number.is_integer():
            raise wrong(_("%(value)s is not a whole number."), value=shown(value))
        if number < self.low == 0:
            message = _("%(value)s is less than nothing. Give a whole number of 0 or more.")
            raise wrong(message, value=shown(value))
        if not self.low <= number <= self.high:
            message = _("%(value)s is not between %(low)s and %(high)s.")
            raise wrong(message, value=shown(value), low=str(self.low), high=str(self.high))
        return int(number)


class Year(Whole):
    def __init__(self, **options: Any) -> None:
        super().__init__(FIRST_YEAR, LAST_YEAR, **options)


class Share(Number):
    """A part of the whole: 0.6 is 60 percent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, 1, **options)

    def bounded(self, number: float) -> float:
        if not self.low <= number <= self.high:
            raise wrong(_("A share lies between 0 and 100 percent; in a file that is 0 to 1."))
        return number


def _number(value: object) -> float | None:
    if isinstance(value, str) and not types_are_exact() and WRITTEN.fullmatch(value.strip()):
        return float(value.strip().replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return float(value) if abs(value) <= LARGEST else math.inf
    return value if math.isfinite(value) else None
