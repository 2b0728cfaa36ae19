"""A portal with all initiatives that a test may change, and people who follow it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.app import create_app
from kb.domain.workflow import Role
from kb.settings import Settings
from tests.accounts import EMAILS, Clock, Hand, a_hand, an_account, runtime_of
from tests.conftest import NOW


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def app(seeded_dir: Path, tmp_path: Path, ticking: Clock) -> Iterator[Flask]:
    folder = tmp_path / "var"
    shutil.copytree(seeded_dir, folder)
    app = create_app(Settings(data_dir=folder), clock=ticking)
    app.testing = True
    yield app
    runtime_of(app).close()


@pytest.fixture
def ministry(app: Flask, ticking: Clock) -> Hand:
    """Somebody of a ministry who logged in."""
    an_account(runtime_of(app), Role.MINISTRY)
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.MINISTRY])
    return hand
