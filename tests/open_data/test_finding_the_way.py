"""Robots, sitemap, OpenSearch, security.txt, and the same in another format behind every page."""

import json
import re
import xml.etree.ElementTree as ET
from importlib.metadata import version

import pytest
import sectxt
import yaml

from kb.app import create_app
from kb.settings import Settings, SettingsError
from tests.conftest import NOW
from tests.standards import ROOT

SITE = "http://127.0.0.1:8000"
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def locations(client, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [each.text.removeprefix(SITE) for each in ET.fromstring(answer.data).iterfind(".//m:loc", MAP)]


def test_the_sitemap_names_every_public_initiative_with_its_last_change(client):
    parts = locations(client, "/sitemap.xml")
    found = {path for part in parts for path in locations(client, part)}
    assert len([path for path in found if path.startswith("/initiatieven/")]) == 422
    assert {"/", "/wat-werkt", "/open-data", "/regios/PV23", "/aanbevelingen/3"} <= found
    initiatives = ET.fromstring(client.get("/sitemap-1.xml").data)
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z", e.text) for e in initiatives.iterfind(".//m:lastmod", MAP)
    )
    assert len(list(initiatives.iterfind(".//m:lastmod", MAP))) == 422


def test_the_pages_of_the_sitemap_are_there(client):
    for path in locations(client, "/sitemap-0.xml")[:30]:
        assert client.get(path).status_code == 200, path


def test_a_sitemap_that_there_is_not_is_not_found(client):
    assert client.get("/sitemap-2.xml").status_code == 404


def test_robots_stay_out_of_desks_and_endless_searches_and_find_the_map(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert {"User-agent: *", "Disallow: /mijn/", "Disallow: /beheer", "Disallow: /en/zoeken?"} <= set(lines)
    assert f"Sitemap: {SITE}/sitemap.xml" in lines


@pytest.mark.parametrize("base", ["", "/en"])
def test_a_browser_can_search_here_from_its_own_box(client, base):
    page = client.get(f"{base}/").text
    assert (
        f'<link rel="search" type="application/opensearchdescription+xml" '
        f'title="Initiatievenbank Techniek" href="{base}/opensearch.xml">' in page
    )
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    root = ET.fromstring(client.get(f"{base}/opensearch.xml").data)
    assert 0 < len(root.findtext("o:ShortName", namespaces=names)) <= 16
    template = next(
        url.get("template") for url in root.iterfind("o:Url", names) if url.get("type") == "text/html"
    )
    address = template.replace("{searchTerms}", "omscholing").replace("{startPage?}", "1")
    assert client.get(address.removeprefix(SITE)).status_code == 200


def security(tmp_path, **settings):
    settings.setdefault("base_url", "https://initiatievenbank.example.nl")
    app = create_app(Settings(data_dir=tmp_path, **settings), clock=lambda: NOW)
    return app.test_client().get("/.well-known/security.txt")


@pytest.mark.parametrize(
    "settings",
    [
        {"security_contact": "veilig@example.nl", "security_policy": "https://example.nl/lek"},
        {"security_contact": "https://example.nl/lek-melden"},
        {"contact": "info@example.nl"},
    ],
)
def test_c30_security_txt_is_right_by_rfc_9116(tmp_path, settings, monkeypatch):
    answer = security(tmp_path, **settings)
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    monkeypatch.setattr(sectxt, "datetime", StillDatetime)
    parsed = sectxt.Parser(answer.data, urls=["https://initiatievenbank.example.nl/.well-known/security.txt"])
    assert parsed.errors == []
    assert parsed.is_valid()


class StillDatetime(sectxt.datetime):
    """The clock of the parser stands where that of the test stands."""

    @classmethod
    def now(cls, tz=None):
        return NOW if tz else NOW.replace(tzinfo=None)


def test_c30_without_anybody_to_tell_there_is_no_security_txt(tmp_path):
    assert security(tmp_path).status_code == 404


def test_the_old_place_leads_to_the_right_one(client):
    assert client.get("/security.txt").location == "/.well-known/security.txt"


@pytest.mark.parametrize(
    "name", ["KB_SECURITY_CONTACT", "KB_SECURITY_POLICY", "KB_PUBLISHER_URI", "KB_SOURCE_URL"]
)
def test_an_address_in_the_settings_must_be_one(name):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: "geen adres"})


PAGES = {
    "/": ["application/json", "application/atom+xml"],
    "/api": ["application/json"],
    "/spreiding": ["text/csv"],
    "/zoeken?q=bbl": ["application/json", "text/csv", "application/ld+json", "application/yaml"],
    "/initiatieven/jet-net": ["application/json", "application/ld+json", "application/x-bibtex"],
    "/organisaties/roc-van-twente": ["application/json"],
    "/regios": ["application/json"],
    "/regios/PV23": ["application/json"],
    "/aanbevelingen/3": ["application/json"],
    "/aanpakken": ["application/json"],
    "/wat-werkt": ["application/json", "text/csv"],
    "/wat-werkt/3/vo": ["application/json"],
    "/open-data": ["text/turtle", "application/rdf+xml", "application/ld+json"],
    "/begrippen": ["text/turtle", "application/rdf+xml", "application/ld+json"],
    "/begrippen/regio": ["text/turtle"],
}


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_in_the_format_that_is_asked_for(client, path, base):
    for media_type in PAGES[path]:
        led = client.get(f"{base}{path}", headers={"Accept": media_type})
        assert led.status_code == 303
        assert "Accept" in led.headers["Vary"]
        found = client.get(led.location, headers={"Accept": media_type}, buffered=True)
        assert (found.status_code, found.mimetype) == (200, media_type), led.location


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "", "text/html", "image/png", "text/*;q=0.5"])
@pytest.mark.parametrize("path", PAGES)
def test_a_browser_gets_the_page(client, path, accept):
    answer = client.get(path, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_the_head_of_a_page_names_its_other_formats_and_they_are_there(client, path):
    page = client.get(path).text
    named = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)
    assert set(PAGES[path]) <= {media_type for media_type, _address in named}
    for media_type, address in named:
        answer = client.get(address.replace("&amp;", "&"), buffered=True)
        assert (answer.status_code, answer.mimetype) == (200, media_type), address


@pytest.mark.parametrize("base", ["", "/en"])
def test_every_other_format_that_a_page_names_can_be_asked_for(client, base):
    """The two lists are one: what stands in the head is what Accept leads to."""
    for path in PAGES:
        page = client.get(f"{base}{path}").text
        for media_type in re.findall(r'<link rel="alternate" type="([^"]+)"', page):
            answer = client.get(f"{base}{path}", headers={"Accept": media_type})
            assert answer.status_code == 303, (path, media_type)


@pytest.mark.parametrize("path", ["/", "/over", "/bewijs", "/privacy", "/programmas", "/briefing", *PAGES])
def test_every_page_names_itself_in_the_other_language(client, path):
    for base in ("", "/en"):
        page = client.get(f"{base}{path}").text
        named = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', page))
        assert named.keys() == {"nl", "en"}
        for address in named.values():
            assert client.get(address.removeprefix(SITE).replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("ending", ["jsonld", "yaml", "ris", "bib"])
def test_one_initiative_is_there_as_a_file_and_what_is_not_public_is_not(client, ending):
    answer = client.get(f"/initiatieven/jet-net.{ending}")
    assert answer.status_code == 200
    assert "Jet-Net" in answer.text
    assert client.get(f"/initiatieven/nergens.{ending}").status_code == 404


def data_of(page: str) -> dict:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in found
    return json.loads(found)


def test_the_page_of_an_initiative_says_by_schema_org_that_it_is_a_project(client):
    data = data_of(client.get("/initiatieven/jet-net").text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Project")
    assert data["@id"] == f"{SITE}/initiatieven/jet-net#initiatief"
    assert data["subjectOf"]["dateModified"]


def test_words_that_would_end_the_data_stay_data(app):
    from kb.domain.people import Person
    from kb.domain.workflow import Role
    from kb.services import drafting, reviewing
    from tests.accounts import runtime_of
    from tests.builders import a_content

    with runtime_of(app).work(writing=True) as work:
        first, second = Person(1, Role.REVIEWER), Person(2, Role.REVIEWER)
        draft = drafting.create(work, first, a_content("Lab </script><script>alert(1)</script>"))
        drafting.submit(work, first, draft.slug, based_on=1)
        reviewing.publish(work, second, draft.slug, based_on=1)
    page = app.test_client().get(f"/initiatieven/{draft.slug}").text
    assert "<script>alert" not in page
    assert "</script><script>alert(1)" in json.dumps(data_of(page), ensure_ascii=False)


def test_the_page_of_the_open_data_is_a_catalogue_with_datasets(client):
    data = data_of(client.get("/open-data").text)
    assert data["@type"] == "DataCatalog"
    assert [each["@type"] for each in data["dataset"]] == ["Dataset"] * 3
    assert all(len(each["description"]) >= 50 and each["license"] for each in data["dataset"])
    files = [file["contentUrl"] for each in data["dataset"] for file in each["distribution"]]
    assert all(client.get(file.removeprefix(SITE), buffered=True).status_code == 200 for file in files)


SOURCE = "https://git.overheid.example/techniek/initiatievenbank"
# Of the standard, version 0.4: https://yml.publiccode.tools.
NEEDED = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
OPTIONAL = {"landingURL", "softwareVersion", "intendedAudience", "dependsOn"}
CATEGORIES = {"knowledge-management", "data-collection", "data-analytics"}
SCOPES = {"government", "education", "employment"}


def publiccode(tmp_path, **settings) -> dict:
    answer = create_app(Settings(data_dir=tmp_path, **settings)).test_client().get("/publiccode.yml")
    assert answer.status_code == 200
    return yaml.safe_load(answer.text)


def test_publiccode_describes_the_program_for_catalogues_of_software(tmp_path):
    told = publiccode(tmp_path, source_url=SOURCE, base_url="https://bank.example.nl")
    assert told.keys() >= NEEDED
    assert told.keys() <= NEEDED | OPTIONAL
    assert (told["url"], told["landingURL"]) == (SOURCE, "https://bank.example.nl")
    assert told["legal"]["license"] == "EUPL-1.2"
    assert told["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert told["softwareType"] == "standalone/web"
    assert set(told["categories"]) <= CATEGORIES
    assert set(told["intendedAudience"]["scope"]) <= SCOPES
    assert told["softwareVersion"] == version("initiatievenbank-techniek")
    assert told["localisation"]["availableLanguages"] == ["nl", "en"]
    assert told["maintenance"]["contacts"] or told["maintenance"]["type"] == "none"


def test_publiccode_tells_people_enough_and_not_too_much(tmp_path):
    for text in publiccode(tmp_path, source_url=SOURCE)["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_nobody_invents_where_the_source_is(tmp_path):
    assert create_app(Settings(data_dir=tmp_path)).test_client().get("/publiccode.yml").status_code == 404
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert NEEDED - told.keys() == {"url"}
