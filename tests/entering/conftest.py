"""A portal with vocabularies and no initiatives, where people log in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.app import create_app
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.settings import Settings
from tests.accounts import Clock, Hand, a_hand, runtime_of
from tests.conftest import NOW


@pytest.fixture(scope="session")
def terms():
    return read_vocabularies(asset_dir("seed_data") / "vocabularies")


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(tmp_path: Path, ticking: Clock, terms) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path), clock=ticking)
    app.testing = True
    with runtime_of(app).work(writing=True) as work:
        seeding.load_vocabularies(work, terms)
    yield app
    runtime_of(app).close()


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    return runtime_of(app)


@pytest.fixture
def hand(app: Flask, ticking: Clock) -> Hand:
    return a_hand(app, ticking)
