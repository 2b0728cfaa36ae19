"""Pages of text: who we are, how the evidence rules work, accessibility and privacy."""

from flask import Blueprint, render_template

from kb.language.rules import direction_rules, grade_rules, level_rules, together_rules
from kb.language.trace import trace_lines
from kb.runtime import running
from kb.services import explaining

texts = Blueprint("texts", __name__)


@texts.get("/over")
def about() -> str:
    with running().work(origin="web") as work:
        total = explaining.catalogue_figures(work)
    return render_template("texts/about.html", total=total)


@texts.get("/bewijs")
def evidence() -> str:
    with running().work(origin="web") as work:
        page = explaining.evidence_page(work)
    return render_template(
        "texts/evidence.html",
        page=page,
        grades=grade_rules(),
        levels=level_rules(),
        directions=direction_rules(),
        together=together_rules(),
        derivation_lines=trace_lines(page.derived.trace) if page.derived else (),
    )


@texts.get("/toegankelijkheid")
def accessibility() -> str:
    return render_template("texts/accessibility.html")


@texts.get("/privacy")
def privacy() -> str:
    return render_template("texts/privacy.html")
