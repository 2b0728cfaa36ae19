"""A coordinator's own spreadsheet: columns are recognised, good rows become drafts, the rest is told."""

from dataclasses import replace

import pytest

from kb.domain.imports import Stage
from kb.domain.problems import Conflict, NotFound
from kb.domain.workflow import Role
from kb.exchange.mapping import changed
from kb.services import drafting, tending
from kb.services.importing import runs, stepping
from kb.storage.audit import broken_links
from kb.storage.initiatives import published_by_slug
from tests.importing.conftest import a_person, apply, check, counts, rows, undo, workbook

HEADINGS = [
    "Nr",
    "Naam initiatief",
    "Omschrijving",
    "Gemeente",
    "Organisatie",
    "Website",
    "Startjaar",
    "Niveau",
    "Aanbeveling",
]
TECHLAB = [
    1,
    "Techlab Enschede",
    "Kinderen maken iets.",
    "Enschede",
    "Stichting Techlab",
    "www.techlab.example.org",
    2021,
    "Primair onderwijs",
    3,
]
ROBOTS = [
    2,
    "Robotdag",
    "Een dag met robots.",
    "Hengelo",
    "ROC van Twente",
    "https://roc.example.org",
    2019,
    "mbo",
    "4; 3",
]


def sheet(*lines: list[object]) -> bytes:
    return workbook([["Overzicht van onze projecten"], [], HEADINGS, *lines])


def drafts_of(runtime, person) -> dict[str, object]:
    with runtime.work() as work:
        return {one.slug: one for one in tending.desk(work, person).drafts}


def errors_of(runtime, person, key) -> list[tuple[int, str, str]]:
    """Row, column and message id of everything that is wrong."""
    return [
        (error["row"], error["column"], error["message"])
        for row in rows(runtime, person, key)
        for error in row.notes["errors"]
    ]


def test_good_rows_become_drafts_with_everything_in_its_place(runtime, anne):
    key = check(runtime, anne, sheet(TECHLAB, ROBOTS))
    assert counts(runtime, anne, key) == {"nieuw": 2}
    assert drafts_of(runtime, anne) == {}
    apply(runtime, anne, key)
    drafts = drafts_of(runtime, anne)
    assert set(drafts) == {"techlab-enschede", "robotdag"}
    content = drafts["techlab-enschede"].content
    assert content.regions == ("GM0153",)
    assert (content.lead, content.url, content.start_year) == (
        "Stichting Techlab",
        "https://www.techlab.example.org",
        2021,
    )
    assert (content.levels, content.recommendations) == (("po",), ("3",))
    assert drafts["robotdag"].content.recommendations == ("4", "3")
    assert not any(draft.is_public for draft in drafts.values())


def test_the_same_file_twice_changes_nothing(runtime, anne):
    data = sheet(TECHLAB, ROBOTS)
    apply(runtime, anne, check(runtime, anne, data))
    assert counts(runtime, anne, check(runtime, anne, data)) == {"gelijk": 2}


def test_without_a_reference_title_and_place_tell_what_is_the_same(runtime, anne):
    lines = [line[1:] for line in (TECHLAB, ROBOTS)]
    data = workbook([HEADINGS[1:], *lines])
    apply(runtime, anne, check(runtime, anne, data))
    assert counts(runtime, anne, check(runtime, anne, data)) == {"gelijk": 2}
    elsewhere = [*lines[0][:2], "Almelo", *lines[0][3:]]
    assert counts(runtime, anne, check(runtime, anne, workbook([HEADINGS[1:], elsewhere]))) == {"nieuw": 1}


def test_an_empty_cell_of_an_own_spreadsheet_leaves_what_is_known(runtime, anne):
    apply(runtime, anne, check(runtime, anne, sheet(TECHLAB)))
    bare = [1, "Techlab Enschede", "Kinderen maken nu iets anders.", *[None] * 6]
    key = check(runtime, anne, sheet(bare))
    assert counts(runtime, anne, key) == {"gewijzigd": 1}
    apply(runtime, anne, key)
    content = drafts_of(runtime, anne)["techlab-enschede"].content
    assert (content.summary, content.start_year, content.lead) == (
        "Kinderen maken nu iets anders.",
        2021,
        "Stichting Techlab",
    )


def test_each_error_has_its_row_and_column_and_good_rows_go_on(runtime, anne):
    wrong = [3, "Lab", "x", "Hengelo", "Iemand", "geen adres", 20211, "mbo", 9]
    nameless = [4, None, "Zonder naam", "Hengelo", "Iemand", None, None, None, None]
    key = check(runtime, anne, sheet(TECHLAB, wrong, nameless))
    assert counts(runtime, anne, key) == {"nieuw": 1, "fout": 2}
    found = [(row, column) for row, column, _message in errors_of(runtime, anne, key)]
    assert found == [(5, "F"), (5, "G"), (5, "I"), (6, "B")]
    apply(runtime, anne, key)
    assert set(drafts_of(runtime, anne)) == {"techlab-enschede"}


def test_a_row_outside_the_own_regions_is_refused_with_the_reason(runtime, anne):
    far = [*TECHLAB[:3], "Maastricht", *TECHLAB[4:]]
    key = check(runtime, anne, sheet(far))
    assert counts(runtime, anne, key) == {"fout": 1}
    assert errors_of(runtime, anne, key) == [
        (4, "D", "Keep at least one of your own regions, or ask a reviewer to move it.")
    ]


def test_one_initiative_in_two_rows_is_told(runtime, anne):
    key = check(runtime, anne, sheet(TECHLAB, TECHLAB))
    assert counts(runtime, anne, key) == {"nieuw": 1, "fout": 1}
    assert "row" in errors_of(runtime, anne, key)[0][2]


def test_what_looks_like_a_public_initiative_waits_for_a_choice(whole):
    caro = a_person(whole, Role.REVIEWER)
    with whole.work() as work:
        content = published_by_slug(work.session, "mkb-idee").content
    data = workbook(
        [["Titel", "Samenvatting", "Gemeente"], [f"{content.title} nieuw", content.summary, "Enschede"]]
    )
    key = check(whole, caro, data)
    assert counts(whole, caro, key) == {"lijkt": 1}
    assert rows(whole, caro, key)[0].notes["alike"][0] == "mkb-idee"
    apply(whole, caro, key)
    assert drafts_of(whole, caro) == {}
    key = check(whole, caro, data)
    apply(whole, caro, key, with_alike=True)
    assert len(drafts_of(whole, caro)) == 1


def test_an_import_is_taken_back_as_a_whole_and_can_come_again(runtime, anne):
    data = sheet(TECHLAB, ROBOTS)
    key = check(runtime, anne, data)
    apply(runtime, anne, key)
    undo(runtime, anne, key)
    assert drafts_of(runtime, anne) == {}
    with runtime.work() as work:
        overview = runs.look(work, anne, key)
        assert broken_links(work.session) == []
    assert (overview.run.stage, overview.drafts) == (Stage.UNDONE, 0)
    again = check(runtime, anne, data)
    assert counts(runtime, anne, again) == {"nieuw": 2}
    apply(runtime, anne, again)
    assert set(drafts_of(runtime, anne)) == {"techlab-enschede", "robotdag"}


def test_what_somebody_went_on_with_stays_when_an_import_is_taken_back(runtime, anne):

    key = check(runtime, anne, sheet(TECHLAB, ROBOTS))
    apply(runtime, anne, key)
    with runtime.work(writing=True) as work:
        draft = drafting.look(work, anne, "robotdag")
        drafting.edit(
            work, anne, "robotdag", replace(draft.content, goal="Meer robots."), based_on=draft.number
        )
    undo(runtime, anne, key)
    assert set(drafts_of(runtime, anne)) == {"robotdag"}
    with runtime.work() as work:
        assert runs.look(work, anne, key).drafts == 1


def test_a_change_since_the_check_is_not_written_over(runtime, anne, caro):

    apply(runtime, anne, check(runtime, anne, sheet(TECHLAB)))
    other = [*TECHLAB[:2], "Een andere samenvatting.", *TECHLAB[3:]]
    key = check(runtime, anne, sheet(other))
    with runtime.work(writing=True) as work:
        draft = drafting.look(work, caro, "techlab-enschede")
        drafting.edit(work, caro, draft.slug, replace(draft.content, goal="Van Caro."), based_on=draft.number)
    apply(runtime, anne, key)
    content = drafts_of(runtime, anne)["techlab-enschede"].content
    assert (content.goal, content.summary) == ("Van Caro.", "Kinderen maken iets.")
    assert counts(runtime, anne, key) == {"fout": 1}


def test_names_of_columns_are_remembered_for_the_next_file(runtime, anne):
    data = workbook([["Wat", "Verhaal"], ["Techlab", "Kinderen maken iets."]])
    with runtime.work(writing=True) as work:
        key = runs.receive(work, anne, "eerste.xlsx", data)

    stepping.step(runtime.work, key)
    with runtime.work(writing=True) as work:
        mapping = runs.sheets(work, anne, key)[1]
        assert mapping.sheets[0].targets == ("", "")
        runs.choose(work, anne, key, changed(mapping, "Blad1", ["titel", "samenvatting"]))
    with runtime.work(writing=True) as work:
        second = runs.receive(work, anne, "tweede.xlsx", data)
    stepping.step(runtime.work, second)
    with runtime.work() as work:
        assert runs.sheets(work, anne, second)[1].sheets[0].targets == ("titel", "samenvatting")


def test_an_import_belongs_to_who_sent_it(runtime, anne, caro):

    key = check(runtime, anne, sheet(TECHLAB))
    with runtime.work() as work, pytest.raises(NotFound):
        runs.look(work, caro, key)


def test_applying_twice_makes_no_second_set(runtime, anne):

    key = check(runtime, anne, sheet(TECHLAB))
    apply(runtime, anne, key)
    with pytest.raises(Conflict):
        apply(runtime, anne, key)
    assert len(drafts_of(runtime, anne)) == 1


def test_lists_on_other_sheets_belong_to_the_row_they_name(runtime, anne):
    sheets = {
        "Initiatieven": [["Kenmerk", "Titel", "Gemeente"], ["A1", "Techlab", "Enschede"]],
        "Metingen": [
            ["Kenmerk", "omschrijving", "woorden", "soort", "waarde"],
            ["A1", "Leerlingen", "ruim 200", "Bereik", 200],
            ["A1", "Kiezen techniek", "24 procent", "uitkomst", 24],
            ["B9", "Van niemand", "1", "bereik", 1],
        ],
    }
    sheets["Cijfers"] = sheets.pop("Metingen")
    key = check(runtime, anne, workbook(sheets))
    assert counts(runtime, anne, key) == {"nieuw": 1, "fout": 1}
    apply(runtime, anne, key)
    measured = drafts_of(runtime, anne)["techlab"].content.measurements
    assert [(m.label, m.value, m.kind.value) for m in measured] == [
        ("Leerlingen", 200.0, "bereik"),
        ("Kiezen techniek", 24.0, "uitkomst"),
    ]
    assert counts(runtime, anne, check(runtime, anne, workbook(sheets))) == {"gelijk": 1, "fout": 1}
