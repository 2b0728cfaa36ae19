import pytest

from kb.search.dutch import Steps, fold, words_of
from kb.search.lexicon import Lexicon
from kb.search.synonyms import Relation
from tests.search.records import LANGUAGE, an_analyser

lexicon = an_analyser().lexicon


@pytest.mark.parametrize(
    "forms",
    [
        "aannemen aangenomen aannam",
        "automatiseren geautomatiseerd automatisering automatiseert",
        "baan banen",
        "bedrijf bedrijven",
        "beginnen begonnen begon begint",
        "beurs beurzen",
        "bouwen bouwt gebouwd bouw",
        "brief brieven",
        "certificaat certificaten",
        "cobot cobots",
        "dag dagen",
        "dak daken",
        "digitaal digitale",
        "docent docenten docente",
        "energie energieen",
        "fablab fablabs",
        "gastles gastlessen",
        "gemeente gemeenten gemeentelijk",
        "geven gegeven gaf geeft",
        "haven havens",
        "helpen geholpen hielp helpt",
        "huis huizen",
        "idee ideeen",
        "initiatief initiatieven",
        "installatie installaties installeren",
        "kiezen gekozen koos kiest",
        "kind kinderen",
        "klas klassen",
        "lasrobot lasrobots",
        "leren leert geleerd",
        "les lessen",
        "loopbaan loopbanen",
        "maakplaats maakplaatsen",
        "mogelijkheid mogelijkheden mogelijk",
        "molen molens",
        "museum musea",
        "oefenen oefening oefende",
        "omscholing omscholen",
        "ontwikkelen ontwikkeld ontwikkelt ontwikkeling",
        "opleiden opgeleid opleiding opleidingen",
        "opleiden opleidt opleidde",
        "oud oude",
        "prijs prijzen",
        "reis reizen",
        "samenwerken samengewerkt samenwerking",
        "school scholen",
        "schrijven geschreven schreef schrijft",
        "sector sectoren",
        "sensor sensoren",
        "sociaal sociale",
        "stad steden",
        "technicus technici",
        "technisch technische",
        "thema themas",
        "timmerman timmerlieden",
        "training trainingen",
        "vaardigheid vaardigheden",
        "vakman vakmensen vaklieden",
        "verdienen verdiend verdient",
        "verduurzamen verduurzaamd verduurzaming",
        "vinden gevonden vindt",
        "volwassene volwassenen",
        "vrouw vrouwen",
        "werken werkt werkte gewerkt werkend",
        "werven geworven werving",
        "wijk wijken",
        "windmolen windmolens",
        "wonen woning woont",
        "zonnepaneel zonnepanelen",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({lexicon.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "gezond zon",
        "scholing school",
        "kans kan",
        "plaats plaat",
        "gegevens geven",
        "gemeente meen",
        "last las",
        "markt mark",
        "plant plan",
        "verband verbannen",
        "bekend beken",
        "waarde waar",
        "kast kas",
        "molen mol",
        "jongen jong",
        "nieuws nieuw",
        "beurs beuren",
        "bestand bestaan",
    ],
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
        ("harderwijk", ""),
        ("heerenveen", ""),
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


def test_a_term_has_one_group_of_equals_and_every_group_a_name_of_its_own():
    groups = lexicon.synonyms.groups
    assert len({group.key for group in groups}) == len(groups) > 262
    homes: dict[str, set[str]] = {}
    for group in groups:
        for term in group.dutch if group.relation is Relation.EQUAL else ():
            homes.setdefault(fold(term), set()).add(group.key)
    assert {term: keys for term, keys in homes.items() if len(keys) > 1} == {}
