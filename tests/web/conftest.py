"""The portal on the whole catalogue, asked as a browser would."""

import pytest


@pytest.fixture
def client(seeded_app):
    return seeded_app.test_client()
