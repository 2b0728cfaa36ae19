"""Many people at once, and the power cut: no word that was acknowledged gets lost."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

from kb.domain.people import Person
from kb.domain.problems import Conflict
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services import drafting, history
from kb.settings import Settings
from tests.builders import a_content

ANNE = Person(1, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05"}))
SAVES = 50
KILLS = 12

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services import drafting
from kb.settings import Settings

anne = Person(1, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05"}))
runtime = Runtime(Settings(data_dir=Path(sys.argv[1])))
slug, turn = sys.argv[2], sys.argv[3]
number = 0
while True:
    with runtime.work(writing=True) as work:
        draft = drafting.look(work, anne, slug)
        words = f"{turn}.{number}"
        drafting.edit(work, anne, slug, replace(draft.content, goal=words), based_on=draft.number)
    print(words, flush=True)
    number += 1
"""


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


def test_a_save_that_was_acknowledged_outlives_a_kill_at_any_moment(runtime, tmp_path):
    with runtime.work(writing=True) as work:
        draft = drafting.create(work, ANNE, a_content())
    runtime.close()
    acknowledged = [
        words for turn in range(KILLS) for words in _killed_while_saving(tmp_path, draft.slug, turn)
    ]
    assert acknowledged
    with closing(sqlite3.connect(tmp_path / "kb.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = Runtime(Settings(data_dir=tmp_path))
    with again.work() as work:
        newest = drafting.look(work, ANNE, draft.slug)
        kept = [
            history.version(work, ANNE, draft.slug, number).content.goal
            for number in range(2, newest.number + 1)
        ]
    again.close()
    assert set(acknowledged) <= set(kept)
    assert newest.content.goal == kept[-1]


def _killed_while_saving(data_dir, slug: str, turn: int) -> list[str]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data_dir), slug, str(turn)],
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("KB_")},
    ) as process:
        first = process.stdout.readline()
        time.sleep(random.uniform(0.005, 0.15))
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    # The last line may be cut; only whole lines were acknowledged.
    return [line for line in (first + rest).split("\n")[:-1] if line]
