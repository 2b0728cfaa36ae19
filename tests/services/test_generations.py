"""What is counted once stays right: after any change it is what counting everything anew gives."""

from dataclasses import fields

import pytest

from kb.domain.content import Approach, Funding, MeasureKind, Measurement
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.runtime import EXTENSION
from kb.services import indexing, merging_approaches, reviewing
from kb.services.generations import Generations
from kb.services.insight import current_facts
from kb.services.programmes import programme_lines
from kb.storage.approaches import save_approaches
from kb.storage.insight import Facts, facts
from tests.builders import a_content
from tests.initiatives import publish
from tests.services.test_adopting import a_study

CARO = Person(3, Role.REVIEWER, "Caro")
TOLD = {
    "approaches": ("een",),
    "measurements": (Measurement("Instroom", "40%", indicator="uitval", kind=MeasureKind.OUTCOME),),
    "start_year": 2020,
    "end_year": 2023,
}


@pytest.fixture
def both(runtime):
    """The facts as they are kept, and as they are counted anew."""

    def look() -> tuple[dict[str, object], dict[str, object]]:
        with runtime.work() as work:
            indexing.catch_up(work)
            return as_dict(current_facts(work)), as_dict(facts(work.session))

    return look


def as_dict(found: Facts) -> dict[str, object]:
    return {field.name: getattr(found, field.name) for field in fields(found)}


def test_facts_that_were_amended_are_those_that_are_counted_anew(runtime, both):
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("een", "Een"), Approach("twee", "Twee")])
    publish(runtime, a_content("Blijft", **TOLD))
    kept, counted = both()
    assert kept == counted
    goes = publish(runtime, a_content("Gaat", levels=("mbo-4",), studies=(a_study(),), **TOLD))
    kept, counted = both()
    assert kept == counted
    assert len(kept["studied"]) == 1
    with runtime.work(writing=True) as work:
        merging_approaches.merge(work, CARO, "een", "twee", reason="Hetzelfde")
    kept, counted = both()
    assert kept == counted
    assert set(kept["approaches"].values()) == {("twee",)}
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, CARO, goes, reason="Gestopt")
    kept, counted = both()
    assert kept == counted
    assert not kept["studied"]


def test_the_money_of_a_programme_follows_every_change(runtime):
    def euros() -> int:
        with runtime.work() as work:
            [line] = [each for each in programme_lines(work) if each.term.code == "sto"]
        return line.euros

    assert euros() == 0
    slug = publish(runtime, a_content("Route", programmes=("sto",), funding=(Funding("OCW", 900),)))
    assert euros() == 900
    publish(runtime, a_content("Nog een", programmes=("sto",), funding=(Funding("OCW", 50),)))
    assert euros() == 950
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, CARO, slug, reason="Gestopt")
    assert euros() == 50


def test_who_still_sees_the_state_of_before_keeps_nobody_from_the_newest(runtime):
    """A transaction that began before a change never passes for one that saw it."""
    counted = Generations(lambda work: len(facts(work.session).by_trede.get(0, ())))
    publish(runtime, a_content("Eerste"))
    with runtime.work() as early:
        assert counted.now(early) == 1
        publish(runtime, a_content("Tweede"))
        with runtime.work() as late:
            assert counted.now(late) == 2
    with runtime.work() as after:
        assert counted.now(after) == 2


def test_the_whole_catalogue_is_amended_as_it_is_counted(seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        whole = facts(work.session)
        some = frozenset(sorted(whole.measured)[:20])
        part = facts(work.session, some)
    assert part.measured == some
    assert all(ids <= some for ids in part.tagged.values())
