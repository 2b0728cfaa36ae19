"""OAI-PMH 2.0 with a client of somebody else: everything, what changed since, and what was withdrawn."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from threading import Thread

import pytest
from sickle import Sickle
from sickle.oaiexceptions import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
)
from werkzeug.serving import make_server

from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import drafting, reviewing
from tests.accounts import runtime_of
from tests.builders import a_content

CARO, BERT = Person(1, Role.REVIEWER), Person(2, Role.REVIEWER)
NAMES = {"oai": "http://www.openarchives.org/OAI/2.0/"}


@pytest.fixture
def served(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/oai"
    server.shutdown()
    serving.join()
    server.server_close()


def publish(app, title: str, **changes: object) -> str:
    with runtime_of(app).work(writing=True) as work:
        draft = drafting.create(work, CARO, a_content(title, **changes))
        drafting.submit(work, CARO, draft.slug, based_on=draft.number)
        reviewing.publish(work, BERT, draft.slug, based_on=draft.number)
    return draft.slug


def withdraw(app, slug: str) -> None:
    with runtime_of(app).work(writing=True) as work:
        reviewing.withdraw(work, BERT, slug, reason="dubbel")


def stamp(ticking) -> str:
    return ticking.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_client_harvests_all_of_the_real_catalogue(portal):
    harvester = Sickle(f"{portal}/oai")
    records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert len({record.header.identifier for record in records}) == len(records) == 422
    assert all(record.metadata["title"] and record.metadata["identifier"] for record in records)
    jet_net = next(r for r in records if r.metadata["identifier"][0].endswith("/jet-net"))
    assert jet_net.metadata["type"] == ["Project"]
    assert harvester.GetRecord(identifier=jet_net.header.identifier, metadataPrefix="oai_dc").metadata


def test_headers_come_without_records_in_the_same_number(portal):
    headers = list(Sickle(f"{portal}/oai").ListIdentifiers(metadataPrefix="oai_dc"))
    assert len(headers) == 422


def test_the_repository_says_what_it_is(portal):
    harvester = Sickle(f"{portal}/oai")
    about = harvester.Identify()
    assert about.protocolVersion == "2.0"
    assert (about.deletedRecord, about.granularity) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert [each.metadataPrefix for each in harvester.ListMetadataFormats()] == ["oai_dc"]
    assert [each.setSpec for each in harvester.ListSets()] == [f"aanbeveling:{n}" for n in range(1, 8)]


def test_a_set_holds_the_initiatives_of_its_recommendation(portal, seeded_app):
    found = list(Sickle(f"{portal}/oai").ListIdentifiers(metadataPrefix="oai_dc", set="aanbeveling:6"))
    asked = seeded_app.test_client().get("/api/v1/initiatieven?aanbeveling=6&perPagina=1").json
    assert len(found) == asked["totaal"]
    assert all("aanbeveling:6" in header.setSpecs for header in found)


def test_an_incremental_harvest_gets_what_changed_and_what_was_withdrawn(app, served, ticking):
    first = publish(app, "Eerste lab")
    publish(app, "Tweede lab")
    harvester = Sickle(served)
    everything = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert len(everything) == 2

    before = stamp(ticking)
    ticking.forward(hours=1)
    since = stamp(ticking)
    publish(app, "Derde lab")
    withdraw(app, first)
    changed = list(harvester.ListRecords(metadataPrefix="oai_dc", **{"from": since}))
    assert [(r.deleted, r.header.datestamp) for r in changed] == [(True, since), (False, since)]
    assert changed[0].header.identifier == everything[0].header.identifier
    assert changed[1].metadata["title"] == ["Derde lab"]

    gone = harvester.GetRecord(identifier=changed[0].header.identifier, metadataPrefix="oai_dc")
    assert gone.deleted
    assert len(list(harvester.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))) == 2
    (kept,) = harvester.ListIdentifiers(metadataPrefix="oai_dc", until=before)
    assert kept.identifier == everything[1].header.identifier


def test_what_comes_back_to_the_public_is_no_longer_deleted(app, served, ticking):
    slug = publish(app, "Komt terug")
    withdraw(app, slug)
    harvester = Sickle(served)
    (record,) = harvester.ListRecords(metadataPrefix="oai_dc")
    assert record.deleted
    ticking.forward(minutes=1)
    with runtime_of(app).work(writing=True) as work:
        draft = drafting.look(work, CARO, slug)
        drafting.edit(work, CARO, slug, a_content("Komt terug", goal="Opnieuw"), based_on=draft.number)
        drafting.submit(work, CARO, slug, based_on=draft.number + 1)
        reviewing.publish(work, BERT, slug, based_on=draft.number + 1)
    (again,) = harvester.ListRecords(metadataPrefix="oai_dc")
    assert not again.deleted
    assert again.header.identifier == record.header.identifier


def test_a_draft_is_nothing_to_a_harvester(app, served):
    with runtime_of(app).work(writing=True) as work:
        drafting.create(work, CARO, a_content("Nog geheim"))
    with pytest.raises(NoRecordsMatch):
        Sickle(served).ListRecords(metadataPrefix="oai_dc")
    with pytest.raises(IdDoesNotExist):
        Sickle(served).GetRecord(identifier="oai:127.0.0.1:initiatief-1", metadataPrefix="oai_dc")


def test_a_list_in_parts_says_how_long_it_is_and_where_it_is(portal, seeded_app):
    client = seeded_app.test_client()
    seen, token = 0, None
    while token != "":
        rest = f"resumptionToken={token}" if token else "metadataPrefix=oai_dc"
        root = ET.fromstring(client.get(f"/oai?verb=ListIdentifiers&{rest}").data)
        more = root.find(".//oai:resumptionToken", NAMES)
        assert (more.get("completeListSize"), more.get("cursor")) == ("422", str(seen))
        seen += len(root.findall(".//oai:header", NAMES))
        token = more.text or ""
    assert seen == 422


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("", "badVerb"),
        ("verb=Nergens", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&kleur=rood", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=gisteren", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-45", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-01-01&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nergens", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31&until=9999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=W10", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=" + "A" * 10_000, "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=nergens", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%00%01", "idDoesNotExist"),
        (
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:initiatief-99999999999999999999",
            "idDoesNotExist",
        ),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_question_gets_the_code_of_the_protocol(client, asked, code, method):
    if method == "GET":
        answer = client.get(f"/oai?{asked}")
    else:
        answer = client.post("/oai", data=asked, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    root = ET.fromstring(answer.data)
    assert root.find("oai:error", NAMES).get("code") == code
    if code.startswith("badVerb") or code == "badArgument":
        assert root.find("oai:request", NAMES).attrib == {}


def test_the_errors_are_those_that_a_client_knows(portal):
    harvester = Sickle(f"{portal}/oai")
    with pytest.raises(BadArgument):
        harvester.ListRecords()
    with pytest.raises(CannotDisseminateFormat):
        harvester.ListRecords(metadataPrefix="marc")
    with pytest.raises(BadResumptionToken):
        harvester.ListRecords(resumptionToken="verzonnen")
