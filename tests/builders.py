"""Valid things for tests; name only what matters to the test."""

from dataclasses import replace

from kb.domain.content import Content, Participation, PartnerRole, Source
from kb.domain.evidence import Answers, Baseline, Design, Interval, StudyAnswers


def a_content(title: str = "Techniekroute Twente", **changes: object) -> Content:
    """A published-worthy initiative of one region, level and recommendation."""
    content = Content(
        title=title,
        summary="Leerlingen maken kennis met techniek bij bedrijven in de buurt.",
        regions=("AM05",),
        recommendations=("3",),
        levels=("vo-vmbo",),
        organisations=(Participation("Stichting Techniekroute", PartnerRole.LEAD),),
        sources=(Source("Over de route", "https://example.org/route", collected="2026-11-23"),),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def study_answers(**changes: object) -> StudyAnswers:
    """A strong, public, independent study of 400 people with a favourable outcome."""
    study = StudyAnswers(
        design=Design.RCT,
        n_t=200,
        n_c=200,
        baseline=Baseline.EQUAL,
        multi_cluster=True,
        attrition_low=True,
        validity_tests=True,
        points_before=6,
        same_instrument=True,
        response=0.8,
        independent=True,
        report_public=True,
        followup_months=12,
        implementer="ROC van Twente",
        region="AM05",
        end_year=2025,
        ci=Interval(0.05, 0.15),
        sesoi=0.03,
    )
    return replace(study, **changes)  # type: ignore[arg-type]


def verdict_answers(*studies: StudyAnswers, **changes: object) -> Answers:
    """A described initiative with a theory, and these studies."""
    return replace(Answers(described=True, theory=True, today_year=2026, studies=studies), **changes)  # type: ignore[arg-type]
