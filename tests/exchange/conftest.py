"""The portal on the whole catalogue, asked for files, and the vocabularies."""

import pytest

from kb.domain.terms import Vocabulary
from kb.paths import asset_dir
from kb.schemas.vocabulary import read_vocabularies


@pytest.fixture
def client(seeded_app):
    return seeded_app.test_client()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(read_vocabularies(asset_dir("seed_data") / "vocabularies"))
