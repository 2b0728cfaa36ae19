"""Taking an approach over: what comes along, who hears of it, and what a result at the new place does."""

from dataclasses import replace
from functools import partial

import pytest

from kb.domain.adopting import Adoption, Fit
from kb.domain.content import (
    Approach,
    Condition,
    ConditionKind,
    Cost,
    Effect,
    MeasureKind,
    Measurement,
    Metric,
    Participation,
    PartnerRole,
    PlannedMeasure,
    Study,
    Theory,
)
from kb.domain.evidence import Baseline, Design
from kb.domain.people import PUBLIC, Person
from kb.domain.problems import Denied, Invalid, NotFound
from kb.domain.workflow import Role
from kb.services import adopting, drafting, mailing, reading, reviewing
from kb.storage.approaches import save_approaches
from tests.accounts import EMAILS, an_account, letters_of
from tests.builders import a_content
from tests.initiatives import EDITOR, publish

LIMBURG = Person(77, Role.COORDINATOR, "Zoë", frozenset({"AM29"}), frozenset({"AM29"}))
THEORY = Theory("Te weinig keuze", "Zelf doen", "Meer keuze", ("https://example.org/theorie",))
ROUTE = Approach(
    "techniekroute",
    "Techniekroute",
    summary="Leerlingen gaan langs bedrijven.",
    core_elements=("Vier bezoeken", "Een vaste begeleider"),
    theory=THEORY,
    manual_url="https://example.org/handleiding",
)
DESCRIBED = {
    "goal": "Meer keuze voor techniek",
    "audience": "Leerlingen",
    "activities": "Op bezoek in Enschede",
    "requirements": "Tien bedrijven",
    "contact_url": "https://example.org/contact",
}


def a_study(key: str = "rct", **changes: object) -> Study:
    """Of two hundred people in each group, drawn by lot, by somebody without a stake."""
    effect = Effect(
        "uitval", Metric.RD, events_t=20, n_t=200, events_c=60, n_c=200, follow_up_months=12, primary=True
    )
    study = Study(
        key,
        "Onderzoek",
        Design.RCT,
        units_t=4,
        units_c=4,
        assigned_t=200,
        assigned_c=200,
        analysed_t=200,
        analysed_c=200,
        baseline=Baseline.EQUAL,
        independent=True,
        report_public=True,
        end_year=2025,
        effects=(effect,),
    )
    return replace(study, **changes)  # type: ignore[arg-type]


def the_origin(runtime, **changes: object) -> str:
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [ROUTE])
    content = a_content(
        approaches=("techniekroute",),
        conditions=(
            Condition(ConditionKind.PARTNER, "Tien bedrijven", must=True),
            Condition(ConditionKind.MONEY, "Een bus"),
        ),
        promises=(PlannedMeasure("uitval", "20% (nu 30%)", "2025-01-01", "2025-12-01", "andere scholen"),),
        measurements=(
            Measurement("Instroom", "40%", indicator="instroom-mbo-techniek", kind=MeasureKind.OUTCOME),
        ),
        costs=(Cost(year=2025, total=9000, participants=100),),
        lessons="Begin klein",
        studies=(a_study(),),
        **DESCRIBED,
    )
    return publish(runtime, replace(content, **changes))


def answers(runtime, slug: str, fit: Fit = Fit.YES) -> dict[str, Fit]:
    with runtime.work() as work:
        return {each.key: fit for each in adopting.prospect(work, LIMBURG, slug).checks}


def adopt(runtime, slug: str, person: Person = LIMBURG, **changes: object):
    given = Adoption(
        "Techniekroute Limburg",
        "Gilde",
        ("AM29",),
        indicators=("uitval", "instroom-mbo-techniek"),
        due_date="2027-06-30",
        fits=answers(runtime, slug),
    )
    with runtime.work(writing=True) as work:
        return adopting.adopt(work, person, slug, replace(given, **changes))


def test_what_belongs_to_the_approach_comes_along_and_results_do_not(runtime):
    origin = the_origin(runtime)
    content = adopt(runtime, origin).content
    assert content.activities == "- Vier bezoeken\n- Een vaste begeleider"
    assert (content.goal, content.requirements) == ("Meer keuze voor techniek", "Tien bedrijven")
    assert content.summary == "Leerlingen gaan langs bedrijven."
    assert (content.approaches, content.adopted_from) == (("techniekroute",), (origin,))
    assert (content.regions, content.levels, content.recommendations) == (("AM29",), ("vo-vmbo",), ("3",))
    assert content.organisations == (Participation("Gilde", PartnerRole.LEAD),)
    assert len(content.conditions) == 2
    assert [source.url for source in content.sources] == [
        f"http://127.0.0.1:8000/initiatieven/{origin}",
        "https://example.org/handleiding",
    ]
    results = (content.studies, content.measurements, content.costs, content.lessons)
    assert not any(results)


def test_a_promise_comes_along_without_its_days_and_what_was_only_measured_becomes_one(runtime):
    first, second = adopt(runtime, the_origin(runtime)).content.promises
    assert first == PlannedMeasure("uitval", "20% (nu 30%)", "", "2027-06-30", "andere scholen")
    assert (second.indicator, second.due_date) == ("instroom-mbo-techniek", "2027-06-30")
    assert second.target == "Zelfde meting als bij Techniekroute Twente"


def test_without_an_answer_to_what_it_cannot_do_without_there_is_no_draft(runtime):
    origin = the_origin(runtime)
    with pytest.raises(Invalid) as invalid:
        adopt(runtime, origin, fits={})
    assert [error.field for error in invalid.value.errors] == ["past.kern0", "past.kern1", "past.moet0"]


def test_what_is_not_there_yet_stands_in_the_draft_as_a_remark_at_its_field(runtime):
    origin = the_origin(runtime)
    fits = {**answers(runtime, origin), "moet0": Fit.NOT_YET, "kosten": Fit.UNKNOWN}
    draft = adopt(runtime, origin, fits=fits)
    assert [(remark.field, remark.words) for remark in draft.remarks] == [
        ("conditions", "Nog te regelen: Tien bedrijven"),
        ("costs", "Nog uit te zoeken voor u begint: €\xa090 per deelnemer"),
    ]


def test_who_keeps_the_origin_up_gets_one_mail_also_after_a_second_click(runtime):
    an_account(runtime, Role.COORDINATOR)
    origin = the_origin(runtime)
    assert adopt(runtime, origin).slug == adopt(runtime, origin).slug
    mailing.deliver(partial(runtime.work, writing=True), runtime.post)
    [mail] = letters_of(runtime)
    assert mail.startswith(f"{EMAILS[Role.COORDINATOR]}\nUw aanpak wordt overgenomen: Techniekroute Twente\n")
    assert "Zoë (Gilde)" in mail
    assert "Waar: Noord-Limburg." in mail


def test_an_origin_without_approach_gets_one_that_both_carry_after_publication(runtime):
    origin = publish(runtime, a_content(theory=THEORY))
    with pytest.raises(Invalid):
        adopt(runtime, origin)
    draft = adopt(runtime, origin, approach_name="Route langs bedrijven", indicators=())
    assert draft.content.approaches == ("route-langs-bedrijven",)
    _make_public(runtime, draft)
    with runtime.work() as work:
        page = reading.initiative_page(work, origin)
    assert page.content.approaches == ("route-langs-bedrijven",)
    assert page.approaches[0].theory == THEORY
    assert [each.card.slug for each in page.lineage.takers] == [draft.slug]


@pytest.mark.parametrize("person", [PUBLIC, Person(5, Role.MINISTRY), Person(6, Role.ADMINISTRATOR)])
def test_only_coordinators_and_reviewers_take_over(runtime, person):
    origin = the_origin(runtime)
    with runtime.work() as work, pytest.raises(Denied):
        adopting.prospect(work, person, origin)
    with pytest.raises(Denied):
        adopt(runtime, origin, person)


def test_nobody_takes_over_into_a_region_of_others(runtime):
    with pytest.raises(Denied):
        adopt(runtime, the_origin(runtime), regions=("AM05",))


def test_what_is_not_public_cannot_be_taken_over(runtime):
    with runtime.work(writing=True) as work:
        slug = drafting.create(work, LIMBURG, a_content(regions=("AM29",))).slug
    with runtime.work() as work, pytest.raises(NotFound):
        adopting.prospect(work, LIMBURG, slug)


def test_a_result_at_the_new_place_makes_it_shown_in_more_places_by_itself(runtime):
    origin = the_origin(runtime)
    assert _approach(runtime, origin) == (4, 1)
    draft = adopt(runtime, origin)
    _make_public(runtime, draft, **DESCRIBED)
    assert _approach(runtime, origin) == (4, 2)
    with runtime.work() as work:
        found = drafting.look(work, LIMBURG, draft.slug)
    _make_public(runtime, found, studies=(a_study("eigen", design=Design.DID, units_t=2, units_c=2),))
    assert _approach(runtime, origin) == (5, 2)
    assert _approach(runtime, draft.slug) == (5, 2)


def test_the_same_result_counts_for_no_other_place_without_the_approach(runtime):
    origin = the_origin(runtime)
    studies = (a_study("eigen", design=Design.DID, units_t=2, units_c=2),)
    lead = (Participation("Gilde", PartnerRole.LEAD),)
    publish(runtime, a_content("Elders", organisations=lead, studies=studies, **DESCRIBED))
    assert _approach(runtime, origin) == (4, 1)


def _make_public(runtime, draft, **changes: object) -> None:
    with runtime.work(writing=True) as work:
        if changes:
            draft = drafting.edit(
                work, LIMBURG, draft.slug, replace(draft.content, **changes), based_on=draft.number
            )
        content = replace(draft.content, summary="Leerlingen gaan langs bedrijven in Limburg.")
        draft = drafting.edit(work, LIMBURG, draft.slug, content, based_on=draft.number)
        drafting.submit(work, LIMBURG, draft.slug, based_on=draft.number)
        reviewing.publish(work, EDITOR, draft.slug, based_on=draft.number)


def _approach(runtime, slug: str) -> tuple[int, int]:
    with runtime.work() as work:
        badge = reading.initiative_page(work, slug).badges["aanpak"]
    return badge.trede, badge.places
