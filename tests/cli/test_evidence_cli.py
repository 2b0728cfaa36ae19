"""`kb evidence`: one document in, one document out, or one line that names the field."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.evidence import evidence

STUDY = {
    "design": "did",
    "n_t": 120,
    "n_c": 130,
    "baseline": "adjusted",
    "multi_cluster": True,
    "independent": True,
    "report_public": True,
    "followup_months": 12,
    "implementer": "ROC van Twente",
    "region": "Twente",
    "end_year": 2024,
    "ci": [0.02, 0.11],
    "sesoi": 0.03,
}
ASSESS = {"described": True, "theory": True, "today_year": 2026, "studies": [STUDY]}
MEANS = {"measure": "smd", "m1": 7.1, "sd1": 2.0, "n1": 60, "m2": 6.3, "sd2": 2.2, "n2": 55}
COUNTS = {"measure": "rd", "a": 30, "n1": 100, "c": 20, "n2": 100}
POOL = {"yi": [0.1, 0.3, 0.2], "vi": [0.01, 0.02, 0.01], "method": "REML"}


def _run(command: str, document: object) -> Result:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    return CliRunner().invoke(evidence, [command, "-"], input=text)


def _answer(command: str, document: object) -> dict:
    result = _run(command, document)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def _study(**changes: object) -> dict:
    return {**ASSESS, "studies": [{**STUDY, **changes}]}


def test_a_verdict_with_its_whole_trace():
    verdict = _answer("assess", ASSESS)
    assert list(verdict) == [
        "trede",
        "richting",
        "toe_te_schrijven",
        "grades",
        "vlaggen",
        "trace",
        "rule_version",
        "input_hash",
    ]
    assert (verdict["trede"], verdict["richting"], verdict["toe_te_schrijven"]) == (4, "gunstig", True)
    assert (verdict["grades"], verdict["vlaggen"]) == (["M"], [])
    assert {frozenset(step) for step in verdict["trace"]} == {frozenset(["rule", "held", "because"])}
    grading = {step["rule"]: step for step in verdict["trace"]}["grade.comparison_alike_at_start"]
    assert grading == {
        "rule": "grade.comparison_alike_at_start",
        "held": True,
        "because": {
            "studies.0.design": "did",
            "studies.0.baseline": "adjusted",
            "studies.0.multi_cluster": True,
        },
    }


def test_nothing_measured_is_null_and_not_zero():
    verdict = _answer("assess", {**ASSESS, "studies": []})
    assert (verdict["richting"], verdict["toe_te_schrijven"], verdict["grades"]) == (None, None, [])


def test_absent_and_null_are_the_same():
    bare, nulls = _study(), _study(n_t=None, ci=None, baseline=None, region=None)
    del bare["studies"][0]["n_t"], bare["studies"][0]["ci"], bare["studies"][0]["baseline"]
    del bare["studies"][0]["region"]
    assert _answer("assess", bare) == _answer("assess", nulls)
    assert _answer("assess", {**bare, "pool": None, "overdue_promise_months": None}) == _answer(
        "assess", bare
    )


def test_only_the_design_of_a_study_is_needed():
    verdict = _answer("assess", {**ASSESS, "studies": [{"design": "rct"}, {"design": "prepost"}]})
    assert (verdict["grades"], verdict["trede"]) == (["W", "N"], 3)


def test_a_pooled_result_that_varies_by_place():
    pool = {"ci": [0.02, 0.10], "pi": [-0.05, 0.17], "sesoi": 0.03}
    assert (
        _answer("assess", {**ASSESS, "studies": [STUDY] * 3, "pool": pool})["richting"]
        == "gunstig_wisselt_per_plek"
    )


@pytest.mark.parametrize(
    ("document", "yi", "vi"),
    [
        (COUNTS, 0.10, 0.0037),
        ({**COUNTS, "measure": "rr"}, 0.4054651, 0.0633333),
        ({**COUNTS, "measure": "or"}, 0.5389965, 0.1101190),
        ({**MEANS, "measure": "md"}, 0.8, 0.1546667),
        (MEANS, 0.3787862, 0.0354723),
    ],
)
def test_an_effect_keeps_the_name_of_its_measure(document, yi, vi):
    effect = _answer("effect", document)
    assert list(effect) == ["yi", "vi", "ci", "metric"]
    assert (effect["yi"], effect["vi"]) == pytest.approx((yi, vi), abs=1e-6)
    assert effect["ci"][0] < effect["yi"] < effect["ci"][1]
    assert effect["metric"] == document["measure"]


@pytest.mark.parametrize("method", ["REML", "DL", "PM", "EE"])
def test_studies_taken_together(method):
    pooled = _answer("pool", {**POOL, "method": method})
    assert list(pooled) == ["k", "estimate", "se", "ci", "tau2", "tau2_ci", "i2", "q", "q_df", "q_p", "pi"]
    assert (pooled["k"], pooled["q_df"], pooled["pi"]) == (3, 2, None)


def test_a_file_is_read_as_well(tmp_path: Path):
    path = tmp_path / "studies.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(POOL).encode())
    result = CliRunner().invoke(evidence, ["pool", str(path)])
    assert json.loads(result.stdout)["k"] == 3


BAD = [
    ("assess", {}, "described"),
    ("assess", {**ASSESS, "studies": None}, "studies"),
    ("assess", {**ASSESS, "described": "ja"}, "described"),
    ("assess", {**ASSESS, "described": 1}, "described"),
    ("assess", {**ASSESS, "today_year": 26}, "today_year"),
    ("assess", {**ASSESS, "budget": 5}, "budget"),
    ("assess", {**ASSESS, "overdue_promise_months": -1}, "overdue_promise_months"),
    ("assess", {**ASSESS, "pool": {"ci": [0, 1]}}, "pool.sesoi"),
    ("assess", {**ASSESS, "pool": {"ci": [0, 1], "sesoi": 0.03, "pi": [2, 3]}}, "pool.pi"),
    ("assess", {**ASSESS, "studies": [STUDY, 5]}, "studies.1"),
    ("assess", _study(design=None), "studies.0.design"),
    ("assess", _study(design="RCT"), "studies.0.design"),
    ("assess", _study(n_t=-5), "studies.0.n_t"),
    ("assess", _study(n_t=12.5), "studies.0.n_t"),
    ("assess", _study(n_t="120"), "studies.0.n_t"),
    ("assess", _study(n_t=True), "studies.0.n_t"),
    ("assess", _study(events_min=121), "studies.0.events_min"),
    ("assess", _study(response=140), "studies.0.response"),
    ("assess", _study(baseline="gelijk"), "studies.0.baseline"),
    ("assess", _study(ci=[0.2, 0.1]), "studies.0.ci"),
    ("assess", _study(ci=[0.1]), "studies.0.ci"),
    ("assess", _study(ci=[0.1, 0.2, 0.3]), "studies.0.ci"),
    ("assess", _study(ci=[0.1, None]), "studies.0.ci.1"),
    ("assess", _study(sesoi=-0.03), "studies.0.sesoi"),
    ("assess", _study(region=5), "studies.0.region"),
    ("assess", _study(respons=0.5), "studies.0.respons"),
    ("effect", {}, "measure"),
    ("effect", {**COUNTS, "measure": "g"}, "measure"),
    ("effect", {**COUNTS, "measure": ["rd"]}, "measure"),
    ("effect", {**COUNTS, "a": 101}, "a"),
    ("effect", {**COUNTS, "c": 101}, "c"),
    ("effect", {**COUNTS, "n2": 0}, "n2"),
    ("effect", {**COUNTS, "m1": 5}, "m1"),
    ("effect", {**MEANS, "n1": 1}, "n1"),
    ("effect", {**MEANS, "sd1": -1}, "sd1"),
    ("effect", {**MEANS, "sd1": 0, "sd2": 0}, "sd1"),
    ("effect", {**MEANS, "m2": None}, "m2"),
    ("pool", {**POOL, "method": "FE"}, "method"),
    ("pool", {"yi": [1, 2], "vi": [1, 2]}, "method"),
    ("pool", {**POOL, "vi": [0.1, 0.2]}, "vi"),
    ("pool", {**POOL, "vi": [0.1, 0.2, 0]}, "vi.2"),
    ("pool", {**POOL, "vi": [0.1, 0.2, -0.1]}, "vi.2"),
    ("pool", {**POOL, "yi": [0.1]}, "yi"),
    ("pool", {**POOL, "yi": "0.1 0.2"}, "yi"),
    ("pool", '{"yi": [0.1, NaN], "vi": [1, 1], "method": "DL"}', "NaN"),
    ("pool", '{"yi": [0.1, 1e999], "vi": [1, 1], "method": "DL"}', "yi.1"),
    ("pool", '{"yi": [1' + "0" * 400 + ', 1], "vi": [1, 1], "method": "DL"}', "yi.0"),
    ("pool", '{"yi": [1, 2], "yi": [1, 3], "vi": [1, 1], "method": "DL"}', "yi"),
    ("pool", "[" * 100_000, "document"),
    ("pool", b"\xff\xfe\x00", "document"),
    ("pool", "", "document"),
    ("pool", "[1, 2]", "document"),
    ("pool", {**POOL, "line\nbreak": 1}, "line"),
]


@pytest.mark.parametrize(("command", "document", "field"), BAD)
def test_a_bad_document_gets_one_line_that_names_the_field(command, document, field):
    result = _run(command, document)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert field in result.stderr


def test_everything_that_is_wrong_is_told_at_once():
    line = _run("assess", _study(n_t=-5, response=140)).stderr
    assert "studies.0.n_t" in line
    assert "studies.0.response" in line


def test_a_file_that_is_not_there(tmp_path: Path):
    result = CliRunner().invoke(evidence, ["pool", str(tmp_path / "none.json")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
