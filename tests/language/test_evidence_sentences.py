"""The sentences of docs/evidence-rules.md, in both languages, from the numbers."""

import pytest

from kb.domain.evidence import (
    Answers,
    Baseline,
    Design,
    Direction,
    Interval,
    Level,
    PooledResult,
    StudyAnswers,
)
from kb.domain.fragmentation import Member, fragmentation
from kb.domain.grading import GRADING
from kb.domain.next_step import Action, next_step
from kb.domain.poolability import Obstacle
from kb.domain.verdict import assess
from kb.language.evidence import (
    ACTIONS,
    OBSTACLES,
    Figures,
    attribution_sentence,
    direction_sentence,
    fragmentation_sentence,
    level_sentence,
    next_step_sentences,
    obstacle_sentences,
)
from kb.language.texts import speaking
from kb.language.trace import ANSWERS, trace_lines
from kb.language.trace import GRADING as GRADING_TEXTS
from tests.builders import study_answers, verdict_answers

FIGURES = Figures(
    change=("40%", "55%"),
    places=3,
    per_100=8.2,
    interval=Interval(3.1, 13.4),
    prediction=Interval(-4.0, 20.0),
)

LEVELS = [
    (Level.REGISTERED, "Dit initiatief is aangemeld. De beschrijving is nog niet compleet."),
    (
        Level.DESCRIBED,
        "Hier staat wat mensen doen, voor wie en wat ervoor nodig is. Of het helpt, is niet gemeten.",
    ),
    (
        Level.SUBSTANTIATED,
        "Er is uitgelegd waarom dit kan helpen, met bronnen. Of het echt helpt, is niet gemeten.",
    ),
    (Level.MEASURED, "Het cijfer ging van 40% naar 55%. We weten niet of dat door dit initiatief komt."),
    (Level.COMPARED, "Deelnemers zijn vergeleken met een groep die niet meedeed."),
    (Level.REPLICATED, "Dit is op 3 plekken goed onderzocht, ook door onafhankelijke onderzoekers."),
]

DIRECTIONS = [
    (
        Direction.FAVOURABLE,
        "Van elke 100 deelnemers lukt het er ongeveer 8 meer dan zonder dit initiatief "
        "(waarschijnlijk tussen 3 en 13).",
    ),
    (Direction.FAVOURABLE_SMALL, "Er is verschil, maar klein: ongeveer 8 op de 100."),
    (Direction.NO_DIFFERENCE, "Het maakt geen verschil dat ertoe doet."),
    (Direction.UNFAVOURABLE, "Het ging slechter dan zonder: ongeveer 8 op de 100 minder."),
    (
        Direction.UNCLEAR,
        "Het onderzoek is te klein om te zeggen of het helpt. Dat is iets anders dan: het werkt niet.",
    ),
    (Direction.MIXED, "Op de ene plek hielp het, op de andere niet."),
    (
        Direction.FAVOURABLE_VARIES,
        "Gemiddeld helpt het. Op een nieuwe plek kan het tegenvallen: verwacht tussen -4 en 20 op de 100.",
    ),
    (None, "Niet gemeten. Dat zegt niets over goed of slecht."),
]


@pytest.mark.parametrize(("level", "sentence"), LEVELS)
def test_each_trede_has_its_sentence(level, sentence):
    assert level_sentence(level, FIGURES) == sentence


@pytest.mark.parametrize(("direction", "sentence"), DIRECTIONS)
def test_each_richting_has_its_sentence(direction, sentence):
    assert direction_sentence(direction, FIGURES) == sentence


@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_sentence_needs_figures(code):
    with speaking(code):
        sentences = [level_sentence(level) for level in Level]
        sentences += [direction_sentence(direction) for direction in (*Direction, None)]
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in sentences)


def test_harm_is_told_as_a_number_without_a_sign():
    assert direction_sentence(Direction.UNFAVOURABLE, Figures(per_100=-6.6)).endswith(
        "ongeveer 7 op de 100 minder."
    )


@pytest.mark.parametrize(
    ("direction", "per_100", "sentence"),
    [
        (Direction.FAVOURABLE, 8.2, "Het ging beter dan vooraf: ongeveer 8 op de 100 meer."),
        (Direction.FAVOURABLE, None, "Het ging beter dan vooraf."),
        (Direction.FAVOURABLE_SMALL, 1.2, "Het ging iets beter dan vooraf."),
        (Direction.UNFAVOURABLE, -8.2, "Het ging slechter dan vooraf: ongeveer 8 op de 100 minder."),
        (Direction.NO_DIFFERENCE, 0.2, "Het maakt geen verschil dat ertoe doet."),
    ],
)
def test_a_study_before_and_after_says_nothing_of_without(direction, per_100, sentence):
    figures = Figures(per_100=per_100, interval=Interval(1, 15), compared=False)
    assert direction_sentence(direction, figures) == sentence


def test_the_outcome_may_be_named():
    figures = Figures(per_100=8, interval=Interval(3, 13), outcome="slagen")
    assert direction_sentence(Direction.FAVOURABLE, figures).startswith("Van elke 100 deelnemers slagen er")


def test_a_comparison_is_proposed_with_its_size():
    step = next_step(verdict_answers(study_answers(design=Design.PREPOST)))
    assert next_step_sentences(step) == (
        "Meet ook bij een groep die niet meedoet. Met ongeveer 97 mensen per groep "
        "is een verschil tussen 40 en 60 procent te zien.",
    )
    with speaking("en"):
        assert "about 97 people in each group" in next_step_sentences(step)[0]


def test_a_study_that_falls_short_is_told_with_the_answers_it_lacks():
    step = next_step(verdict_answers(study_answers(design=Design.DID, baseline=Baseline.UNKNOWN, n_t=None)))
    assert next_step_sentences(step)[-1] == (
        "Onderzoek 1 telt zwaarder met betere of bekende antwoorden op: "
        "groepen bij de start gelijk en mensen in de groep die meedeed."
    )


def test_nothing_is_put_down_to_an_initiative_without_a_good_comparison():
    assert "niet toe te schrijven" in attribution_sentence(False)
    assert "toe te schrijven" in attribution_sentence(True)
    assert attribution_sentence(None) == ""


def test_scatter_is_told_beside_the_share_that_was_evaluated():
    members = [Member(frozenset("a"), evaluated=True), Member(frozenset("a")), Member(frozenset("b"))]
    assert fragmentation_sentence(fragmentation(members)) == (
        "Neem twee willekeurige initiatieven: in 67 van de 100 gevallen hebben ze een andere aanpak. "
        "Van elke 100 initiatieven zijn er 33 geëvalueerd."
    )
    assert "te weinig bekend" in fragmentation_sentence(fragmentation([]))


def test_every_code_of_the_domain_has_a_text():
    assert ACTIONS.keys() == set(Action)
    assert OBSTACLES.keys() == set(Obstacle)
    assert {row.rule for row in GRADING} <= GRADING_TEXTS.keys()
    assert len(obstacle_sentences(tuple(Obstacle))) == len(Obstacle)


POOL = PooledResult(Interval(0.01, 0.2), 0.03, pi=Interval(-0.1, 0.3))
EVERYTHING = [
    Answers(described=False, theory=False, today_year=2026),
    verdict_answers(*(StudyAnswers(design) for design in Design)),
    verdict_answers(*(study_answers(design=design) for design in Design), overdue_promise_months=20),
    verdict_answers(*[study_answers()] * 3, pool=POOL),
]


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("answers", EVERYTHING)
def test_every_line_of_a_trace_can_be_read(answers, code):
    with speaking(code):
        lines = trace_lines(assess(answers).trace)
    assert all(line.sentence and line.answers for line in lines)


def test_a_line_tells_whom_it_is_about_and_what_it_read():
    lines = trace_lines(assess(verdict_answers(study_answers(n_t=20))).trace)
    small = next(line for line in lines if line.sentence.startswith("Minder dan 30"))
    assert (small.study, small.held) == (1, True)
    assert ("mensen in de groep die meedeed", "20") in small.answers
    assert ("opzet van het onderzoek", "Geloot") in small.answers or small.answers[0][
        0
    ] == "opzet van het onderzoek"
    places = next(
        line for line in lines if line.sentence == "Die onderzoeken komen van minstens twee plekken."
    )
    assert (places.level, places.held, places.answers) == (
        5,
        False,
        (("plekken", "1"), ("minstens nodig", "2")),
    )


def test_an_unknown_answer_is_shown_as_unknown():
    lines = trace_lines(assess(verdict_answers(StudyAnswers(Design.DID))).trace)
    assert ("mensen in de groep die meedeed", "onbekend") in lines[2].answers


def test_the_texts_of_answers_belong_to_answers_that_rules_read():
    read = {
        path.rpartition(".")[2]
        for answers in EVERYTHING
        for step in assess(answers).trace
        for path, _ in step.because
    }
    assert {name for name in read if not name.isdigit()} <= ANSWERS.keys()
