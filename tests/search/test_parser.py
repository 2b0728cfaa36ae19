import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.search import MAX_QUERY_LENGTH, MAX_QUERY_TERMS
from kb.search.dutch import CHAIN
from kb.search.parser import ParsedQuery, parse


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("omscholing twente", ParsedQuery(words=("omscholing", "twente"))),
        ("zij-instroom", ParsedQuery(words=("zij-instroom",))),
        ('"wind op zee" opleiding', ParsedQuery(words=("opleiding",), phrases=("wind op zee",))),
        ("“wind op zee”", ParsedQuery(phrases=("wind op zee",))),
        ("techniek -bouw", ParsedQuery(words=("techniek",), excluded=("bouw",))),
        ('techniek -"bouw en infra"', ParsedQuery(words=("techniek",), excluded=("bouw en infra",))),
        ("install*", ParsedQuery(prefixes=("install",))),
        ("in*", ParsedQuery(words=("in",))),
        ("*", ParsedQuery()),
        ("- -- ---", ParsedQuery()),
        ('"', ParsedQuery()),
        ('"open phrase', ParsedQuery(phrases=("open phrase",))),
        ("vmbo - mbo", ParsedQuery(words=("vmbo", "mbo"))),
        ("title:techniek", ParsedQuery(words=("title", "techniek"))),
        ("(a OR b) AND [x TO y]~2^3", ParsedQuery(words=("a", "OR", "b", "AND", "x", "TO", "y", "2", "3"))),
        ("tech?iek te*ch", ParsedQuery(words=("tech", "iek", "te", "ch"))),
        ("\x00techniek\x1f\u202e", ParsedQuery(words=("techniek",))),
        ("", ParsedQuery()),
    ],
)
def test_what_people_type_becomes_words_phrases_and_exclusions(typed, parsed):
    assert parse(typed) == parsed


def test_a_question_that_is_too_long_is_cut_between_words_and_says_so():
    typed = " ".join(["techniek"] * 40)
    parsed = parse(typed)
    assert len(parsed.words) == MAX_QUERY_TERMS
    assert parsed.cut.startswith("techniek")


def test_one_endless_word_is_cut_to_the_limit():
    parsed = parse("x" * 100_000)
    assert parsed.words == ("x" * MAX_QUERY_LENGTH,)
    assert parsed.cut


HOSTILE = [
    r"(.*.*.*)*x(.*.*.*)*y!",
    "word~9 " * 50,
    "?*?*?*?*?*?*?*?*x",
    "NOT " * 2000,
    '"' * 5000,
    "-" * 5000,
    "(" * 5000,
    "\\" * 300,
    "%00%ff' OR 1=1; --",
    "\ud800",
    "a" + "\u0301" * 5000,
    "-*" * 1000,
    '-"' * 1000,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_words_or_nothing(typed):
    parsed = parse(typed)
    assert len(parsed.words) <= MAX_QUERY_TERMS
    assert all(CHAIN.fullmatch(word) for word in parsed.words)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=400) | st.text(alphabet=' "-*abAB:()[]~^?\\\x00é', max_size=400))
def test_whatever_is_typed_stays_within_the_limits(typed):
    parsed = parse(typed)
    terms = [*parsed.words, *parsed.phrases, *parsed.excluded, *parsed.prefixes]
    assert sum(len(CHAIN.findall(term)) for term in terms) <= MAX_QUERY_TERMS
    assert all(len(prefix) >= 3 for prefix in parsed.prefixes)
