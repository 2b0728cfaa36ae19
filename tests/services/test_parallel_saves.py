"""Many people at once: one is the first and every other is told; tests/desk has it over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from kb.domain.people import Person
from kb.domain.problems import Conflict
from kb.domain.workflow import Role
from kb.services import drafting
from tests.builders import a_content

ANNE = Person(1, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05"}))
SAVES = 50


def test_of_fifty_saves_on_one_base_one_wins_and_every_other_is_told(runtime):
    with runtime.work(writing=True) as work:
        draft = drafting.create(work, ANNE, a_content())

    def save(turn: int) -> int | None:
        try:
            with runtime.work(writing=True) as work:
                content = replace(draft.content, goal=f"Tekst van {turn}")
                return drafting.edit(work, ANNE, draft.slug, content, based_on=1).number
        except Conflict:
            return None

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(save, range(SAVES)))
    assert sorted(outcomes, key=str) == [2] + [None] * (SAVES - 1)
    with runtime.work() as work:
        winner = drafting.look(work, ANNE, draft.slug)
    assert winner.content.goal == f"Tekst van {outcomes.index(2)}"
    assert winner.number == 2
