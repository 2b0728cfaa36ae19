"""Dates, numbers and lists in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kb.language import formats
from kb.language.texts import speaking

SUMMER_NIGHT = datetime(2025, 6, 30, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "show", "shown"),
    [
        ("nl", lambda: formats.number(1234567), "1.234.567"),
        ("en", lambda: formats.number(1234567), "1,234,567"),
        ("nl", lambda: formats.number(0.125), "0,125"),
        ("nl", lambda: formats.number(2, digits=1), "2,0"),
        ("nl", lambda: formats.percent(0.425, digits=1), "42,5%"),
        ("en", lambda: formats.percent(0.425, digits=1), "42.5%"),
        ("nl", lambda: formats.percent(Decimal("0.07")), "7%"),
        ("nl", lambda: formats.money(1250000), "€\xa01.250.000"),
        ("en", lambda: formats.money(1250000), "€1,250,000"),
        ("nl", lambda: formats.money(Decimal("12.50")), "€\xa012,50"),
        ("nl", lambda: formats.day(date(2025, 3, 4)), "4 maart 2025"),
        ("en", lambda: formats.day(date(2025, 3, 4)), "4 March 2025"),
        ("nl", lambda: formats.short_day(date(2025, 3, 4)), "4-3-2025"),
        ("en", lambda: formats.short_day(date(2025, 3, 4)), "4/3/2025"),
        ("nl", lambda: formats.month(date(2025, 3, 1)), "maart 2025"),
        ("nl", lambda: formats.listing(["mbo", "hbo", "wo"]), "mbo, hbo en wo"),
        ("en", lambda: formats.listing(["mbo", "hbo", "wo"]), "mbo, hbo and wo"),
        ("nl", lambda: formats.listing(["mbo", "hbo"], joined_by_or=True), "mbo of hbo"),
        ("nl", lambda: formats.listing([]), ""),
    ],
)
def test_a_value_is_written_as_the_reader_does(language, show, shown):
    with speaking(language):
        assert show() == shown


@pytest.mark.parametrize(
    ("start", "end", "dutch", "english"),
    [
        (2019, 2023, "2019–2023", "2019–2023"),
        (2019, 2019, "2019", "2019"),
        (2019, None, "sinds 2019", "since 2019"),
        (None, 2023, "tot en met 2023", "up to 2023"),
        (None, None, "", ""),
        (date(2019, 3, 1), 2023, "1 maart 2019 – 2023", "1 March 2019 – 2023"),
    ],
)
def test_a_period_says_what_is_known(start, end, dutch, english):
    assert formats.period(start, end) == dutch
    with speaking("en"):
        assert formats.period(start, end) == english


def test_a_time_is_shown_in_dutch_time():
    assert formats.moment(SUMMER_NIGHT) == "1 juli 2025, 00:30"
    assert formats.day(SUMMER_NIGHT) == "1 juli 2025"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2025, 6, 30, 22, 30))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2025-02-10", "10 februari 2025"),
        ("2019-07", "juli 2019"),
        ("2019", "2019"),
        ("2019-13", "2019-13"),
        ("najaar 2019", "najaar 2019"),
        ("", ""),
    ],
)
def test_the_date_of_a_source_is_shown_as_far_as_it_is_known(written, shown):
    assert formats.rough_day(written) == shown
