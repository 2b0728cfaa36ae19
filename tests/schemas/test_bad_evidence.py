"""Figures that cannot be: refused at their field, in Dutch, with what to do about it."""

import pytest

from kb.domain.problems import Invalid
from kb.language.texts import gettext
from kb.schemas.content import read_content
from kb.schemas.evidence import read_answers, read_comparison, read_estimates
from kb.schemas.exact import read_json

STUDY = {"sleutel": "a", "titel": "Studie", "ontwerp": "rct"}
EFFECT = {"indicator": "uitval", "maat": "rd"}
FIGURE = {"omschrijving": "Deelnemers", "woorden": "20"}


def _told(read, *given) -> dict[str, str]:
    """Every error in Dutch by its field."""
    with pytest.raises(Invalid) as caught:
        read(*given)
    return {error.field: gettext(error.message, **error.values) for error in caught.value.errors}


FIGURES = [
    ({"aantal": -1}, "aantal", "Geef een heel getal van 0 of meer."),
    ({"teller": -5}, "teller", "Geef een heel getal van 0 of meer."),
    ({"teller": 12, "noemer": 10}, "teller", "teller mag niet meer zijn dan noemer."),
    ({"waarde": 140, "eenheid": "procent"}, "waarde", "Een percentage ligt tussen 0 en 100."),
    ({"respons": 1.4}, "respons", "Een aandeel ligt tussen 0 en 100 procent"),
    ({"respons": 140}, "respons", "Een aandeel ligt tussen 0 en 100 procent"),
    ({"waarde": float("nan")}, "waarde", "Laat het leeg als niemand het weet."),
    ({"gemiddelde": float("inf")}, "gemiddelde", "Laat het leeg als niemand het weet."),
    ({"woorden": "streven naar 500"}, "soort", "een doel is nooit een resultaat. Kies hier “doel”."),
    ({"omschrijving": "Doel: 500 deelnemers"}, "soort", "Kies hier “doel”."),
]
EFFECTS = [
    ({"aantalDeelnemers": -5}, "aantalDeelnemers", "Geef een heel getal van 0 of meer."),
    (
        {"gevallenDeelnemers": 31, "aantalDeelnemers": 30},
        "gevallenDeelnemers",
        "gevallenDeelnemers mag niet meer zijn dan aantalDeelnemers.",
    ),
    (
        {"schatting": 0.3, "ondergrens": 0.1, "bovengrens": 0.2},
        "schatting",
        "schatting mag niet meer zijn dan bovengrens.",
    ),
    (
        {"schatting": 0.0, "ondergrens": 0.1, "bovengrens": 0.2},
        "ondergrens",
        "ondergrens mag niet meer zijn dan schatting.",
    ),
    ({"schatting": float("nan")}, "schatting", "Laat het leeg als niemand het weet."),
    ({"schatting": 12}, "schatting", "0,05 is 5 procentpunt"),
    ({"maat": "rr", "schatting": 150}, "schatting", "Een verhouding geeft u als logaritme"),
]
STUDIES = [
    ({"beginjaar": 2021, "eindjaar": 2020}, "beginjaar", "beginjaar mag niet later zijn dan eindjaar."),
    (
        {"toegewezenDeelnemers": 10, "onderzochtDeelnemers": 11},
        "onderzochtDeelnemers",
        "onderzochtDeelnemers mag niet meer zijn dan toegewezenDeelnemers.",
    ),
    ({"respons": 1.4}, "respons", "Een aandeel ligt tussen 0 en 100 procent"),
    ({"eenhedenDeelnemers": -1}, "eenhedenDeelnemers", "Geef een heel getal van 0 of meer."),
]


@pytest.mark.parametrize(("given", "field", "words"), FIGURES)
def test_a_figure_that_cannot_be(vocabulary, given, field, words):
    document = {"titel": "Techniekroute", "metingen": [FIGURE | given]}
    assert words in _told(read_content, document, vocabulary)[f"metingen.0.{field}"]


@pytest.mark.parametrize(("given", "field", "words"), EFFECTS)
def test_an_effect_that_cannot_be(vocabulary, given, field, words):
    document = {"titel": "Techniekroute", "studies": [STUDY | {"effecten": [EFFECT | given]}]}
    assert words in _told(read_content, document, vocabulary)[f"studies.0.effecten.0.{field}"]


@pytest.mark.parametrize(("given", "field", "words"), STUDIES)
def test_a_study_that_cannot_be(vocabulary, given, field, words):
    document = {"titel": "Techniekroute", "studies": [STUDY | given]}
    assert words in _told(read_content, document, vocabulary)[f"studies.0.{field}"]


@pytest.mark.parametrize("words", ["doelgroep bereikt", "boven verwachting", "20 procent; het doel was 15"])
def test_a_result_may_speak_of_a_target(vocabulary, words):
    document = {"titel": "Techniekroute", "metingen": [FIGURE | {"woorden": words}]}
    assert read_content(document, vocabulary).measurements[0].words == words


def test_a_target_may_say_that_it_is_one(vocabulary):
    figure = FIGURE | {"woorden": "streven naar 500", "soort": "doel"}
    assert read_content({"titel": "Techniekroute", "metingen": [figure]}, vocabulary).measurements


ONE = {"described": True, "theory": True, "today_year": 2026}


@pytest.mark.parametrize(
    ("study", "field", "words"),
    [
        ({"n_t": -5}, "n_t", "-5 ligt niet tussen 0 en"),
        ({"n_t": 20, "events_min": 21}, "events_min", "events_min mag niet meer zijn dan n_t."),
        ({"response": 140}, "response", "140 ligt niet tussen 0 en 1."),
        ({"ci": [0.2, 0.1]}, "ci", "De ondergrens (0.2) ligt boven de bovengrens (0.1)."),
        ({"followup_months": -1}, "followup_months", "-1 ligt niet tussen 0 en"),
        ({"design": "loting"}, "design", "loting is niet een van: rct, cluster_rct"),
    ],
)
def test_answers_that_cannot_be(study, field, words):
    told = _told(read_answers, {**ONE, "studies": [{"design": "rct", **study}]})
    assert words in told[f"studies.0.{field}"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"n1": -4}, "n1", "-4 ligt niet tussen 1 en"),
        ({"a": 31}, "a", "a mag niet meer zijn dan n1."),
        ({"c": 2.5}, "c", "2.5 is geen heel getal."),
    ],
)
def test_groups_that_cannot_be(changes, field, words):
    assert (
        words
        in _told(read_comparison, {"measure": "rd", "a": 3, "n1": 30, "c": 1, "n2": 30, **changes})[field]
    )


def test_a_variance_of_nothing_and_what_is_no_number():
    told = _told(read_estimates, {"yi": [0.1, 0.2], "vi": [-1, 0.1], "method": "REML"})
    assert told["vi.0"] == "Een variantie moet groter zijn dan nul."
    assert _told(read_json, '{"yi": [NaN]}')["document"] == "NaN is geen getal."


def test_an_interval_that_does_not_hold_its_estimate():
    pool = {"ci": [0.0, 0.1], "pi": [0.2, 0.3], "sesoi": 0.03}
    told = _told(read_answers, {**ONE, "studies": [], "pool": pool})
    assert "In dit interval ligt de schatting niet" in told["pool.pi"]
