"""What goes out comes back: nothing changes by itself, and twenty cells are twenty changes."""

import pytest

from kb.domain.workflow import Role
from kb.exchange.edition import Edition
from kb.exchange.flat import sheet_columns
from kb.exchange.formats import Format, write
from kb.exchange.headings import sheet_name
from kb.schemas.columns import INITIATIVES, table
from kb.services import exporting
from kb.services.importing.matching import known_by_ids
from kb.storage.bulk_drafts import ids_by_slug
from kb.storage.initiatives import all_published
from tests.importing.conftest import a_person, apply, cells_of, check, counts, rows, undo, workbook


def exported(runtime, wanted: Format, language: str = "nl") -> bytes:
    with exporting.export(runtime.work) as outgoing:
        edition = Edition(
            outgoing.work.vocabulary,
            outgoing.work.now,
            "Bank",
            "https://bank.example.org",
            language,
            approaches=exporting.approach_names(outgoing.work),
        )
        return b"".join(write(wanted, outgoing, edition))


def working(runtime) -> dict[str, object]:
    """The newest version of everything, by address."""
    with runtime.work() as work:
        ids = [kept.id for kept in all_published(work.session)]
        return {known.slug: known.content for known in known_by_ids(work, ids).values()}


@pytest.mark.parametrize("wanted", [Format.XLSX, Format.CSV, Format.EXCEL_CSV, Format.JSON, Format.YAML])
def test_a_file_that_nobody_touched_changes_nothing(whole, wanted):
    caro = a_person(whole, Role.REVIEWER)
    before = exported(whole, wanted)
    key = check(whole, caro, before, f"alles.{wanted}")
    assert counts(whole, caro, key) == {"gelijk": 422}
    assert exported(whole, wanted) == before


def test_an_english_workbook_comes_back_as_well(whole):
    caro = a_person(whole, Role.REVIEWER)
    key = check(whole, caro, exported(whole, Format.XLSX, "en"))
    assert counts(whole, caro, key) == {"gelijk": 422}


# Row, field of the file, what somebody types, and the field of the initiative that changes.
EDITS = [
    (2, "titel", "Een nieuwe titel", "title"),
    (5, "samenvatting", "Een andere samenvatting, door een mens getypt.", "summary"),
    (9, "website", "https://nieuw.example.org/", "url"),
    (14, "beginjaar", 1999, "start_year"),
    (20, "regios", "Enschede (gemeente); Hengelo", "regions"),
    (33, "aanbevelingen", "7; 2", "recommendations"),
    (40, "niveaus", "Voortgezet onderwijs", "levels"),
    (58, "actief", "onbekend", "activity"),
    (60, "fase", "Pilot", "phase"),
    (70, "sectoren", None, "sectors"),
    (80, "gebied", "De Achterhoek", "area"),
    (90, "doelgroepen", "Werkzoekenden", "target_groups"),
    (101, "doel", "Meer monteurs.", "goal"),
    (111, "contactEmail", "info@voorbeeld.example.org", "contact_email"),
    (120, "voorwaarden", "Een lokaal en twee docenten.", "requirements"),
]
OF_LISTS = [
    ("metingen", "woorden", "ongeveer 99", "measurements"),
    ("metingen", "eenheid", "monteurs", "measurements"),
    ("studies", "titel", "Een ander onderzoek", "studies"),
    ("organisaties", "naam", "Een andere organisatie", "organisations"),
    ("bronnen", "titel", "Een andere bron", "sources"),
]


def column_of(key: str, path: str) -> int:
    """Where the field stands on its sheet; on that of a list behind the address and the title."""
    if key == INITIATIVES:
        return [column.key for column in sheet_columns()].index(path)
    return 2 + [column.path for column in table(key).columns].index(path)


def test_it_must_show_1_twenty_edited_cells_are_exactly_twenty_changes(whole):
    caro = a_person(whole, Role.REVIEWER)
    sheets = cells_of(exported(whole, Format.XLSX))
    expected: dict[str, str] = {}
    main = sheets[sheet_name(table(INITIATIVES))]
    for row, path, value, field in EDITS:
        column = column_of(INITIATIVES, path)
        assert main[row][column] != value
        main[row][column] = value
        expected[main[row][0]] = field
    for key, path, value, field in OF_LISTS:
        row = next(row for row in sheets[sheet_name(table(key))][1:] if row[0] not in expected)
        row[column_of(key, path)] = value
        expected[row[0]] = field
    assert len(expected) == 20
    before, public = working(whole), exported(whole, Format.YAML)

    key = check(whole, caro, workbook(sheets))
    assert counts(whole, caro, key) == {"gelijk": 402, "gewijzigd": 20}
    changes = {row.slug: row.notes["changes"] for row in rows(whole, caro, key) if row.notes["changes"]}
    assert changes == {slug: [field] for slug, field in expected.items()}

    apply(whole, caro, key)
    after = working(whole)
    assert {slug for slug in after if after[slug] != before[slug]} == set(expected)
    assert exported(whole, Format.YAML) == public
    with whole.work() as work:
        ids = ids_by_slug(work.session, expected)
        standings = {known.standing.status.value for known in known_by_ids(work, ids.values()).values()}
    assert standings == {"concept"}

    again = check(whole, caro, workbook(sheets))
    assert counts(whole, caro, again) == {"gelijk": 422}

    undo(whole, caro, key)
    assert working(whole) == before
