"""A catalogue with vocabularies and nothing else, for the deeds of the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.settings import Settings


@pytest.fixture(scope="session")
def terms():
    return read_vocabularies(asset_dir("seed_data") / "vocabularies")


@pytest.fixture
def runtime(tmp_path: Path, clock, terms) -> Iterator[Runtime]:
    runtime = Runtime(Settings(data_dir=tmp_path), clock=clock)
    runtime.prepare()
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, terms)
    yield runtime
    runtime.close()
