"""How long it takes until every worker shows what was published."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

from kb.runtime import Runtime
from kb.services import publishing
from kb.services.work import Work
from kb.settings import Settings
from kb.storage.initiatives import add_revision, content_of, initiative_by_id
from kb.storage.projection import Projection
from kb.storage.tables import Revision
from measuring.serving import Server

CHANGES = 30
PATIENCE_S = 30


def seconds_until_visible(folder: Path, workers: Sequence[Server], size: int) -> list[float]:
    """From the end of the transaction until the last of the workers finds the new word."""
    runtime = Runtime(Settings(data_dir=folder))
    numbers = random.Random(9).sample(range(1, size + 1), CHANGES)
    seconds = []
    with ThreadPoolExecutor(len(workers)) as threads:
        for number in numbers:
            word = f"zichtbaar{number}q{time.time_ns()}"
            with runtime.work(writing=True) as work:
                _publish(work, number, word)
            begun = time.perf_counter()
            list(threads.map(lambda worker, word=word: _await_word(worker.port, word), workers))
            seconds.append(time.perf_counter() - begun)
    runtime.close()
    return seconds


def _publish(work: Work, number: int, word: str) -> None:
    row = initiative_by_id(work.session, number)
    assert row
    before = work.session.get(Revision, row.published_revision_id)
    assert before
    content = content_of(before)
    changed = replace(content, summary=f"{content.summary} {word}")
    revision = add_revision(work.session, row, changed, now=work.now)
    projection = Projection(work.session, this_year=work.this_year)
    publishing.make_public(work, projection, row, revision, actor="meting")


def _await_word(port: int, word: str) -> None:
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        connection.request("GET", f"/zoeken?q={word}")
        found = connection.getresponse().read()
        connection.close()
        if f"<mark>{word}</mark>".encode() in found:
            return
    raise RuntimeError("a change was not shown")
