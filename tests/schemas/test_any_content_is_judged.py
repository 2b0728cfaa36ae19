"""Whatever passes the schema can be judged and told: a verdict never fails a page."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.answers import answers_of, yardstick_of
from kb.domain.candidates import candidates_of, together
from kb.domain.next_step import next_step
from kb.domain.small_groups import shielded
from kb.domain.telling import told_effects
from kb.domain.terms import Scheme
from kb.domain.verdict import assess
from kb.language.effects import effect_sentence
from kb.language.evidence import next_step_sentences
from kb.language.trace import trace_lines
from kb.schemas.content import read_content
from tests.schemas.documents import contents

SETTINGS = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
COUNTS = st.sampled_from([0, 1, 2, 9, 10, 30, 1000, 10**12])
NUMBERS = st.sampled_from([0, -1, 1e-9, 0.5, 1, 10, -10, 1e6, 1e12])


def _pair(first: str, second: str) -> st.SearchStrategy[dict]:
    """The first not more than the second, or neither known."""
    pairs = st.tuples(COUNTS, COUNTS).map(sorted).map(lambda two: {first: two[0], second: two[1]})
    return st.just({}) | pairs


def _merged(*parts: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    return st.tuples(*parts).map(lambda found: {key: value for each in found for key, value in each.items()})


REPORTED = st.lists(st.sampled_from([-10, -1, -1e-9, 0, 1e-9, 0.5, 1, 10]), min_size=3, max_size=3).map(
    sorted
)
EFFECTS = _merged(
    st.fixed_dictionaries(
        {
            "indicator": st.sampled_from(["uitval", "uurloon"]),
            "maat": st.sampled_from(["rr", "or", "md", "smd"]),
        }
    ),
    _pair("gevallenDeelnemers", "aantalDeelnemers"),
    _pair("gevallenVergelijking", "aantalVergelijking"),
    st.just({})
    | st.fixed_dictionaries(
        {
            "gemiddeldeDeelnemers": NUMBERS,
            "gemiddeldeVergelijking": NUMBERS,
            "spreidingDeelnemers": NUMBERS.map(abs),
            "spreidingVergelijking": NUMBERS.map(abs),
        }
    ),
    st.just({})
    | REPORTED.map(lambda three: dict(zip(("ondergrens", "schatting", "bovengrens"), three, strict=True))),
)
STUDIES = _merged(
    st.fixed_dictionaries(
        {
            "titel": st.just("Studie"),
            "ontwerp": st.sampled_from(["rct", "cluster_rct", "did", "benchmark", "prepost"]),
            "effecten": st.lists(
                EFFECTS
                | EFFECTS.map(
                    lambda one: (
                        one | {"maat": "rd", "schatting": None, "ondergrens": None, "bovengrens": None}
                    )
                ),
                max_size=2,
            ),
        },
        optional={"eenhedenDeelnemers": COUNTS, "eenhedenVergelijking": COUNTS},
    ),
    _pair("onderzochtDeelnemers", "toegewezenDeelnemers"),
    _pair("onderzochtVergelijking", "toegewezenVergelijking"),
)


@SETTINGS
@given(data=st.data())
def test_any_initiative_can_be_judged(vocabulary, data):
    _judge(data.draw(contents(vocabulary)), vocabulary)


@SETTINGS
@given(studies=st.lists(STUDIES, min_size=1, max_size=3))
def test_so_can_studies_with_the_most_awkward_figures(vocabulary, studies):
    keyed = [study | {"sleutel": f"s{number}"} for number, study in enumerate(studies)]
    _judge(read_content({"titel": "Techniekroute", "studies": keyed}, vocabulary), vocabulary)


def _judge(content, vocabulary) -> None:
    """All that a publication and its page compute."""
    yardsticks = {term.code: yardstick_of(term.details) for term in vocabulary.all(Scheme.INDICATOR)}
    answers = answers_of(content, yardsticks, today=date(2026, 3, 2))
    assert trace_lines(assess(answers).trace)
    step = next_step(answers)
    assert step is None or next_step_sentences(step)
    for study in content.studies:
        assert all(effect_sentence(told) for told in told_effects(study, yardsticks) if told)
    assert shielded(shielded(content)) == shielded(content)
    found = [candidates_of(f"{n}", content, yardsticks, lambda code: code) for n in range(3)]
    together([one for each in found for one in each], yardsticks)
