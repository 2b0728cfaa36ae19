"""Four processes that publish and search at once: every answer is that of the database at that moment."""

import json
import subprocess
import sys

import pytest

from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import indexing, seeding
from kb.settings import Settings
from tests.databases import another_database

PROCESSES = 4
ROUNDS = 8


def started(url, folder, number):
    command = [
        sys.executable,
        "-m",
        "tests.services.portal_process",
        url,
        str(folder),
        str(number),
        str(ROUNDS),
    ]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def told(processes):
    """What each printed in the end, once all were ready to begin at the same moment."""
    for process in processes:
        assert process.stdout.readline() == '"ready"\n', process.stderr.read()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, errors = process.communicate()
        assert process.returncode == 0, errors
        yield json.loads(out), errors


def all_is_right(settings):
    """And at last the index is whole, with everything that was published by anybody."""
    folder, url = settings.data_dir, settings.database_url
    answers = list(told([started(url, folder, number) for number in range(PROCESSES)]))
    assert [wrong for answer, _ in answers for wrong in answer["wrong"]] == []
    assert sum(answer["searches"] for answer, _ in answers) >= PROCESSES * ROUNDS
    assert [errors for _, errors in answers if "Traceback" in errors or "cannot be" in errors] == []
    runtime = Runtime(settings)
    assert runtime.open_index()
    with runtime.work() as work:
        indexing.commit(work)
        assert not indexing.check(work).problem
    runtime.close()


def test_every_answer_of_four_processes_is_that_of_the_database(empty_dir):
    all_is_right(Settings(data_dir=empty_dir))


@pytest.mark.postgresql
def test_every_answer_of_four_processes_is_that_of_postgresql(tmp_path, postgresql_url):
    with another_database(postgresql_url) as url:
        settings = Settings(data_dir=tmp_path, database_url=url)
        runtime = Runtime(settings)
        runtime.prepare()
        with runtime.work(writing=True) as work:
            seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
        runtime.open_index()
        runtime.close()
        all_is_right(settings)
