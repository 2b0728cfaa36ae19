"""The NLGov REST API Design Rules 2.2: each technical rule is a test that names it.

The rules about the document follow those of the official Spectral file, which needs another language to run.
"""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

COLLECTIONS = [
    "/initiatieven",
    "/aanpakken",
    "/organisaties",
    "/regios",
    "/aanbevelingen",
    "/onderwijsniveaus",
    "/indicatoren",
    "/studies",
]
HTTP_METHODS = {"get", "put", "post", "patch", "delete"}
ERRORS = [
    ("/api/v1/nergens", 404),
    ("/api/v1/initiatieven/nergens", 404),
    ("/api/v1/initiatieven?kleur=rood", 400),
    ("/api/v1/regios/XX99", 404),
]


def operations(description):
    return [
        (path, method, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]


def responses(description):
    return [
        (f"{method} {path}", status, response)
        for path, method, operation in operations(description)
        for status, response in operation["responses"].items()
    ]


def test_doc_openapi_the_document_is_valid_openapi_3_1(description):
    assert description["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(description).iter_errors()) == []


def test_publish_openapi_everybody_may_read_the_document(client):
    answer = client.get("/api/v1/openapi.json", headers={"Origin": "https://elders.example.nl"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_doc_openapi_contact_says_whom_to_write_to(description):
    assert set(description["info"]["contact"]) == {"name", "url", "email"}
    assert all(description["info"]["contact"].values())


def test_doc_language_the_document_is_in_dutch(description):
    assert "Zoek in de initiatieven" in description["paths"]["/initiatieven"]["get"]["summary"]


def test_uri_version_stands_in_the_address(description):
    (server,) = description["servers"]
    assert re.search(r"/v\d$", server["url"])


def test_semver_the_version_has_three_numbers(description):
    assert re.fullmatch(r"\d+\.\d+\.\d+", description["info"]["version"])


@pytest.mark.parametrize(("path", "status"), [("/api/v1", 200), ("/api/v1/initiatieven", 200), *ERRORS])
def test_version_header_is_on_every_answer_also_errors(client, description, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["API-Version"] == description["info"]["version"]


def test_version_header_is_described_for_every_success(description):
    assert all(
        "API-Version" in response["headers"]
        for _, status, response in responses(description)
        if status[0] in "23"
    )


@pytest.mark.parametrize("path", ["", *COLLECTIONS, "/wat-werkt", "/initiatieven/jet-net"])
def test_no_trailing_slash_is_not_found_and_leads_nowhere(client, path):
    assert client.get(f"/api/v1{path}").status_code == 200
    answer = client.get(f"/api/v1{path}/")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "Location" not in answer.headers


def test_path_segments_kebab_case(description):
    segment = re.compile(r"[a-z0-9-]+|\{[a-z]+\}")
    assert all(
        segment.fullmatch(part) for path in description["paths"] for part in path.strip("/").split("/")
    )


def test_query_keys_camel_case(description):
    names = {
        parameter["name"]
        for _, _, operation in operations(description)
        for parameter in operation["parameters"]
        if parameter["in"] == "query"
    }
    assert names
    assert all(re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", name) for name in names)


def test_schema_names_are_upper_camel_case(description):
    assert all(re.fullmatch(r"([A-Z][a-z0-9]*)+", name) for name in description["components"]["schemas"])


def test_http_methods_are_the_standard_ones(description):
    assert {method for _, method, _ in operations(description)} <= HTTP_METHODS


def test_http_methods_an_unsupported_one_names_those_that_are(client):
    answer = client.delete("/api/v1/initiatieven")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(("path", "status"), ERRORS)
def test_problem_details_every_error_is_a_document_with_a_page_behind_its_type(client, path, status):
    answer = client.get(path)
    assert answer.mimetype == "application/problem+json"
    assert (answer.json["status"], answer.json["instance"]) == (status, path.partition("?")[0])
    assert {"type", "title", "detail"} <= answer.json.keys()
    page = client.get(answer.json["type"].removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200
    assert answer.json["title"] in page.text


def test_problem_details_are_described_for_every_error(description):
    for _, status, response in responses(description):
        if status[0] in "45":
            (media,) = response["content"]
            assert media == "application/problem+json"
    members = description["components"]["schemas"]["Probleem"]["properties"]
    assert {"status", "title", "detail"} <= members.keys()


def test_invalid_input_is_400_and_described_so(client, description):
    for path, method, operation in operations(description):
        asks = [parameter for parameter in operation["parameters"] if parameter["in"] in ("query", "path")]
        if asks or method != "get":
            assert "400" in operation["responses"], (method, path)
    assert "422" not in {status for _, status, _ in responses(description)}


def test_all_errors_come_at_once(client):
    errors = client.get("/api/v1/organisaties?pagina=0&perPagina=101&soort=x&velden=x&y=1").json["errors"]
    assert [error["field"] for error in errors] == ["pagina", "perPagina", "velden", "soort.0", "y"]
    assert all(error["in"] == "query" and error["detail"] for error in errors)


def test_date_time_moments_are_in_utc_and_days_have_no_time(client):
    shown = client.get("/api/v1/initiatieven/jet-net").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown["gepubliceerd"])


def test_date_time_each_date_says_its_format(description):
    for name, shape in description["components"]["schemas"].items():
        for key, inner in shape.get("properties", {}).items():
            if key == "datum" or re.search(r"\wD(ate|atum)", key):
                assert "format" in inner, (name, key)


def formats(shape) -> list[tuple[str, str]]:
    """Every property with the format that it says, however deep."""
    if isinstance(shape, list):
        return [found for each in shape for found in formats(each)]
    if not isinstance(shape, dict):
        return []
    own = [
        (name, inner["format"])
        for name, inner in (shape.get("properties") or {}).items()
        if isinstance(inner, dict) and isinstance(inner.get("format"), str)
    ]
    return own + [found for each in shape.values() for found in formats(each)]


def test_date_time_no_moment_without_its_zone_and_no_day_with_a_time(description):
    told = formats(description)
    assert {"date", "date-time"} <= {kind for _, kind in told}
    assert not {"date-time-local", "time", "time-local"} & {kind for _, kind in told}
    assert not [name for name, kind in told if kind == "date-time" and re.search(r"[dD]at(e|um)$", name)]


def test_publish_openapi_tags_differ_and_every_tag_in_use_is_told(description):
    told = [tag["name"] for tag in description["tags"]]
    used = {tag for _, _, operation in operations(description) for tag in operation["tags"]}
    assert len(told) == len(set(told))
    assert used == set(told)


def test_publish_openapi_what_stands_between_braces_is_a_parameter(description):
    for path, method, operation in operations(description):
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path)), (method, path)


def test_naming_collections_are_plural_nouns_with_pages(client):
    for path in COLLECTIONS:
        found = client.get(f"/api/v1{path}?perPagina=1").json
        assert {"items", "totaal", "pagina", "perPagina", "_links"} <= found.keys(), path


def test_security_headers_are_on_every_answer(client):
    headers = client.get("/api/v1/initiatieven").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_cors_everybody_reads_and_nobodys_page_writes(client):
    preflight = client.options("/api/v1/initiatieven", headers={"Origin": "https://elders.example.nl"})
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" not in preflight.headers["Access-Control-Allow-Headers"]


def test_no_sensitive_uris_no_key_stands_in_an_address(description):
    schemes = description["components"].get("securitySchemes", {})
    assert all(scheme.get("in") != "query" for scheme in schemes.values())


def test_every_operation_has_its_own_name(description):
    names = [operation["operationId"] for _, _, operation in operations(description)]
    assert len(names) == len(set(names))


def test_the_document_describes_every_address_and_no_other(seeded_app, description):
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", "{}", rule.rule.removeprefix("/api/v1")), method.lower())
        for rule in seeded_app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    } - {("/openapi.json", "get")}
    described = {(re.sub(r"\{\w+\}", "{}", path), method) for path, method, _ in operations(description)}
    assert served == described
