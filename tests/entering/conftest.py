"""A portal with vocabularies and no initiatives, where people log in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.app import create_app
from kb.runtime import Runtime
from kb.settings import Settings
from tests.accounts import Clock, Hand, a_hand, runtime_of
from tests.conftest import NOW


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(empty_dir: Path, ticking: Clock) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=empty_dir), clock=ticking)
    app.testing = True
    yield app
    runtime_of(app).close()


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    return runtime_of(app)


@pytest.fixture
def hand(app: Flask, ticking: Clock) -> Hand:
    return a_hand(app, ticking)
