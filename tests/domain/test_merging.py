"""Two initiatives that are one: what stays, what comes along, what is kept of both."""

from dataclasses import replace

from kb.domain.content import Measurement, Study
from kb.domain.evidence import Design
from kb.domain.merging import Take, field_choices, merged, under_one_name
from tests.builders import a_content

STAYS = a_content("Techniekroute", goal="Kennismaken", regions=("AM05",))
GOES = a_content("Route Techniek", goal="", lessons="Begin klein", regions=("AM05", "GM0153"))


def test_what_both_say_alike_or_the_other_does_not_say_is_no_choice():
    assert [choice.field for choice in field_choices(STAYS, GOES)] == ["title", "lessons", "regions"]


def test_without_a_choice_texts_stay_empty_ones_are_filled_and_lists_come_together():
    result = merged(STAYS, GOES, {})
    assert (result.title, result.goal, result.lessons) == ("Techniekroute", "Kennismaken", "Begin klein")
    assert result.regions == ("AM05", "GM0153")


def test_a_choice_for_a_field_counts():
    result = merged(STAYS, GOES, {"title": Take.COMES, "lessons": Take.STAYS, "regions": Take.STAYS})
    assert (result.title, result.lessons, result.regions) == ("Route Techniek", "", ("AM05",))


def test_a_choice_that_makes_no_sense_for_a_text_changes_nothing():
    assert merged(STAYS, GOES, {"title": Take.BOTH}).title == "Techniekroute"


def test_two_studies_under_one_key_stay_two_and_keep_their_figures():
    here = replace(STAYS, studies=(Study("studie-1", "Onze", Design.POSTONLY),))
    there = replace(
        GOES,
        studies=(Study("studie-1", "Hunne", Design.RCT), Study("studie-1-2", "Meer", Design.POSTONLY)),
        measurements=(Measurement("Instroom", "20", study="studie-1"),),
    )
    result = merged(here, there, {})
    assert len({study.key for study in result.studies}) == 3
    theirs = next(study for study in result.studies if study.title == "Hunne")
    assert result.measurements[0].study == theirs.key


def test_a_figure_that_comes_without_its_study_points_at_none():
    there = replace(
        GOES,
        studies=(Study("s", "Hunne", Design.RCT),),
        measurements=(Measurement("Instroom", "20", study="s"),),
    )
    result = merged(STAYS, there, {"studies": Take.STAYS})
    assert result.measurements[0].study == ""


def test_an_approach_counts_once_under_the_name_that_stands():
    content = a_content(approaches=("oud", "nieuw", "anders"))
    assert under_one_name(content, {"oud": "nieuw"}).approaches == ("nieuw", "anders")
