"""A program sends a file: checked row by row, taken over as drafts, taken back, and never more than that."""

import time

import pytest

from kb.domain.scopes import Scope
from kb.domain.workflow import Role
from kb.exchange import limits
from kb.runtime import Runtime
from kb.services.importing import stepping
from tests.accounts import an_account, runtime_of
from tests.api.keys import Program, a_key
from tests.importing.conftest import workbook

ROWS = [
    ["Titel", "Samenvatting", "Gemeente", "Beginjaar"],
    ["Techlab Enschede", "Kinderen maken iets.", "Enschede", 2021],
    ["Lab in Hengelo", "Leerlingen lassen.", "Hengelo", "vorig jaar"],
    ["Gastlessen in Almelo", "Een vakman vertelt.", "Almelo", 2023],
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "Titel;Samenvatting;Gemeente\r\nCafé Techniek;Praten over techniek.;Enschede\r\n"


@pytest.fixture
def at_once(monkeypatch):
    """Each step is taken while the program waits; the process of its own has a test of its own."""
    monkeypatch.setattr(
        Runtime,
        "start_import",
        lambda runtime, key, straight_on=False: stepping.step(runtime.work, key, straight_on=straight_on),
    )


@pytest.fixture
def anne(app) -> Program:
    return Program(app, a_key(app, an_account(runtime_of(app))))


def send(program: Program, data: bytes, kind: str = XLSX, **headers: str):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"Authorization": f"Bearer {program.key}", "Content-Type": kind}
    return program.app.test_client().post("/api/v1/importen", data=data, headers=sent)


def path_of(answer) -> str:
    return answer.headers["Location"].partition("/api/v1")[2]


def test_a_file_is_checked_taken_over_and_taken_back(anne, at_once):
    received = send(anne, workbook(ROWS))
    assert (received.status_code, received.json["stadium"]) == (201, "ontvangen")
    here = path_of(received)
    checked = anne.ask("GET", here).json
    assert checked["stadium"] == "gecontroleerd"
    assert checked["uitkomsten"] == {"nieuw": 2, "gewijzigd": 0, "gelijk": 0, "lijkt": 0, "fout": 1}
    assert {"rijen", "overname"} <= checked["_links"].keys()

    rows = anne.ask("GET", f"{here}/rijen?uitkomst=fout").json
    assert rows["totaal"] == 1
    [error] = rows["items"][0]["fouten"]
    assert (error["rij"], error["kolom"], error["kop"], error["waarde"]) == (
        3,
        "D",
        "Beginjaar",
        "vorig jaar",
    )
    assert "geen heel getal" in error["melding"]

    taken = anne.ask("POST", f"{here}/overname")
    assert taken.status_code == 202
    after = anne.ask("GET", here).json
    assert (after["stadium"], after["concepten"]) == ("overgenomen", 2)
    slugs = [row["initiatief"] for row in anne.ask("GET", f"{here}/rijen?uitkomst=nieuw").json["items"]]
    draft = anne.ask("GET", f"/initiatieven/{slugs[0]}/werkversie").json
    assert (draft["status"], draft["openbaar"]) == ("concept", False)
    assert anne.app.test_client().get(f"/api/v1/initiatieven/{slugs[0]}").status_code == 404

    assert anne.ask("POST", f"{here}/terugdraaiing").status_code == 202
    assert anne.ask("GET", here).json["stadium"] == "teruggedraaid"
    assert anne.ask("GET", f"/initiatieven/{slugs[0]}/werkversie").status_code == 404


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (CSV.encode(), "text/csv"),
        (CSV.encode("cp1252"), "text/csv; charset=windows-1252"),
        (CSV.encode("utf-16"), "text/csv"),
        (b"- titel: Caf\xc3\xa9 Techniek\n  samenvatting: Praten.\n  regios: [GM0153]\n", "application/yaml"),
        (
            b'[{"titel": "Caf\\u00e9 Techniek", "samenvatting": "x", "regios": ["GM0153"]}]',
            "application/json",
        ),
    ],
)
def test_a_file_comes_in_whatever_kind_it_is(anne, at_once, data, kind):
    here = path_of(send(anne, data, kind))
    assert anne.ask("GET", here).json["uitkomsten"]["nieuw"] == 1
    assert anne.ask("GET", f"{here}/rijen").json["items"][0]["titel"] == "Café Techniek"


def test_a_file_that_cannot_be_read_says_why(anne, at_once):
    found = anne.ask("GET", path_of(send(anne, b"%PDF-1.7\n"))).json
    assert found["stadium"] == "geweigerd"
    assert "een pdf en geen spreadsheet" in found["melding"]


def test_what_is_no_file_is_refused(anne, at_once):
    assert send(anne, b"").status_code == 400
    assert send(anne, b"x", "image/png").status_code == 415
    assert send(anne, b" " * (limits.UPLOAD_BYTES + 1)).status_code == 413
    assert send(anne, b"x" * 2_000_000, "text/csv").status_code == 201


def test_the_same_request_again_is_the_same_import(anne, at_once):
    data = workbook(ROWS)
    first = send(anne, data, Idempotency_Key="bestand-1")
    again = send(anne, data, Idempotency_Key="bestand-1")
    assert (again.status_code, again.json) == (201, first.json)
    assert send(anne, CSV.encode(), "text/csv", Idempotency_Key="bestand-1").status_code == 400


def test_taking_over_twice_or_too_early_is_a_conflict(anne, at_once):
    here = path_of(send(anne, workbook(ROWS)))
    assert anne.ask("POST", f"{here}/terugdraaiing").status_code == 409
    assert anne.ask("POST", f"{here}/overname").status_code == 202
    assert anne.ask("POST", f"{here}/overname").status_code == 409


def test_somebody_elses_import_is_not_found(app, anne, at_once):
    here = path_of(send(anne, workbook(ROWS)))
    caro = Program(app, a_key(app, an_account(runtime_of(app), Role.REVIEWER)))
    for method, path in (("GET", ""), ("GET", "/rijen"), ("POST", "/overname"), ("POST", "/terugdraaiing")):
        assert caro.ask(method, f"{here}{path}").status_code == 404


def test_a_key_for_looking_writes_nothing(app, at_once):
    person = an_account(runtime_of(app))
    looking = Program(app, a_key(app, person, Scope.LOOK))
    assert send(looking, workbook(ROWS)).status_code == 403
    here = path_of(send(Program(app, a_key(app, person, Scope.WRITE)), workbook(ROWS)))
    assert looking.ask("GET", here).status_code == 200
    assert looking.ask("POST", f"{here}/overname").status_code == 403


def test_a_third_file_at_the_same_time_waits(anne, monkeypatch):
    monkeypatch.setattr(Runtime, "start_import", lambda _runtime, _key, **_more: None)
    answers = [send(anne, workbook(ROWS)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_process_of_its_own_reads_and_checks(anne):
    here = path_of(send(anne, workbook(ROWS)))
    for _ in range(600):
        if anne.ask("GET", here).json["stadium"] not in ("ontvangen", "gelezen", "controleren"):
            break
        time.sleep(0.1)
    assert anne.ask("GET", here).json["stadium"] == "gecontroleerd"
