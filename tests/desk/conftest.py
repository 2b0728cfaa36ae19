"""A portal with vocabularies and people who logged in, for the desk and the reviewers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kb.app import create_app
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.settings import Settings
from tests.accounts import EMAILS, Clock, Hand, a_hand, an_account, runtime_of
from tests.conftest import NOW
from tests.desk.staging import Stage, a_stage


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


def an_app(folder: Path, ticking: Clock) -> Flask:
    """The portal on this folder."""
    app = create_app(Settings(data_dir=folder), clock=ticking)
    app.testing = True
    return app


@pytest.fixture
def app(empty_dir: Path, ticking: Clock) -> Iterator[Flask]:
    app = an_app(empty_dir, ticking)
    yield app
    runtime_of(app).close()


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    return runtime_of(app)


@pytest.fixture
def hand(app: Flask, ticking: Clock) -> Hand:
    return a_hand(app, ticking)


def logged_in(app: Flask, ticking: Clock, role: Role, email: str = "") -> Hand:
    an_account(runtime_of(app), role, email=email)
    hand = a_hand(app, ticking)
    hand.log_in(email or EMAILS[role])
    return hand


@pytest.fixture
def anne(app: Flask, ticking: Clock) -> Hand:
    """A coordinator of Twente who logged in."""
    return logged_in(app, ticking, Role.COORDINATOR)


@pytest.fixture
def caro(app: Flask, ticking: Clock) -> Hand:
    """A reviewer who logged in."""
    return logged_in(app, ticking, Role.REVIEWER)


@pytest.fixture
def bert(app: Flask, ticking: Clock) -> Hand:
    """A second reviewer who logged in."""
    return logged_in(app, ticking, Role.REVIEWER, "tweede@example.nl")


@pytest.fixture
def stage(tmp_path: Path, vocabularies_dir: Path) -> Iterator[Stage]:
    """A served portal of one's own, to change."""
    with a_stage(tmp_path, vocabularies_dir) as stage:
        yield stage


@pytest.fixture(scope="module")
def still(tmp_path_factory, vocabularies_dir: Path) -> Iterator[Stage]:
    """The same for a whole module, to look at."""
    with a_stage(tmp_path_factory.mktemp("desk"), vocabularies_dir) as stage:
        yield stage
