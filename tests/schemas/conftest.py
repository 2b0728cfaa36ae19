"""The vocabularies, read once for all tests of documents."""

import pytest

from kb.domain.terms import Vocabulary
from kb.paths import asset_dir
from kb.schemas.vocabulary import read_vocabularies


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(read_vocabularies(asset_dir("seed_data") / "vocabularies"))
