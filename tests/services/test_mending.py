"""An index that cannot be made anew: a plain search answers, and the program keeps trying."""

from datetime import timedelta

import pytest

from kb.domain.search import Search
from kb.runtime import Runtime
from kb.services import indexing
from kb.settings import Settings


class Hands:
    """A clock that goes when it is told to."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def hands(now):
    return Hands(now)


def test_search_comes_back_by_itself_once_the_folder_can_be_used_again(tmp_path, hands):
    index = tmp_path / "index"
    index.write_text("a file where the folder should be")
    runtime = Runtime(Settings(data_dir=tmp_path), clock=hands)
    runtime.prepare()
    runtime.open_index()
    assert _is_plain(runtime)

    index.unlink()
    assert _is_plain(runtime)

    hands.now += timedelta(minutes=1)
    assert not _is_plain(runtime)
    runtime.close()


def _is_plain(runtime):
    with runtime.work() as work:
        return indexing.search(work, Search(words="techniek"), "nl").degraded
