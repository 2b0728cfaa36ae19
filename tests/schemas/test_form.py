"""The form gives back what it was given: nothing that stood in a document is lost by saving it again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kb.domain.content import Content
from kb.domain.problems import Invalid
from kb.paths import asset_dir
from kb.schemas.content import read_content, write_content
from kb.schemas.form import BY_SLUG, SECTIONS, joined, read_section, with_row, without_row
from kb.schemas.questions import Kind, Question, questions
from kb.schemas.seed import read_seed
from tests.builders import a_content


def _sent(asked: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    """What a browser sends when nobody changes anything."""
    for question in asked:
        if question.kind in (Kind.ROWS, Kind.GROUP):
            for row in question.rows:
                yield from _sent(row)
        elif question.kind is Kind.NAMES:
            yield from ((f"{question.path}.{n}", name) for n, name in enumerate(question.values))
        elif question.kind in (Kind.PICK, Kind.CHECKS):
            yield from ((question.path, choice.value) for choice in question.choices if choice.chosen)
        else:
            yield question.path, question.value


def _saved_again(content: Content, vocabulary) -> Content:
    document = write_content(content)
    for section in SECTIONS:
        pairs = list(_sent(questions(section, document, vocabulary, {})))
        document = joined(document, section, read_section(section, pairs, vocabulary, {}))
    return read_content(document, vocabulary)


def _part(slug: str, vocabulary, *pairs: tuple[str, str]):
    return read_section(BY_SLUG[slug], pairs, vocabulary, {})


def test_every_initiative_of_the_research_comes_back_as_it_was(vocabulary):
    records = read_seed(asset_dir("seed_data") / "initiatives", vocabulary)
    assert len(records) > 400
    changed = [
        record.slug for record in records if _saved_again(record.content, vocabulary) != record.content
    ]
    assert changed == []


def test_the_main_recommendation_stays_the_first(vocabulary):
    content = a_content(recommendations=("5", "3"))
    assert _saved_again(content, vocabulary).recommendations == ("5", "3")


def test_what_other_sections_say_stays(vocabulary):
    document = write_content(replace(a_content(), goal="Doel"))
    part = _part("basis", vocabulary, ("titel", "Anders"))
    content = read_content(joined(document, BY_SLUG["basis"], part), vocabulary)
    assert (content.title, content.goal, content.summary) == ("Anders", "Doel", "")


def test_an_empty_row_is_no_row(vocabulary):
    part = _part(
        "resultaten",
        vocabulary,
        ("metingen.0.omschrijving", ""),
        ("metingen.0.soort", "output"),
        ("metingen.3.omschrijving", "Instroom"),
        ("metingen.3.woorden", "20"),
    )
    assert part["metingen"] == [{"omschrijving": "Instroom", "woorden": "20"}]


@pytest.mark.parametrize("words", ["Enschede", "Enschede (gemeente)", "GM0153", " enschede "])
def test_a_place_is_understood_by_its_name(vocabulary, words):
    assert _part("voor-wie-en-waar", vocabulary, ("regios.0", words))["regios"] == ["GM0153"]


def test_a_name_that_two_places_carry_is_told_apart_by_its_kind(vocabulary):
    part = _part(
        "voor-wie-en-waar",
        vocabulary,
        ("regios.0", "Utrecht (provincie)"),
        ("regios.1", "Utrecht (gemeente)"),
    )
    assert part["regios"] == ["PV26", "GM0344"]


def test_a_place_that_nobody_knows_is_an_error_at_its_field_and_stays_in_it(vocabulary):
    part = _part("voor-wie-en-waar", vocabulary, ("regios.0", "Nergenshuizen"))
    document = joined(write_content(a_content()), BY_SLUG["voor-wie-en-waar"], part)
    with pytest.raises(Invalid) as caught:
        read_content(document, vocabulary)
    assert [error.field for error in caught.value.errors] == ["regios.0"]
    asked = questions(BY_SLUG["voor-wie-en-waar"], document, vocabulary, {})
    assert asked[0].values == ("Nergenshuizen",)


def test_percent_on_the_form_is_a_share_in_the_document(vocabulary):
    pairs = (
        ("studies.0.titel", "Onderzoek"),
        ("studies.0.ontwerp", "prepost"),
        ("studies.0.respons", "61,5"),
    )
    (study,) = _part("resultaten", vocabulary, *pairs)["studies"]
    assert (study["respons"], study["sleutel"]) == ("0.615", "studie-1")


def test_rows_come_and_go_inside_rows_too():
    document = {"studies": [{"titel": "A"}, {"titel": "B"}]}
    with_row(document, "studies.1.effecten")
    assert document["studies"][1] == {"titel": "B", "effecten": [{}]}
    without_row(document, "studies.0")
    assert document == {"studies": [{"titel": "B", "effecten": [{}]}]}


@pytest.mark.parametrize(
    "path", ["", "x", "studies.9", "studies.x", "studies.0.titel.0", "....", "studies.-1"]
)
def test_a_forged_row_button_does_nothing_harmful(path):
    document = {"studies": [{"titel": "A"}]}
    assert without_row(with_row(document, path), path)["studies"][0]["titel"] == "A"


@pytest.mark.parametrize(
    "pairs",
    [
        [("titel.0.x", "a"), ("titel", "b")],
        [("titel", "a"), ("titel.0", "b")],
        [("metingen.0", "a"), ("metingen", "b")],
        [("metingen.x.woorden", "a")],
        [("a." * 500, "a")],
        [("titel", "<script>"), ("titel", "b")],
    ],
)
def test_forged_names_of_fields_break_nothing(vocabulary, pairs):
    for section in SECTIONS:
        read_section(section, pairs, vocabulary, {})
