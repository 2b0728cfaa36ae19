"""A machine that knows only the description tries everything it can think of; nothing may surprise it.

Valid requests must be accepted, invalid ones refused, every answer must be as described, never a failure.
"""

import pytest
import schemathesis
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

# A rule between two fields cannot be told in a schema, so what fits that may still be refused.
BETWEEN_FIELDS = ("berekenOordeel", "berekenEffect", "voegSamen")
SETTINGS = """
seed = 20260302
[generation]
max-examples = {examples}
deterministic = true
database = "none"
no-shrink = true
[phases.stateful]
max-steps = 6
"""
LOOSER = """
[[operations]]
include-operation-id = "{name}"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "400"]
"""


@pytest.mark.filterwarnings("ignore")
def test_nothing_that_the_description_allows_or_forbids_surprises_anybody(seeded_app):
    settings = SETTINGS.format(examples=8) + "".join(LOOSER.format(name=name) for name in BETWEEN_FIELDS)
    config = schemathesis.Config.from_str(settings)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", seeded_app, config=config)
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
                f"{event.label}: {check.failure_info.failure.title}: {check.failure_info.code_sample[:300]}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info is not None
            ]
    return asked, wrong
