"""The document of an initiative: what comes in is what goes out, and what is wrong is told at once."""

import json
from dataclasses import fields

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.content import Content
from kb.domain.problems import Invalid
from kb.language.texts import catalogue
from kb.schemas.content import ContentSchema, read_content, write_content
from kb.schemas.documents import parse_yaml
from tests.builders import a_content
from tests.schemas.documents import contents

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
KEYS = [field.data_key for field in ContentSchema().fields.values()]
UNHURRIED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def wrong(vocabulary, **document):
    """The errors by their field, of a document that is right but for these keys."""
    with pytest.raises(Invalid) as caught:
        read_content({"titel": "Techniekroute", "samenvatting": "Route"} | document, vocabulary)
    return {error.field: error for error in caught.value.errors}


@UNHURRIED
@given(data=st.data())
def test_what_is_written_reads_back_the_same(vocabulary, data):
    content = data.draw(contents(vocabulary))
    assert read_content(write_content(content), vocabulary) == content


@UNHURRIED
@given(data=st.data())
def test_a_document_survives_yaml_and_json(vocabulary, data):
    content = data.draw(contents(vocabulary))
    document = write_content(content)
    through_yaml = parse_yaml(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    assert read_content(through_yaml, vocabulary) == content
    assert read_content(json.loads(json.dumps(document)), vocabulary) == content


@UNHURRIED
@given(document=st.dictionaries(st.sampled_from(KEYS), ANY_JSON) | ANY_JSON)
def test_whatever_comes_in_is_a_content_or_a_list_of_errors(vocabulary, document):
    try:
        assert isinstance(read_content(document, vocabulary), Content)
    except Invalid as invalid:
        errors = invalid.errors
    else:
        return
    assert errors
    for error in errors:
        assert error.message % error.values if error.values else error.message


def test_every_field_of_the_domain_has_a_key_in_the_document():
    assert {field.attribute or name for name, field in ContentSchema().fields.items()} == {
        field.name for field in fields(Content)
    }


def test_what_is_empty_is_left_out_and_the_order_is_fixed():
    assert list(write_content(a_content())) == [
        "titel",
        "samenvatting",
        "regios",
        "aanbevelingen",
        "niveaus",
        "organisaties",
        "bronnen",
    ]


def test_an_unknown_field_is_refused_with_the_one_that_was_meant(vocabulary):
    error = wrong(vocabulary, regio=["AM05"])["regio"]
    assert error.values["near"] == "regios"


def test_an_unknown_term_is_refused_with_those_that_look_like_it(vocabulary):
    error = wrong(vocabulary, sectoren=["bouw"])["sectoren.0"]
    assert error.values == {"value": "bouw", "scheme": "sector", "near": "bouw-infra (Bouw en infra)"}


def test_all_errors_are_told_at_once(vocabulary):
    errors = wrong(
        vocabulary,
        titel="",
        aanbevelingen=[3, 9],
        bronnen=[{"titel": "Bron", "adres": "javascript:alert(1)"}, "bron"],
        metingen=[
            {"omschrijving": "Deelnemers", "woorden": "20", "studie": "onbekend", "soort": "resultaat"}
        ],
        studies=[{"sleutel": "a", "titel": "Studie", "ontwerp": "rct"}] * 2,
        beginjaar=2021,
        eindjaar=2020,
        kleur="rood",
    )
    assert set(errors) == {
        "titel",
        "aanbevelingen.1",
        "bronnen.0.adres",
        "bronnen.1",
        "metingen.0.studie",
        "metingen.0.soort",
        "studies",
        "beginjaar",
        "kleur",
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("titel", "T" * 201),
        ("titel", "Twee\x00delen"),
        ("titel", "Om\u202egekeerd"),
        ("titel", "Half teken \ud800"),
        ("titel", 12.5),
        ("website", "www.example.org"),
        ("website", "https://user:secret@example.org"),
        ("website", "https://example.org:99999/"),
        ("website", "https://example.org/een twee"),
        ("contactEmail", "geen adres"),
        ("beginjaar", 202),
        ("beginjaar", 2020.5),
        ("beginjaar", True),
        ("actief", "ja"),
        ("actief", ["actief"]),
        ("regios", "AM05"),
        ("regios", ["AM99"]),
        ("fase", "bijna"),
        ("onderdeelVan", "Twee Woorden"),
        ("bronnen", {"titel": "Bron"}),
        ("onderbouwing", "Omdat"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(vocabulary, key, value):
    assert {field.split(".")[0] for field in wrong(vocabulary, **{key: value})} == {key}


@pytest.mark.parametrize(
    ("meting", "key"),
    [
        ({"waarde": float("nan")}, "waarde"),
        ({"waarde": float("inf")}, "waarde"),
        ({"waarde": 120, "eenheid": "procent"}, "waarde"),
        ({"waarde": -1, "indicator": "uitval"}, "waarde"),
        ({"teller": 12, "noemer": 10}, "teller"),
        ({"respons": 60}, "respons"),
        ({"aantal": -1}, "aantal"),
        ({"spreiding": -0.1}, "spreiding"),
        ({"onafhankelijk": "misschien"}, "onafhankelijk"),
        ({"bronadres": "bron"}, "bronadres"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(vocabulary, meting, key):
    measurement = {"omschrijving": "Deelnemers", "woorden": "20"} | meting
    assert set(wrong(vocabulary, metingen=[measurement])) == {f"metingen.0.{key}"}


@pytest.mark.parametrize(
    ("effect", "key"),
    [
        ({"gevallenDeelnemers": 31, "aantalDeelnemers": 30}, "gevallenDeelnemers"),
        ({"gevallenVergelijking": 2, "aantalVergelijking": 1}, "gevallenVergelijking"),
        ({"schatting": 0.3, "ondergrens": 0.1, "bovengrens": 0.2}, "schatting"),
        ({"schatting": 0.0, "ondergrens": 0.1, "bovengrens": 0.2}, "ondergrens"),
        ({"schatting": 0.1, "ondergrens": 0.05}, "bovengrens"),
        ({"schatting": 12}, "schatting"),
    ],
)
def test_an_effect_that_cannot_be_is_refused(vocabulary, effect, key):
    study = {"sleutel": "a", "titel": "Studie", "ontwerp": "rct"}
    study["effecten"] = [{"indicator": "uitval", "maat": "rd"} | effect]
    assert set(wrong(vocabulary, studies=[study])) == {f"studies.0.effecten.0.{key}"}


def test_a_study_cannot_end_before_it_starts_nor_analyse_more_than_were_assigned(vocabulary):
    study = {"sleutel": "a", "titel": "Studie", "ontwerp": "did", "beginjaar": 2020, "eindjaar": 2019}
    study |= {"toegewezenDeelnemers": 10, "onderzochtDeelnemers": 11}
    assert set(wrong(vocabulary, studies=[study])) == {
        "studies.0.beginjaar",
        "studies.0.onderzochtDeelnemers",
    }


def test_growth_of_more_than_a_hundred_percent_has_another_unit(vocabulary):
    measurement = {"omschrijving": "Groei", "woorden": "120", "waarde": 120, "eenheid": "procent groei"}
    content = read_content({"titel": "Groei", "metingen": [measurement]}, vocabulary)
    assert content.measurements[0].value == 120


def test_what_a_person_types_is_cleaned(vocabulary):
    content = read_content(
        {
            "titel": "  Techniek\n route ",
            "samenvatting": "Een\r\n\r\ntwee ",
            "aanbevelingen": [3, "3"],
            "beginjaar": "2020",
            "eindjaar": "",
            "gebied": None,
        },
        vocabulary,
    )
    assert content.title == "Techniek route"
    assert content.summary == "Een\n\ntwee"
    assert content.recommendations == ("3",)
    assert (content.start_year, content.end_year, content.area) == (2020, None, "")


def test_the_messages_have_their_dutch_text(vocabulary):
    errors = wrong(vocabulary, regio=[], sectoren=["x"], website="x", beginjaar="x", bronnen=3, titel="a")
    for error in errors.values():
        assert error.message in catalogue("nl")
