"""Valid things for tests; name only what matters to the test."""

from dataclasses import replace

from kb.domain.content import Content, Participation, PartnerRole, Source


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
