"""A machine that knows only the description tries everything it can think of; nothing may surprise it.

Valid requests must be accepted, invalid ones refused, every answer must be as described, never a failure.
"""

import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
import schemathesis
from flask import Flask
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services.importing import stepping
from kb.settings import Settings
from tests.accounts import an_account, runtime_of
from tests.api.keys import a_key
from tests.conftest import NOW

SETTINGS = """
seed = 20260302
[generation]
max-examples = 6
deterministic = true
database = "none"
no-shrink = true
[phases.stateful]
max-steps = 5
[auth.openapi.sleutel]
bearer = "{key}"
"""
# A rule between two fields cannot be told in a schema, so what fits may still be refused.
BETWEEN_FIELDS = ("berekenOordeel", "berekenEffect", "voegSamen", "maakInitiatief")
# Whoever does not know the newest version cannot change it, whatever else is right.
OF_A_VERSION = ("wijzigWerkversie", "voegMetingToe", "dienIn")
# Nothing but an empty file is refused at once, and what came before decides what can come now.
OF_AN_IMPORT = ("importeer", "neemOver", "draaiTerug")
OPERATION = """
[[operations]]
include-operation-id = "{name}"
[operations.generation]
max-examples = {examples}
[operations.checks]
positive_data_acceptance.expected-statuses = {accepted}
negative_data_rejection.expected-statuses = {refused}
missing_required_header.expected-statuses = [428]
"""
# What these read is covered by zoekInitiatieven and wijzigWerkversie; of regions there are 394, all alike;
# rows of an import are asked for like any collection.
QUICKLY = ("leesSuggesties", "maakInitiatief", "leesRegio", "leesImportRijen")
COVERED = "[operations.phases.coverage]\nenabled = false\n"
QUICK = '[[operations]]\ninclude-operation-id = "{name}"\n' + COVERED
ACCEPTED = ["2xx", "400", "404", "409"]
REFUSED = ["400", "401", "404", "405", "412", "428"]


@pytest.fixture
def whole(seeded_dir, tmp_path) -> Iterator[Flask]:
    """The portal on a catalogue of its own, which may be written in."""
    folder = tmp_path / "catalogue"
    shutil.copytree(seeded_dir, folder)
    app = create_app(Settings(data_dir=folder, api_per_minute=1_000_000), clock=lambda: NOW)
    yield app
    runtime_of(app).close()


@pytest.fixture
def address(whole) -> Iterator[str]:
    """Where that portal is served."""
    server = make_server("127.0.0.1", 0, whole, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def at_once(monkeypatch):
    """Steps of imports are taken while the machine waits: hundreds of processes would say nothing more."""
    monkeypatch.setattr(
        Runtime,
        "start_import",
        lambda runtime, key, straight_on=False: stepping.step(runtime.work, key, straight_on=straight_on),
    )


@pytest.mark.filterwarnings("ignore")
def test_nothing_that_the_description_allows_or_forbids_surprises_anybody(whole, address, at_once):
    key = a_key(whole, an_account(runtime_of(whole), Role.REVIEWER))
    settings = SETTINGS.format(key=key)
    for name in BETWEEN_FIELDS:
        settings += OPERATION.format(name=name, examples=15, accepted=ACCEPTED, refused=REFUSED)
        settings += COVERED if name in QUICKLY else ""
    settings += "".join(QUICK.format(name=name) for name in QUICKLY if name not in BETWEEN_FIELDS)
    for name in OF_A_VERSION:
        settings += OPERATION.format(
            name=name, examples=15, accepted=[*ACCEPTED, "403", "412"], refused=REFUSED
        )
    for name in OF_AN_IMPORT:
        settings += OPERATION.format(
            name=name, examples=4, accepted=ACCEPTED, refused=[*REFUSED, "2xx", "409"]
        )
    config = schemathesis.Config.from_str(f'base-url = "{address}/api/v1"\n{settings}')
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
    asked, wrong = hammer(schema)
    assert wrong == []
    assert asked > 1_000


def hammer(schema) -> tuple[int, list[str]]:
    """How many requests there were, and what was wrong with the answers."""
    asked, wrong = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            wrong.append(f"{event.label}: {event.value}")
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.cases)
            wrong += [
                f"{event.label}: {failed.failure.title}: {failed.failure.message} {failed.code_sample[:500]}"
                for checks in event.recorder.checks.values()
                for check in checks
                if (failed := check.failure_info) is not None
            ]
    return asked, wrong
