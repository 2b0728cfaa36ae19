"""What both engines promise, asked of both; and that they find the same."""

import random

import pytest
from sqlalchemy import text

from kb.domain.search import Facet, Search
from kb.search.budget import Budget, unlimited
from kb.search.catalogue import Catalogue
from kb.search.engine import IndexBusy
from kb.search.found import NoticeKind
from kb.storage.database import open_database
from kb.storage.migrating import migrate
from kb.storage.search_rows import SearchRows
from tests.databases import another_database
from tests.search.records import LANGUAGE, a_record, a_vocabulary, changes_of

ENGINES = ("whoosh", "postgresql")

WORDS = [
    "techniek",
    "onderwijs",
    "instroom",
    "zij-instroom",
    "robots",
    "lassen",
    "bouw",
    "meisjes",
    "vmbo",
    "mbo",
    "bedrijven",
    "installateur",
    "energie",
    "waterstof",
    "leerlingen",
    "stage",
    "docent",
    "omscholing",
    "regio",
    "kans",
    "beroepentuin",
    "vakmanschap",
    "elektro",
    "zorg",
]
QUESTIONS = (
    "lassen",
    "techniek onderwijs",
    "robots lassen waterstof",
    "meisjes in het vmbo",
    "zij instroom mbo twente",
    "girls in construction",
    "omschoolng",
    '"techniek onderwijs"',
    '"robots in de bouw"',
    "lassen -robots",
    "-zorg",
    "install*",
    "bouw install* -zorg",
    "wat werkt voor docenten",
    "enschede",
)
HOSTILE = (
    "'",
    "''); DROP TABLE search_record; --",
    "' | 'x",
    "\\",
    "\\' & !",
    "a & b | !c <-> d:*",
    ":*",
    "lassen:*ABCD",
    '"\\" "\'"',
    "%_ .* [a-z]+ (((",
    "\x00\x01lassen",
    "·12 lassen·90",
    "{lassen}",
    "*" * 300,
    "lassen " * 100,
    "é ü ß 日本 🛠",
    "-" * 50,
    '"' * 51,
)


@pytest.fixture(scope="module")
def empty_rows(request):
    """Rows in a database of this module; each catalogue below begins by writing its own."""
    with another_database(request.getfixturevalue("postgresql_url")) as url:
        database = open_database(url)
        migrate(database)
        yield SearchRows(database)
        database.dispose()


@pytest.fixture(params=[*ENGINES[:1], pytest.param(ENGINES[1], marks=pytest.mark.postgresql)])
def make(request, tmp_path):
    """Makes a catalogue on one of the engines; a second one sees the same index."""
    rows = request.getfixturevalue("empty_rows") if request.param == "postgresql" else None
    return lambda: _catalogue(tmp_path / "index", rows)


def _catalogue(folder, rows):
    return Catalogue(folder, language_dir=LANGUAGE, vocabulary=a_vocabulary(), database_id="een", rows=rows)


def filled(catalogue, records):
    catalogue.load(records, 0, lambda _: ())
    catalogue.rebuild(records, 0)
    return catalogue


def many_records(number=300):
    """Records with some words often and others seldom, the same each time."""
    dice = random.Random(20260101)
    shares = [1 / (rank + 1) for rank in range(len(WORDS))]

    def text(length):
        return " ".join(dice.choices(WORDS, shares, k=length))

    return [
        a_record(
            record_id,
            text(4).capitalize(),
            summary=text(30),
            body=f"{text(60)}. Robots in de bouw. {text(20)}" if record_id % 9 == 0 else text(60),
            regio=dice.choice(("GM0153", "GM0344", "")),
            niveau=dice.choice(("mbo-4", "")),
        )
        for record_id in range(1, number + 1)
    ]


@pytest.mark.postgresql
@pytest.mark.parametrize("words", QUESTIONS)
def test_both_engines_find_the_same(tmp_path, empty_rows, words):
    records = many_records()
    one = filled(_catalogue(tmp_path, None), records).search(Search(words=words, per_page=100))
    other = filled(_catalogue(tmp_path, empty_rows), records).search(Search(words=words, per_page=100))
    assert (other.total, other.counts, other.notices) == (one.total, one.counts, one.notices)
    assert (other.ids, other.scores) == (one.ids, one.scores)


@pytest.mark.postgresql
@pytest.mark.parametrize("words", QUESTIONS)
def test_both_engines_give_the_same_set(tmp_path, empty_rows, words):
    records = many_records(120)
    one = filled(_catalogue(tmp_path, None), records).ids(Search(words=words))
    other = filled(_catalogue(tmp_path, empty_rows), records).ids(Search(words=words))
    assert set(one) == set(other)


def test_a_phrase_is_exact(make):
    records = [a_record(1, "Robots in de bouw"), a_record(2, "De bouw in robots"), a_record(3, "Robots bouw")]
    catalogue = filled(make(), records)
    assert catalogue.search(Search(words='"robots in de bouw"')).ids == (1,)
    assert catalogue.search(Search(words='"robots bouw"')).ids == (3,)


def test_a_beginning_and_an_exclusion_work_on_old_and_new_records(make):
    records = [a_record(1, "Installateurs"), a_record(2, "Instroom"), a_record(3, "Installatie en zorg")]
    catalogue = filled(make(), records)
    assert set(catalogue.ids(Search(words="install*"))) == {1, 3}
    assert catalogue.ids(Search(words="install* -zorg")) == (1,)
    catalogue.catch_up(changes_of((1, 1), (2, 4)), {1: a_record(1, "Zorg"), 4: a_record(4, "Installeren")})
    assert set(catalogue.ids(Search(words="install*"))) == {3, 4}
    assert catalogue.ids(Search(words="install* -zorg")) == (4,)


def test_a_phrase_is_found_in_a_changed_record_and_not_in_its_old_version(make):
    catalogue = filled(make(), [a_record(1, "Robots in de bouw"), a_record(2, "Zorg")])
    catalogue.catch_up(
        changes_of((1, 1), (2, 2)), {1: a_record(1, "Zorg"), 2: a_record(2, "Robots in de bouw")}
    )
    assert catalogue.ids(Search(words='"robots in de bouw"')) == (2,)


def test_a_withdrawn_record_is_gone_at_once_and_after_writing(make):
    catalogue = filled(make(), [a_record(1, "Lassen"), a_record(2, "Lassen")])
    catalogue.catch_up(changes_of((1, 1)), {})
    assert catalogue.ids(Search(words="lassen")) == (2,)
    assert catalogue.commit()
    assert catalogue.ids(Search(words="lassen")) == (2,)
    other = make()
    other.load([a_record(2, "Lassen")], 1, lambda _: ())
    assert other.search(Search(words="lassen")).ids == (2,)
    assert other.health().records == 1


def test_an_update_of_one_process_reaches_another_with_or_without_writing(make):
    records = [a_record(1, "Lassen")]
    one, other = filled(make(), records), make()
    other.load(records, 0, lambda _: ())
    change = (changes_of((1, 1), (2, 2)), {1: a_record(1, "Robots"), 2: a_record(2, "Robots")})
    one.catch_up(*change)
    assert one.commit()
    assert not one.commit()
    other.catch_up(*change)
    for catalogue in (one, other):
        assert set(catalogue.ids(Search(words="robots"))) == {1, 2}
        assert catalogue.ids(Search(words="lassen")) == ()


def test_a_process_that_starts_later_takes_the_changes_that_were_not_written(make):
    filled(make(), [a_record(1, "Lassen")])
    later = make()
    assert later.load([a_record(1, "Robots")], 7, lambda _: changes_of((7, 1)))
    assert later.ids(Search(words="robots")) == (1,)
    assert later.health().sequence == 7


def test_a_rebuild_in_another_process_does_not_disturb(make):
    records = [a_record(1, "Lassen"), a_record(2, "Robots")]
    one, other = filled(make(), records), make()
    other.load(records, 0, lambda _: ())
    other.rebuild([*records, a_record(3, "Lassen")], 1)
    assert one.ids(Search(words="lassen")) == (1,)
    one.catch_up(changes_of((1, 3)), {3: a_record(3, "Lassen")})
    assert set(one.ids(Search(words="lassen"))) == {1, 3}


def test_a_missing_index_is_told_and_a_plain_search_answers(make):
    catalogue = filled(make(), [a_record(1, "Lassen")])
    other = _of_another_version(make)
    assert not other.load([a_record(1, "Lassen")], 0, lambda _: ())
    found = other.search(Search(words="lassen"))
    assert found.ids == (1,)
    assert [notice.kind for notice in found.notices] == [NoticeKind.DEGRADED]
    assert catalogue.ids(Search(words="lassen")) == (1,)


def _of_another_version(make):
    catalogue = make()
    catalogue._engine._schema = "another"
    return catalogue


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_words_or_nothing(make, words):
    catalogue = filled(make(), [a_record(1, "Lassen"), a_record(2, "Zorg & 'bouw' \\ met <-> tekens:*")])
    found = catalogue.search(Search(words=words))
    assert found.total <= 2
    assert not found.degraded
    catalogue.suggest(Search(words=words))
    assert catalogue.search(Search(words="lassen")).ids == (1,)


def test_strange_titles_are_indexed_and_found_by_their_words(make):
    titles = ("O'Neil's \\ lassen", "Lassen · 90 · 'x'", "L" * 3000 + " lassen", "Lassen \x00 nul")
    records = [a_record(number, title) for number, title in enumerate(titles, start=1)]
    catalogue = filled(make(), records)
    assert set(catalogue.ids(Search(words="lassen"))) == {1, 2, 3, 4}
    assert catalogue.search(Search(words="o'neil's \\ lassen")).ids[0] == 1


def test_filters_and_counts_stand_above_the_engine(make):
    catalogue = filled(make(), many_records(60))
    found = catalogue.search(Search(words="techniek", filters={Facet.REGION: ("AM04",)}))
    everything = catalogue.search(Search(words="techniek"))
    assert found.total == everything.counts[Facet.REGION]["AM04"]


def test_a_second_writer_is_refused(make, monkeypatch):
    one, other = filled(make(), [a_record(1, "Lassen")]), make()
    refused = []

    def records():
        try:
            other.rebuild([a_record(1, "Robots")], 1)
        except IndexBusy:
            refused.append(True)
        yield a_record(1, "Lassen")

    one.rebuild(records(), 1)
    assert refused == [True]
    assert one.ids(Search(words="lassen")) == (1,)


@pytest.mark.postgresql
def test_a_question_that_the_database_has_no_time_for_is_answered_in_part(tmp_path, empty_rows):
    """A locked table keeps every question waiting."""
    catalogue = filled(
        _catalogue(tmp_path, empty_rows), [a_record(1, "Lassen in de bouw"), a_record(2, "Zorg")]
    )
    catalogue._budget = lambda: Budget(0.1)
    asked = ("lassen", '"lassen in de bouw"', "lass*", "lasssen zorg")
    with empty_rows._engine.begin() as connection:
        connection.execute(text("LOCK TABLE search_record IN ACCESS EXCLUSIVE MODE"))
        for words in asked:
            found = catalogue.search(Search(words=words))
            assert NoticeKind.PARTIAL in {notice.kind for notice in found.notices}
    catalogue._budget = unlimited
    for words in asked:
        found = catalogue.search(Search(words=words))
        assert found.ids[0] == 1
        assert NoticeKind.PARTIAL not in {notice.kind for notice in found.notices}
