import pytest

from kb.domain.reasons import How
from kb.domain.search import Facet, Search, Sort
from kb.search.dutch import Steps
from kb.search.found import NoticeKind
from tests.search.records import a_catalogue, a_record, changes_of


def titles(catalogue, records, words, **options):
    by_id = {record.id: record.title for record in records}
    return [by_id[number] for number in catalogue.search(Search(words=words, **options)).ids]


def kinds(found):
    return {notice.kind for notice in found.notices}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("initiatieven", "Een initiatief"),
        ("bedrijf", "Onze bedrijven"),
        ("vrouwen", "De vrouw"),
        ("technicus", "Vijf technici"),
        ("zijinstroom", "Een zij-instromer"),
        ("zij instroom", "Zij-instroom in de zorg"),
        ("zij-instroom", "Zijinstroom nu"),
        ("beroepsbegeleidende leerweg", "Een bbl-traject"),
        ("bbl", "De beroepsbegeleidende leerweg"),
        ("onderwijs", "Techniekonderwijs"),
        ("techniekonderwijs", "Onderwijs in de techniek"),
        ("scheeps bouw", "Scheepsbouw in Harlingen"),
        ("lasrobots", "Een las robot"),
        ("jetnet", "Jet-Net"),
        ("mkb!dee", "MKB!dee"),
        ("betagirls", "Bètagirls"),
        ("refugees", "Statushouders"),
        ("companies", "Een bedrijf"),
        ("heat pump", "De warmtepomp"),
    ],
)
def test_words_find_each_other(tmp_path, asked, written):
    records = [a_record(1, written), a_record(2, "Iets heel anders")]
    assert titles(a_catalogue(tmp_path, records), records, asked)[:1] == [written]


def test_title_counts_for_more_than_summary_and_summary_for_more_than_text(tmp_path):
    records = [
        a_record(1, "Een", body="waterstof"),
        a_record(2, "Twee", summary="waterstof"),
        a_record(3, "Waterstof"),
    ]
    assert titles(a_catalogue(tmp_path, records), records, "waterstof") == ["Waterstof", "Twee", "Een"]


def test_the_exact_title_comes_first_whatever_else_is_in_it(tmp_path):
    records = [
        a_record(1, "Techniek, techniek en nog eens techniek", summary="techniek " * 9),
        a_record(2, "Aanvalsplan Techniek"),
        a_record(3, "Aanvalsplan", summary="Aanvalsplan techniek in de bouw. " * 3),
    ]
    assert (
        titles(a_catalogue(tmp_path, records), records, "aanvalsplan techniek")[0] == "Aanvalsplan Techniek"
    )


def test_a_phrase_needs_its_words_in_order(tmp_path):
    records = [a_record(1, "Wind op zee"), a_record(2, "Zee en wind"), a_record(3, "Wind aan zee")]
    catalogue = a_catalogue(tmp_path, records)
    assert titles(catalogue, records, '"wind op zee"') == ["Wind op zee", "Wind aan zee"]
    assert titles(catalogue, records, '"zee wind"') == []


def test_a_phrase_does_not_run_on_from_title_into_summary(tmp_path):
    records = [a_record(1, "Leren lassen", summary="Robots bouwen.")]
    assert titles(a_catalogue(tmp_path, records), records, '"lassen robots"') == []


def test_minus_leaves_out_and_works_alone(tmp_path):
    records = [a_record(1, "Techniek en bouw"), a_record(2, "Techniek en zorg")]
    catalogue = a_catalogue(tmp_path, records)
    assert titles(catalogue, records, "techniek -bouw") == ["Techniek en zorg"]
    assert titles(catalogue, records, "-bouw") == ["Techniek en zorg"]


def test_a_beginning_finds_the_words_that_begin_like_it(tmp_path):
    records = [a_record(1, "Installateurs"), a_record(2, "Instroom"), a_record(3, "Installatie")]
    found = titles(a_catalogue(tmp_path, records), records, "install*")
    assert sorted(found) == ["Installateurs", "Installatie"]


def test_a_typo_is_corrected_and_told_and_quotes_keep_it(tmp_path):
    records = [a_record(1, "Omscholing"), a_record(2, "Iets anders")]
    catalogue = a_catalogue(tmp_path, records)
    found = catalogue.search(Search(words="omschoolng"))
    assert found.ids == (1,)
    assert [n.words for n in found.notices] == [("omschoolng", "omscholing")]
    assert catalogue.search(Search(words='"omschoolng"')).total == 0


def test_a_typo_that_the_stem_forgives_is_told_and_a_form_of_a_word_is_not(tmp_path):
    records = [a_record(1, "Omscholing"), a_record(2, "Zij programmeren")]
    catalogue = a_catalogue(tmp_path, records)
    found = catalogue.search(Search(words="omschooling"))
    assert (found.ids, [n.words for n in found.notices]) == ((1,), [("omschooling", "omscholing")])
    for form in ("omscholingen", "omgeschoold", "programmeerden", "programmerende", "geprogrammeerd"):
        assert [n.kind for n in catalogue.search(Search(words=form)).notices] == []


def test_a_word_that_exists_is_not_taken_for_another(tmp_path):
    found = a_catalogue(tmp_path, [a_record(1, "Onderzoek")]).search(Search(words="onderbroek"))
    assert (found.total, found.notices) == (0, ())


def test_of_three_words_two_are_enough_and_of_two_both_count(tmp_path):
    records = [a_record(n, "Robots lassen") for n in range(1, 31)]
    records += [a_record(n, "Robots") for n in range(31, 61)]
    catalogue = a_catalogue(tmp_path, records)
    assert catalogue.search(Search(words="robots lassen")).total == 30
    three = catalogue.search(Search(words="robots lassen ruimtevaart"))
    assert three.total == 30
    assert NoticeKind.ANY_WORD not in kinds(three)


def test_with_few_results_any_word_will_do_and_the_reader_is_told(tmp_path):
    records = [a_record(1, "Robots lassen"), a_record(2, "Robots"), a_record(3, "Zorg")]
    found = a_catalogue(tmp_path, records).search(Search(words="robots lassen"))
    assert found.ids == (1, 2)
    assert NoticeKind.ANY_WORD in kinds(found)


def test_only_common_words_find_everything_and_say_so(tmp_path):
    found = a_catalogue(tmp_path, [a_record(1), a_record(2)]).search(Search(words="de het een"))
    assert found.total == 2
    assert kinds(found) == {NoticeKind.COMMON_WORDS}


def test_a_place_in_the_words_raises_what_is_there_and_is_offered_as_a_choice(tmp_path):
    records = [a_record(1, "Lassen", regio="GM0344"), a_record(2, "Lassen", regio="GM0153")]
    found = a_catalogue(tmp_path, records).search(Search(words="lassen twente"))
    assert found.ids == (2, 1)
    assert [(u.facet, u.code, u.words, u.count) for u in found.understood] == [
        (Facet.REGION, "AM04", "twente", 1)
    ]


def test_a_recommendation_is_read_out_of_what_people_call_it(tmp_path):
    records = [a_record(1, "Robotisering", aanbeveling="1"), a_record(2, "Robotisering")]
    catalogue = a_catalogue(tmp_path, records)
    found = catalogue.search(Search(words="robotisering"))
    assert found.ids == (1, 2)
    assert [(u.facet, u.code, u.count) for u in found.understood] == [(Facet.RECOMMENDATION, "1", 1)]
    # What it is called stands in no index: the initiative need not be about that.
    assert catalogue.search(Search(words="prefab")).ids == (1,)
    assert catalogue.explain(Search(words="prefab"), records[0]).reasons[0].how is How.TAG


def test_a_name_may_be_read_as_a_plain_word(tmp_path):
    records = [a_record(1, "Lassen", regio="GM0344"), a_record(2, "Lassen", regio="GM0153")]
    catalogue = a_catalogue(tmp_path, records)
    search = Search(words="lassen twente")
    (twente,) = catalogue.search(search).understood
    found = catalogue.search(search.reading_literally(twente.facet, twente.code))
    assert found.understood == ()
    assert set(found.ids) == {1, 2}
    assert found.scores[0] == pytest.approx(found.scores[1], rel=0.01)
    again = search.reading_literally(twente.facet, twente.code).understanding(twente.facet, twente.code)
    assert again == search


def test_nothing_that_was_read_out_of_the_words_excludes_anything(tmp_path):
    records = [a_record(n, "Lassen", regio="GM0153" if n % 2 else "GM0344") for n in range(1, 41)]
    found = a_catalogue(tmp_path, records).search(Search(words="lassen lasser twente"))
    assert found.total == 40


@pytest.mark.parametrize(
    "question",
    [
        "wat werkt voor meisjes",
        "welke initiatieven zijn er voor meisjes?",
        "Waar vind ik projecten met meisjes",
        "which initiatives help girls",
        "hoe bied je meisjes een voorbeeld",
    ],
)
def test_question_words_carry_no_weight(tmp_path, question):
    records = [
        a_record(1, "Meisjes"),
        a_record(2, "Wat werkt", summary="Welke initiatieven werken, wie helpt, waar vind ik projecten?"),
    ]
    catalogue = a_catalogue(tmp_path, records)
    asked, bare = catalogue.search(Search(words=question)), catalogue.search(Search(words="meisjes"))
    assert asked.ids == bare.ids == (1,)


def test_a_question_of_question_words_only_still_finds_them(tmp_path):
    records = [a_record(1, "Meisjes"), a_record(2, "Wat werkt")]
    assert a_catalogue(tmp_path, records).search(Search(words="wat werkt")).ids == (2,)


def test_what_is_chosen_already_is_not_offered_again(tmp_path):
    records = [a_record(1, "Lassen", regio="GM0153")]
    search = Search(words="lassen twente", filters={Facet.REGION: ("AM04",)})
    assert a_catalogue(tmp_path, records).search(search).understood == ()


def test_the_word_municipality_tells_which_utrecht_is_meant(tmp_path):
    records = [a_record(1, "Lassen", regio="GM0344")]
    catalogue = a_catalogue(tmp_path, records)
    (meant,) = catalogue.search(Search(words="lassen gemeente utrecht")).understood
    assert meant.code == "GM0344"


def test_pages_hold_their_share_and_the_last_is_empty(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(n) for n in range(1, 26)])
    pages = [catalogue.search(Search(words="techniekdag", page=p, per_page=10)) for p in (1, 2, 3, 4, 10_000)]
    assert [len(page.ids) for page in pages] == [10, 10, 5, 0, 0]
    assert len({number for page in pages for number in page.ids}) == 25
    assert {page.total for page in pages} == {25}
    assert len(catalogue.ids(Search(words="techniekdag"))) == 25


def test_evidence_settles_what_is_all_but_equal_and_nothing_more(tmp_path):
    records = [
        a_record(1, "Robots", trede=0),
        a_record(2, "Robots", trede=4),
        a_record(3, "Iets", summary="Robots", trede=5),
    ]
    assert a_catalogue(tmp_path, records).search(Search(words="robots")).ids == (2, 1, 3)


def test_sorting_goes_over_all_results(tmp_path):
    records = [a_record(1, "Robots", trede=1), a_record(2, "Iets", body="robots", trede=4)]
    search = Search(words="robots", sort=Sort.EVIDENCE)
    assert a_catalogue(tmp_path, records).search(search).ids == (2, 1)


def test_a_hit_tells_why_it_was_found(tmp_path):
    records = [a_record(1, "Een bedrijf in Enschede", regio="GM0153", body="Drie bedrijven.")]
    catalogue = a_catalogue(tmp_path, records)
    explanation = catalogue.explain(Search(words="bedrijf enschede"), records[0])
    told = {(reason.word, reason.how, reason.met, reason.parts) for reason in explanation.reasons}
    assert ("bedrijf", How.WORD, ("bedrijf", "bedrijven"), ("title", "body")) in told
    assert ("enschede", How.TAG, ("Enschede",), ("tags",)) in told
    assert all(reason.score > 0 for reason in explanation.reasons)
    assert 0.9 < explanation.share < 1
    assert catalogue.explain(Search(words="lassen"), a_record(99)).reasons == ()


@pytest.mark.parametrize(
    ("asked", "title", "how"),
    [
        ("omscholing", "Omscholen", How.WORD),
        ("jet net", "Jetnet", How.JOINED),
        ("techniekonderwijs", "Onderwijs in techniek", How.PARTS),
        ("techniekonderwijs", "Onderwijs", How.PART),
        ("bbl", "Beroepsbegeleidende leerweg", How.EQUAL),
        ("leerbaan", "Werkend leren", How.RELATED),
        ("girls", "Meisjes", How.TRANSLATION),
        ("techniek zorg", "Techniek zorg", How.NEAR),
        ('"techniek zorg"', "Techniek zorg", How.PHRASE),
        ("techniek zorg", "Techniek zorg", How.TITLE),
    ],
)
def test_each_way_of_meeting_a_word_has_a_name(tmp_path, asked, title, how):
    record = a_record(1, title)
    catalogue = a_catalogue(tmp_path, [record, a_record(2, "Iets anders")])
    assert how in {reason.how for reason in catalogue.explain(Search(words=asked), record).reasons}


def test_the_reasons_add_up_to_the_score(tmp_path):
    records = [
        a_record(1, "Robots lassen", summary="In Enschede.", regio="GM0153"),
        a_record(2, "Robots", summary="Techniekonderwijs met lasrobots."),
        a_record(3, "Lassen"),
    ]
    catalogue = a_catalogue(tmp_path, records)
    search = Search(words="robots lassen twente zorg")
    found = catalogue.search(search)
    for record_id, score in zip(found.ids, found.scores, strict=True):
        explanation = catalogue.explain(search, records[record_id - 1])
        total = sum(reason.score for reason in explanation.reasons) * explanation.share
        # Evidence and recency settle what is all but equal.
        assert total * 0.9999 <= score <= total * 1.03


def test_meeting_each_word_is_better_than_meeting_one_very_well(tmp_path):
    records = [
        a_record(1, "Robots", summary="Robots, robots en nog eens robots."),
        a_record(2, "Iets", body="Met robots lassen we nu."),
        a_record(3, "Lassen", summary="Lassen, lassen en nog eens lassen."),
    ]
    catalogue = a_catalogue(tmp_path, records)
    assert catalogue.search(Search(words="robots lassen")).ids[0] == 2
    one, both = (catalogue.explain(Search(words="robots lassen"), record).share for record in records[:2])
    assert one < 0.3
    assert both > 0.9


def test_words_side_by_side_count_for_more_than_words_apart(tmp_path):
    apart = a_record(1, "Iets", summary="Een robot die niet kan lassen.")
    beside = a_record(2, "Iets", summary="Een robot kan lassen, of niet.")
    found = a_catalogue(tmp_path, [apart, beside]).search(Search(words="robot kan lassen"))
    assert found.ids == (2, 1)


def test_what_was_looked_for_is_marked(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Techniekonderwijs")])
    found = catalogue.search(Search(words="onderwijs technici"))
    pieces = catalogue.mark("Het techniekonderwijs voor een technicus.", found)
    assert [piece.text for piece in pieces if piece.marked] == ["techniekonderwijs", "technicus"]
    assert "".join(piece.text for piece in pieces) == "Het techniekonderwijs voor een technicus."


def test_a_word_with_a_hyphen_is_marked_as_one(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Zij-instroom")])
    found = catalogue.search(Search(words="zijinstroom"))
    pieces = catalogue.mark("Sectorplan: zij-instroom techniek", found)
    assert [piece.text for piece in pieces if piece.marked] == ["zij-instroom"]


def test_a_snippet_shows_the_part_that_was_looked_for(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Robots")])
    found = catalogue.search(Search(words="robots"))
    text = "Eerst een lange aanloop. " * 20 + "Dan komen de robots." + " En nog meer tekst." * 20
    pieces = catalogue.snippet(text, found, 80)
    assert [piece.text for piece in pieces if piece.marked] == ["robots"]
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert len(shown) < 100


def test_a_step_that_is_off_finds_less(tmp_path):
    records = [a_record(1, "Techniekonderwijs"), a_record(2, "Iets anders")]
    catalogue = a_catalogue(tmp_path, records, steps=Steps(compounds=False))
    assert catalogue.search(Search(words="onderwijs")).total == 0


def test_changes_show_at_once(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Robots", regio="GM0153"), a_record(2, "Zorg")])
    catalogue.catch_up(
        changes_of((1, 1), (2, 2), (3, 3)), {1: a_record(1, "Lassen"), 3: a_record(3, "Robots")}
    )
    assert catalogue.sequence == 3
    assert catalogue.search(Search(words="robots")).ids == (3,)
    assert catalogue.search(Search(words="zorg")).total == 0
    assert catalogue.search(Search()).total == 2
    assert catalogue.search(Search()).counts[Facet.REGION] == {}
    assert catalogue.suggest(Search(words="zorg")) == ()


def test_changes_that_are_known_already_are_let_be(tmp_path):
    catalogue = a_catalogue(tmp_path, [a_record(1, "Robots")])
    catalogue.catch_up(changes_of((5, 1)), {1: a_record(1, "Lassen")})
    catalogue.catch_up(changes_of((4, 1)), {1: a_record(1, "Zorg")})
    assert catalogue.search(Search(words="lassen")).ids == (1,)
    assert catalogue.sequence == 5
