"""Whatever is typed, in whatever order: an answer, never an error, and what is typed is words or nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from kb.domain.search import Facet, Search, Sort
from kb.search.catalogue import Catalogue
from kb.search.dutch import CHAIN
from kb.search.found import NoticeKind
from kb.search.parser import parse
from kb.storage.database import open_database
from kb.storage.migrating import migrate
from kb.storage.search_rows import SearchRows
from tests.databases import another_database
from tests.search.records import LANGUAGE, a_catalogue, a_record, a_vocabulary

RECORDS = [
    a_record(1, "Lassen in Twente", summary="Robots en zij-instroom", regio="GM0153", niveau="mbo-4"),
    a_record(2, "O'Neil's \\ 'bouw' <-> tekens:*", summary="title:bouw AND NOT lassen"),
    a_record(3, "Techniekonderwijs", body="Installateurs van warmtepompen", sector="bouw-infra"),
    a_record(4, "Bètagirls & Jet-Net", summary="Meisjes in de techniek"),
]
WORDS = (
    "lassen", "robots", "zij-instroom", "techniekonderwijs", "installateur", "meisjes", "twente", "mbo",
    "heat", "pump", "waterstoff",
)  # fmt: skip
SYNTAX = (
    *'"()[]{}<>*?~^:;|&!+-\\/=@#%$_.,`\'“”„«»',
    " AND ", " OR ", " NOT ", " TO ", "title:", "id:", "regio:", "@regio:AM04", "=lassen", "~baan", "#bbl",
    "/(a+)+$/", "(.*.*)*x", "lassen~2", "la?sen", "*ssen", "[a TO z]", "''", "\\'", "$$", "--",
    "; DROP TABLE", "<->", "<1>", ":*", "&&", "%s", "%(q)s", "{{7*7}}", "${x}", "../../etc", "\x00",
    "\x1b[0m", "\u202e", "\u200b", "\ud7ff", "\U0001f527", "\u0130", "ß", "\ufb01", "e\u0301", "A" * 300,
)  # fmt: skip
pieces = st.sampled_from(WORDS) | st.sampled_from(SYNTAX) | st.text(max_size=12)
typed = st.lists(pieces, max_size=25).map("".join) | st.lists(pieces, max_size=25).map(" ".join)
searches = st.builds(
    Search,
    words=typed,
    filters=st.dictionaries(
        st.sampled_from(list(Facet)), st.lists(st.text(max_size=8), max_size=2).map(tuple)
    ),
    sort=st.sampled_from(list(Sort)),
    page=st.integers(1, 10**6),
)
languages = st.sampled_from(["nl", "en"])


@pytest.fixture(scope="module")
def in_folder(tmp_path_factory):
    return a_catalogue(tmp_path_factory.mktemp("index"), RECORDS)


@pytest.fixture(scope="module")
def in_rows(postgresql_url, tmp_path_factory):
    with another_database(postgresql_url) as url:
        engine = open_database(url)
        migrate(engine)
        catalogue = Catalogue(
            tmp_path_factory.mktemp("rows"),
            language_dir=LANGUAGE,
            vocabulary=a_vocabulary(),
            database_id="een",
            rows=SearchRows(engine),
        )
        catalogue.rebuild(RECORDS, 0)
        yield catalogue
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM search_record")) == len(RECORDS)
        engine.dispose()


def check(catalogue, search, language):
    """It answers, whole and from the index, also for what else is done with the same words."""
    found = catalogue.search(search, language)
    assert {notice.kind for notice in found.notices} <= set(NoticeKind) - {NoticeKind.DEGRADED}
    assert 0 <= found.total <= len(RECORDS)
    assert set(catalogue.ids(search, language)) >= set(found.ids)
    catalogue.suggest(search, language)
    for record in RECORDS:
        assert "".join(piece.text for piece in catalogue.mark(record.title, found)) == record.title
        catalogue.explain(search, record, language)


@settings(max_examples=400, deadline=None)
@given(search=searches, language=languages)
def test_any_search_is_answered(in_folder, search, language):
    check(in_folder, search, language)


@settings(max_examples=60, deadline=None)
@given(search=searches, language=languages)
def test_any_search_is_answered_by_postgresql(in_rows, search, language):
    check(in_rows, search, language)


@settings(max_examples=400, deadline=None)
@given(typed)
def test_only_words_come_out_of_the_parser(question):
    parsed = parse(question)
    for term in (*parsed.words, *parsed.phrases, *parsed.excluded):
        assert " ".join(CHAIN.findall(term)) == term
    assert all(prefix.isalnum() for prefix in parsed.prefixes)


@pytest.mark.parametrize(
    "operator", ["AND", "OR", "NOT", "title:", "id:", "(", ")", "~2", "^4", "/", "[", "]"]
)
def test_syntax_of_other_searches_changes_nothing(in_folder, operator):
    """A word more or nothing: what the words find is found still."""
    plain = set(in_folder.ids(Search(words="lassen")))
    assert plain <= set(in_folder.ids(Search(words=f"lassen {operator}")))
    assert plain <= set(in_folder.ids(Search(words=f"{operator} lassen")))
