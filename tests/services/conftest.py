"""A catalogue with vocabularies and nothing else, for the deeds of the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.runtime import Runtime
from kb.settings import Settings


@pytest.fixture
def runtime(empty_dir: Path, clock) -> Iterator[Runtime]:
    runtime = Runtime(Settings(data_dir=empty_dir), clock=clock)
    runtime.prepare()
    yield runtime
    runtime.close()
