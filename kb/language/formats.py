"""Dates, numbers, money and lists as the reader writes them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers

from kb.language.texts import gettext as _
from kb.language.texts import language, locale, written

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROUGH_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Number = int | float | Decimal
# Where a period begins or ends: a year or a day.
Edge = int | date


def number(value: Number, *, digits: int | None = None) -> str:
    """`1.234,5` in Dutch; `digits` fixes the number of decimals, else up to three are shown."""
    # Plus nothing: what is just below zero and what is zero are written alike.
    return _decimal(value + 0, None if digits is None else _pattern("#,##0", digits), locale())


def count(n: int) -> str:
    """`1.234`; quick, for pages that show hundreds of them."""
    return written(n, locale())


def percent(share: Number, *, digits: int = 0) -> str:
    """A share of one as a percentage: 0.425 is `42,5%` with one digit."""
    return numbers.format_percent(share, format=_pattern("#,##0", digits) + "%", locale=locale())


def money(amount: Number, currency: str = "EUR") -> str:
    """`€ 1.250.000`; cents only where there are any."""
    digits = 0 if amount == int(amount) else 2
    space = "\xa0" if language() == "nl" else ""
    pattern = f"¤{space}{_pattern('#,##0', digits)}"
    return numbers.format_currency(amount, currency, format=pattern, currency_digits=False, locale=locale())


def day(value: date) -> str:
    """`4 maart 2025`; a moment in time is shown by its day in the Netherlands."""
    return dates.format_date(_local(value), "d MMMM y", locale=locale())


def rough_day(text: str) -> str:
    """A date as a source gives it: `2025-02-10`, `2025-02` or `2025`; anything else stays as it is."""
    found = ROUGH_DAY.fullmatch(text)
    if not found:
        return text
    year, month_number, day_number = (int(part or 1) for part in found.groups())
    try:
        value = date(year, month_number, day_number)
    except ValueError:
        return text
    if found[3]:
        return day(value)
    return month(value) if found[2] else str(year)


def short_day(value: date) -> str:
    """`4-3-2025`, for tables."""
    return dates.format_date(_local(value), "d-M-y" if language() == "nl" else "d/M/y", locale=locale())


def month(value: date) -> str:
    """`maart 2025`."""
    return dates.format_date(_local(value), "MMMM y", locale=locale())


def moment(value: datetime) -> str:
    """`4 maart 2025, 14:30`, in Dutch time."""
    return f"{day(value)}, {clock_time(value)}"


def clock_time(value: datetime) -> str:
    """`14:30`, in Dutch time."""
    return dates.format_time(_amsterdam(value), "HH:mm", tzinfo=AMSTERDAM, locale=locale())


def period(start: Edge | None, end: Edge | None) -> str:
    """`2019–2023`, `sinds 2019`, `tot en met 2023`, or nothing when neither is known."""
    if start is None and end is None:
        return ""
    if start is None and end is not None:
        return _("up to %(end)s", end=_year_or_day(end))
    if end is None and start is not None:
        return _("since %(start)s", start=_year_or_day(start))
    if start == end and start is not None:
        return _year_or_day(start)
    return _joined(start, end)


def listing(items: Iterable[str], *, joined_by_or: bool = False) -> str:
    """`mbo, hbo en wo`."""
    return lists.format_list(list(items), style="or" if joined_by_or else "standard", locale=locale())


def _joined(start: Edge | None, end: Edge | None) -> str:
    if isinstance(start, int) and isinstance(end, int):
        return f"{start}–{end}"
    return " – ".join(_year_or_day(edge) for edge in (start, end) if edge is not None)


def _year_or_day(value: Edge) -> str:
    return str(value) if isinstance(value, int) else day(value)


@lru_cache(maxsize=4_096)
def _decimal(value: Number, pattern: str | None, locale_name: str) -> str:
    """Kept, since a page with a plot of 200 studies writes a thousand, most of them more than once."""
    return str(numbers.format_decimal(value, format=pattern, locale=locale_name))


def _pattern(whole: str, digits: int) -> str:
    return whole + ("." + "0" * digits if digits else "")


def _local(value: date) -> date:
    return _amsterdam(value).date() if isinstance(value, datetime) else value


def _amsterdam(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown; use an aware time in UTC")
    return value.astimezone(AMSTERDAM)
