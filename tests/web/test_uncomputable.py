"""A verdict never fails a page: where a figure cannot be computed with, the page says so."""

from pathlib import Path

import pytest

from kb.app import create_app
from kb.domain.content import Effect, Metric, Study
from kb.domain.evidence import Design
from kb.paths import asset_dir
from kb.schemas.vocabulary import read_vocabularies
from kb.services import indexing, seeding
from kb.settings import Settings
from tests.accounts import runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish

# No form or file lets such a spread in; something older, or written past the schema, might hold it.
HUGE = Effect(
    "interesse-techniek", Metric.SMD, mean_t=1.0, sd_t=1e200, n_t=90, mean_c=2.0, sd_c=1e200, n_c=90
)


@pytest.fixture
def client(tmp_path: Path):
    app = create_app(Settings(data_dir=tmp_path), clock=lambda: NOW)
    runtime = runtime_of(app)
    study = Study("s", "Onderzoek", Design.RCT, units_t=3, units_c=3, effects=(HUGE,))
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    with runtime.work() as work:
        indexing.rebuild(work)
    publish(runtime, a_content("Route", levels=("mbo",), studies=(study,)))
    yield app.test_client()
    runtime.close()


@pytest.mark.parametrize(
    "path",
    ["/initiatieven/route", "/en/initiatieven/route", "/wat-werkt", "/wat-werkt/3/mbo", "/zoeken", "/bewijs"],
)
def test_every_page_stands(client, path):
    assert client.get(path).status_code == 200


def test_the_page_says_that_the_difference_cannot_be_computed(client):
    page = client.get("/initiatieven/route").text
    assert "niet verteld met een onzekerheidsmarge, of niet te berekenen" in page
    assert "Hoe komen we hieraan?" in page
