"""The open data of the whole catalogue for reading, and a small portal to change things in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.app import create_app
from kb.paths import asset_dir
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.settings import Settings
from tests.accounts import Clock, runtime_of
from tests.conftest import NOW


@pytest.fixture
def client(seeded_app):
    return seeded_app.test_client()


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(tmp_path: Path, ticking: Clock) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path), clock=ticking)
    with runtime_of(app).work(writing=True) as work:
        seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    yield app
    runtime_of(app).close()
