import pytest

from kb.domain.search import Facet, Search
from kb.domain.suggestions import SuggestionKind
from tests.search.records import a_catalogue, a_record, changes_of

ROBOTS = a_record(
    1,
    "Robots in de klas",
    title_en="Robots in class",
    names="Stichting Robotica",
    organisatie="stichting-robotica",
    regio="GM0153",
    sector="bouw-infra",
)


def labels(catalogue, typed, language="nl", **filters):
    return [each.label for each in catalogue.suggest(Search(words=typed, **filters), language)]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("ensch", ["Enschede"]),
        ("robots in", ["Robots in de klas"]),
        ("robto", ["Robots in de klas", "Stichting Robotica"]),
        ("stich rob", ["Stichting Robotica"]),
        ("klas rob", ["Robots in de klas"]),
        ("twnete", ["Twente"]),
        ("twne", ["Twente"]),
        ("BOUW", ["Bouw en infra"]),
        ("x", []),
        ("", []),
        ("!?", []),
        ("*" * 500, []),
        ("zzzz zzzz", []),
    ],
)
def test_suggestions_begin_like_what_is_typed(tmp_path, typed, suggested):
    assert labels(a_catalogue(tmp_path, [ROBOTS]), typed) == suggested


def test_kinds_stand_together_and_each_gets_its_share(tmp_path):
    records = [
        a_record(n, f"Twente {n}", regio="GM0153", names=f"Twente Bouw {n}", organisatie=f"twente-bouw-{n}")
        for n in range(1, 20)
    ]
    found = a_catalogue(tmp_path, records).suggest(Search(words="twente"), limit=9)
    kinds = [each.kind for each in found]
    assert kinds == sorted(kinds, key=list(SuggestionKind).index)
    assert {kind: kinds.count(kind) for kind in SuggestionKind} == {
        SuggestionKind.TITLE: 4,
        SuggestionKind.ORGANISATION: 4,
        SuggestionKind.PLACE: 1,
        SuggestionKind.THEME: 0,
    }


def test_a_word_with_a_hyphen_is_met_in_pieces_and_as_one(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Zij-instroom nu")])
    for typed in ("zij-in", "zijin", "instr"):
        assert labels(catalogue, typed) == ["Zij-instroom nu"]


def test_what_was_met_by_another_name_says_which(tmp_path):
    (mbo,) = a_catalogue(tmp_path, [a_record(1, niveau="mbo")]).suggest(Search(words="roc"))
    assert (mbo.label, mbo.met_by) == ("mbo", "roc")


def test_english_readers_get_english_names(tmp_path):
    catalogue = a_catalogue(tmp_path, [ROBOTS])
    assert labels(catalogue, "robots", "en") == ["Robots in class"]
    assert labels(catalogue, "constr", "en") == ["Construction"]


def test_a_suggestion_counts_what_choosing_it_gives(tmp_path):
    records = [
        a_record(1, "Lassen", regio="GM0153"),
        a_record(2, "Lassen", regio="GM0153", niveau="mbo"),
        a_record(3, niveau="mbo"),
    ]
    catalogue = a_catalogue(tmp_path, records)
    (twente,) = catalogue.suggest(Search(words="twente"))
    assert (twente.facet, twente.code, twente.count) == (Facet.REGION, "AM04", 2)
    (narrowed,) = catalogue.suggest(Search(words="twente", filters={Facet.LEVEL: ("mbo",)}))
    assert narrowed.count == catalogue.search(narrowed.search).total == 1


def test_the_last_word_may_be_a_choice_within_what_the_others_find(tmp_path):
    records = [a_record(1, "Lassen", regio="GM0153"), a_record(2, "Robots", regio="GM0153")]
    catalogue = a_catalogue(tmp_path, records)
    (twente,) = catalogue.suggest(Search(words="lassen twen"))
    assert (twente.search.words, twente.count) == ("lassen", 1)
    assert catalogue.search(twente.search).ids == (1,)


def test_what_is_chosen_or_would_leave_nothing_is_not_suggested(tmp_path):
    records = [a_record(1, regio="GM0153"), a_record(2, niveau="mbo")]
    catalogue = a_catalogue(tmp_path, records)
    assert labels(catalogue, "twente", filters={Facet.REGION: ("AM04",)}) == []
    assert labels(catalogue, "twente", filters={Facet.LEVEL: ("mbo",)}) == []


def test_suggestions_follow_changes(tmp_path):
    catalogue = a_catalogue(tmp_path, [ROBOTS])
    changed = a_record(1, "Lassen in de klas", names="Stichting Lasbaar", organisatie="stichting-lasbaar")
    catalogue.catch_up(changes_of((1, 1)), {1: changed})
    assert labels(catalogue, "robo") == []
    assert labels(catalogue, "lasb") == ["Stichting Lasbaar"]
    catalogue.catch_up(changes_of((2, 1)), {})
    assert labels(catalogue, "klas") == labels(catalogue, "lasb") == []
