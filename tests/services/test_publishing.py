"""What publishing writes: one truth, rows that follow from it, and a trail."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, text

from kb.domain.content import Content, MeasureKind, Measurement, Study
from kb.domain.evidence import Design
from kb.domain.terms import Scheme
from kb.services import publishing, seeding
from kb.storage.changes import changes_after
from kb.storage.counting import count_by_term, standing_by_term
from kb.storage.initiatives import initiative_by_slug, published_by_slug
from kb.storage.lists import listed
from kb.storage.projection import Projection
from kb.storage.public_tables import VerdictRow
from tests.builders import a_content

PROJECTION = (
    "published",
    "published_term",
    "published_year",
    "published_organisation",
    "published_approach",
    "published_measurement",
    "published_study",
    "published_effect",
    "verdict",
)


@dataclass(frozen=True)
class Given:
    slug: str
    content: Content

    @property
    def source_key(self) -> str:
        return f"test:{self.slug}"


def _seed(runtime, *given: Given):
    with runtime.work(writing=True) as work:
        return seeding.seed(work, given)


MEASURED = a_content(
    "Leerwerkplaats",
    regions=("GM0141",),
    recommendations=("4", "5"),
    measurements=(Measurement("werk gevonden", "ruim 60", kind=MeasureKind.OUTCOME, unit="procent"),),
    studies=(Study("s1", "Wie werkt er?", Design.CROSSSECTION),),
    start_year=2021,
    end_year=2023,
)


def test_a_second_load_adds_nothing(runtime):
    given = Given("route", a_content()), Given("werkplaats", MEASURED)
    assert _seed(runtime, *given).initiatives == 2
    again = _seed(runtime, *given)
    assert (again.initiatives, again.known) == (0, 2)


def test_a_load_that_breaks_off_leaves_nothing(runtime):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), runtime.work(writing=True) as work:
        seeding.seed(work, [Given("route", a_content())], progress=stop)
    with runtime.work() as work:
        assert initiative_by_slug(work.session, "route") is None
        assert changes_after(work.session, 0) == ()


def test_a_published_initiative_reads_back_as_it_was_written(runtime):
    _seed(runtime, Given("werkplaats", MEASURED))
    with runtime.work() as work:
        kept = published_by_slug(work.session, "werkplaats")
    assert kept.content == MEASURED
    assert kept.published_at == runtime.clock()


def test_a_municipality_counts_for_its_province_and_its_labour_market_region(runtime):
    _seed(runtime, Given("werkplaats", MEASURED))
    with runtime.work() as work:
        counts = count_by_term(work.session, Scheme.REGION)
    assert {code for code, number in counts.items() if number} == {"GM0141", "PV23", "LD02", "AM05", "NL01"}


def test_measured_and_compared_are_counted_apart(runtime):
    _seed(runtime, Given("werkplaats", MEASURED), Given("route", a_content(recommendations=("4",))))
    with runtime.work() as work:
        standing = standing_by_term(work.session, Scheme.RECOMMENDATION)["4"]
    assert (standing.initiatives, standing.measured, standing.compared) == (2, 1, 1)


def test_a_list_shows_the_verdict_beside_the_card(runtime):
    _seed(runtime, Given("werkplaats", MEASURED))
    with runtime.work() as work:
        ids = [published_by_slug(work.session, "werkplaats").id]
        (shown,) = listed(work.session, ids)
    assert (shown.card.title, shown.here.trede, shown.here.direction) == ("Leerwerkplaats", 0, "niet_gemeten")
    assert (shown.card.finding.words, shown.card.finding.unit) == ("ruim 60", "procent")


def test_every_verdict_is_kept_with_its_trace(runtime):
    _seed(runtime, Given("werkplaats", MEASURED))
    with runtime.work() as work:
        verdict = work.session.scalars(select(VerdictRow)).one()
    assert verdict.flags == ["beschrijving_onvolledig"]
    assert verdict.grades == ["N"]
    assert verdict.trace


def test_a_withdrawn_initiative_leaves_the_public_rows_and_notes_the_change(runtime):
    _seed(runtime, Given("werkplaats", MEASURED))
    with runtime.work(writing=True) as work:
        row = initiative_by_slug(work.session, "werkplaats")
        projection = Projection(work.session, this_year=work.this_year)
        publishing.withdraw(work, projection, row, actor="test", reason="dubbel")
    with runtime.work() as work:
        assert published_by_slug(work.session, "werkplaats") is None
        assert all(not _rows(work, table) for table in PROJECTION)
        assert len(changes_after(work.session, 0)) == 2


def test_rebuilding_the_projection_gives_the_same_rows(runtime):
    other = replace(MEASURED, title="Leerwerkplaats Zuid", regions=("AM29",))
    _seed(runtime, Given("route", a_content()), Given("werkplaats", MEASURED), Given("zuid", other))
    with runtime.work() as work:
        before = {table: _rows(work, table) for table in PROJECTION}
    with runtime.work(writing=True) as work:
        assert publishing.rebuild_projection(work) == 3
    with runtime.work() as work:
        assert {table: _rows(work, table) for table in PROJECTION} == before


def _rows(work, table: str) -> list[tuple]:
    rows = work.session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()
    return [tuple(row) for row in rows]
