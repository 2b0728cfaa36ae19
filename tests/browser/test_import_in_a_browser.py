"""Importing and making a key in a browser: every step, also with errors, for everybody on every screen."""

import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services.importing import stepping
from kb.settings import Settings
from tests.accounts import EMAILS, Clock, a_hand, an_account, runtime_of
from tests.conftest import NOW
from tests.importing.conftest import workbook
from tests.looking import sideways_of, violations_of

ROWS = [
    ["Titel", "Samenvatting", "Gemeente", "Beginjaar", "Telefoon"],
    ["Techlab Enschede", "Kinderen maken iets.", "Enschede", 2021, "053"],
    ["Lab in het zuiden", "Buiten de regio.", "Maastricht", "vorig jaar", None],
    ["Gastlessen in Hengelo", "Een vakman vertelt.", "Hengelo", 2023, None],
]
SCREENS = ((1280, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="module")
def app(vocabularies_dir, tmp_path_factory, ticking):
    folder = shutil.copytree(vocabularies_dir, tmp_path_factory.mktemp("importing") / "var")
    app = create_app(Settings(data_dir=folder), clock=ticking)
    app.testing = True
    an_account(runtime_of(app), Role.COORDINATOR)
    yield app
    runtime_of(app).close()


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def page(browser, app, address, ticking, monkeypatch):
    """The browser of a coordinator who logged in; each step is taken while it waits."""
    monkeypatch.setattr(Runtime, "start_import", lambda runtime, key: stepping.step(runtime.work, key))
    ticking.forward(seconds=30)
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.COORDINATOR])
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "kb", "value": hand.client.get_cookie("kb").value, "url": address}])
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    context.close()


def looks_good(page, name: str) -> None:
    """On a wide screen by day and on a phone by night; `name` says which step it is."""
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        # Colours that are on their way from day to night are no colours of ours.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (violations_of(page), sideways_of(page)) == ((), 0), (name, width, scheme)


def send(page, name: str, data: bytes) -> None:
    page.goto("/import")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": data})
    page.click("form[action$='/import'] button")


def test_every_step_of_an_import_is_usable_by_everybody(page):
    page.goto("/import")
    looks_good(page, "begin")
    send(page, "initiatieven.xlsx", workbook(ROWS))
    page.wait_for_selector("text=Zijn dit de goede kolommen?")
    looks_good(page, "kolommen")
    page.click("form[action$='/kolommen'] button")
    page.wait_for_selector("text=geen heel getal")
    looks_good(page, "controle")
    with page.expect_download() as download:
        page.click("a[href$='controle.xlsx']")
    assert download.value.suggested_filename.endswith(".xlsx")
    page.click("form[action$='/overnemen'] button")
    page.wait_for_selector("text=concepten staan op uw werkplek")
    looks_good(page, "concepten")
    page.click("details.panel > summary")
    page.click("form[action$='/terugdraaien'] button")
    page.wait_for_selector("h1:has-text('teruggedraaid')")
    looks_good(page, "teruggedraaid")
    page.goto("/import")
    looks_good(page, "eerder")
    assert page.wrong == []


@pytest.mark.parametrize(
    ("name", "data"),
    [("geen-bestand", None), ("pdf.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), ("leeg.csv", b"")],
)
def test_a_file_that_is_refused_leaves_a_page_that_everybody_can_use(page, name, data):
    if data is None:
        page.goto("/import")
        page.eval_on_selector("input[type=file]", "field => field.removeAttribute('required')")
        page.click("form[action$='/import'] button")
        page.wait_for_selector("#foutoverzicht")
    else:
        send(page, name, data)
        page.wait_for_selector(".notice-error")
    looks_good(page, name)
    # The browser itself reports that the answer was no success.
    assert [line for line in page.wrong if "422" not in line] == []


def test_while_a_process_reads_the_page_tells_how_far_it_is(page, monkeypatch):
    monkeypatch.setattr(Runtime, "start_import", lambda _runtime, _key: None)
    send(page, "initiatieven.xlsx", workbook(ROWS))
    page.wait_for_selector("progress")
    looks_good(page, "wachten")
    assert page.wrong == []


def test_making_a_key_is_usable_by_everybody(page):
    page.goto("/mijn/sleutels")
    looks_good(page, "sleutels")
    page.click("form[action$='/mijn/sleutels'] button")
    page.wait_for_selector("#foutoverzicht")
    looks_good(page, "sleutel-fout")
    page.fill("form[action$='/mijn/sleutels'] input[type=text]", "Koppeling met ons blad")
    page.check("form[action$='/mijn/sleutels'] input[type=checkbox] >> nth=0")
    page.click("form[action$='/mijn/sleutels'] button")
    page.wait_for_selector("text=Koppeling met ons blad")
    looks_good(page, "sleutel-gemaakt")
