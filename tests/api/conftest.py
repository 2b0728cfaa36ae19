"""The API on the whole catalogue, for reading only."""

import pytest


@pytest.fixture
def client(seeded_app):
    return seeded_app.test_client()


@pytest.fixture(scope="session")
def description(seeded_app) -> dict:
    """The OpenAPI document, as a program gets it."""
    return seeded_app.test_client().get("/api/v1/openapi.json").json
