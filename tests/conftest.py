"""What every test may ask for: a clock that stands still, a browser, a PostgreSQL database."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from werkzeug.serving import make_server

# A busy machine is no failure.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CHROMIUM = Path("/usr/bin/chromium")
# No sandbox as root, and no talk with its maker: the tests have no network.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCAL_POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
# A test that asks for the fixture carries the mark.
MARKS = {"chromium": "browser", "browser": "browser", "postgresql_url": "postgresql"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKS:
                item.add_marker(MARKS[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """KB_TEST_REQUIRE=browser,postgresql: a test with that mark fails instead of being skipped."""
    report = yield
    if report.skipped and any(item.get_closest_marker(mark) for mark in _required()):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but KB_TEST_REQUIRE asks for it: {report.longrepr}"
    return report


@pytest.fixture
def now() -> datetime:
    """The moment at which every test takes place."""
    return NOW


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def chromium() -> str:
    if not CHROMIUM.exists():
        _absent("browser", f"{CHROMIUM} is missing: apt-get install chromium")
    return str(CHROMIUM)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[object]:
    """Playwright's browser; `browser.new_page(...)` gives a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """An empty database of this session, thrown away at the end."""
    server = make_url(os.environ.get("KB_TEST_POSTGRESQL_URL", LOCAL_POSTGRESQL))
    name = f"kb_test_{secrets.token_hex(6)}"
    try:
        _administer(server, f"CREATE DATABASE {name}")
    except OperationalError as error:
        _absent("postgresql", f"no PostgreSQL at {server.host}:{server.port}: {error.orig}")
    yield server.set(database=name).render_as_string(hide_password=False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _required() -> set[str]:
    return set(os.environ.get("KB_TEST_REQUIRE", "").split(",")) - {""}


def _absent(mark: str, reason: str) -> NoReturn:
    """For tests that ask for the fixture as they run, and so carry no mark."""
    if mark in _required():
        pytest.fail(reason)
    pytest.skip(reason)


def _administer(server, command: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()


@pytest.fixture(scope="session")
def vocabularies_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a portal with vocabularies and no initiatives; to be copied."""
    from kb.paths import asset_dir
    from kb.runtime import Runtime
    from kb.schemas.vocabulary import read_vocabularies
    from kb.services import seeding
    from kb.settings import Settings

    folder = tmp_path_factory.mktemp("vocabularies")
    runtime = Runtime(Settings(data_dir=folder), clock=lambda: NOW)
    runtime.prepare()
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    runtime.open_index()
    runtime.close()
    return folder


@pytest.fixture
def empty_dir(tmp_path: Path, vocabularies_dir: Path) -> Path:
    """One of one's own: a copy takes a millisecond, loading takes a second."""
    return Path(shutil.copytree(vocabularies_dir, tmp_path, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def seeded_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a catalogue with everything that comes with the program; for reading only."""
    from kb.cli.loading import load
    from kb.runtime import Runtime
    from kb.settings import Settings

    folder = tmp_path_factory.mktemp("catalogue")
    runtime = Runtime(Settings(data_dir=folder), clock=lambda: NOW)
    runtime.prepare()
    load(runtime)
    runtime.open_index()
    runtime.close()
    return folder


@pytest.fixture(scope="session")
def seeded_app(seeded_dir: Path):
    """The portal on the whole catalogue; for reading only."""
    from kb.app import create_app
    from kb.settings import Settings

    # The clock stands still, so the minute in which requests are counted never ends.
    return create_app(Settings(data_dir=seeded_dir, api_per_minute=1_000_000), clock=lambda: NOW)


@pytest.fixture(scope="session")
def example_app(tmp_path_factory: pytest.TempPathFactory):
    """The portal on the made-up data; for reading only."""
    from kb.app import create_app
    from kb.cli.loading import load_example
    from kb.runtime import Runtime
    from kb.settings import Settings

    folder = tmp_path_factory.mktemp("made-up")
    runtime = Runtime(Settings(data_dir=folder), clock=lambda: NOW)
    runtime.prepare()
    load_example(runtime)
    runtime.close()
    return create_app(Settings(data_dir=folder), clock=lambda: NOW)


@pytest.fixture(scope="session")
def portal(seeded_app) -> Iterator[str]:
    """The address of the portal on the whole catalogue, served for a browser; for reading only."""
    server = make_server("127.0.0.1", 0, seeded_app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
