"""The API on the whole catalogue for reading, and a small portal with people for writing."""

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


@pytest.fixture(scope="session")
def description(seeded_app) -> dict:
    """The OpenAPI document, as a program gets it."""
    return seeded_app.test_client().get("/api/v1/openapi.json").json


@pytest.fixture(scope="session")
def terms():
    return read_vocabularies(asset_dir("seed_data") / "vocabularies")


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(tmp_path: Path, ticking: Clock, terms) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path, api_per_minute=1_000_000), clock=ticking)
    app.testing = True
    with runtime_of(app).work(writing=True) as work:
        seeding.load_vocabularies(work, terms)
    yield app
    runtime_of(app).close()
