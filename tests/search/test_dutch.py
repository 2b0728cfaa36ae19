import pytest

from kb.search.dutch import Steps, fold, words_of
from kb.search.lexicon import Lexicon
from tests.search.records import LANGUAGE, an_analyser

lexicon = an_analyser().lexicon


@pytest.mark.parametrize(
    "forms",
    [
        "bedrijf bedrijven",
        "brief brieven",
        "cobot cobots",
        "docent docenten docente",
        "fablab fablabs",
        "gemeente gemeenten gemeentelijk",
        "huis huizen",
        "initiatief initiatieven",
        "installatie installaties installeren",
        "kind kinderen",
        "lasrobot lasrobots",
        "leren leert geleerd",
        "mogelijkheid mogelijkheden mogelijk",
        "museum musea",
        "omscholing omscholen",
        "opleiden opgeleid opleiding opleidingen",
        "reis reizen",
        "school scholen",
        "stad steden",
        "technicus technici",
        "timmerman timmerlieden",
        "training trainingen",
        "vakman vakmensen vaklieden",
        "vrouw vrouwen",
        "wijk wijken",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({lexicon.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words", ["gezond zon", "scholing school", "kans kan", "plaats plaat", "gegevens geven", "gemeente meen"]
)
def test_words_that_only_look_alike_keep_their_own_stem(words):
    one, other = words.split()
    assert lexicon.stem(one) != lexicon.stem(other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("techniekonderwijs", "techniek onderwijs"),
        ("arbeidsmarktregio", "arbeidsmarkt regio"),
        ("taalachterstand", "taal achterstand"),
        ("lasrobot", "las robot"),
        ("netbeheerders", "net beheerders"),
        ("krimpregio", "krimp regio"),
        ("werknaarwerktraject", "werk naar werk traject"),
        ("onderwijs", ""),
        ("technologie", ""),
        ("bibliotheek", ""),
        ("x" * 200, ""),
    ],
)
def test_compounds_come_apart_and_other_words_do_not(compound, parts):
    assert " ".join(lexicon.dictionary.parts(compound)) == parts


def test_a_chain_of_pieces_is_also_one_word():
    words = list(words_of("zij-instroom en regio's"))
    assert [(w.text, w.joined) for w in words] == [
        ("zij", "zijinstroom"),
        ("instroom", ""),
        ("en", ""),
        ("regio", "regios"),
        ("s", ""),
    ]


def test_words_keep_their_place_in_a_text_with_accents():
    text = "De Bètagirls in Fryslân"
    assert [text[w.start : w.end] for w in words_of(text)] == ["De", "Bètagirls", "in", "Fryslân"]
    assert [w.text for w in words_of(text)] == ["de", "betagirls", "in", "fryslan"]
    assert fold("Ĳsselmeer ﬁets") == "ijsselmeer fiets"


def test_each_step_can_be_switched_off():
    assert Lexicon(LANGUAGE, Steps(stems=False)).stem("bedrijven") == "bedrijven"
    assert Lexicon(LANGUAGE, Steps(joins=False)).stem("gezond") == "zon"
    assert Lexicon(LANGUAGE, Steps(compounds=False)).parts("techniekonderwijs") == ()
    assert Lexicon(LANGUAGE, Steps(synonyms=False)).synonyms.groups == ()
    assert Lexicon(LANGUAGE, Steps(english=False)).translations("girls") == ()


def test_another_step_makes_another_index():
    assert Lexicon(LANGUAGE, Steps(stems=False)).fingerprint != lexicon.fingerprint


def test_synonyms_are_found_as_units_of_words():
    stems = lexicon.unit("een beroepsbegeleidende leerweg in Twente")
    assert "bbl" in {spotted.group.key for spotted in lexicon.synonyms.spot(stems)}
    assert "bbl" not in {spotted.group.key for spotted in lexicon.synonyms.spot(lexicon.unit("een leerweg"))}


def test_short_terms_count_as_whole_words_only():
    assert lexicon.synonyms.of_part(lexicon.stem("po")) == ()
    assert lexicon.synonyms.of_part(lexicon.stem("techniek"))
