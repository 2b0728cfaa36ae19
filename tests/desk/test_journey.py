"""From an idea to a public page in a real browser: author, reviewer, reader."""

from threading import Thread

import pytest
from werkzeug.serving import make_server

from kb.domain.workflow import Role
from tests.accounts import EMAILS, PASSWORD, a_hand, an_account, code, runtime_of
from tests.looking import AXE, STANDARDS


@pytest.fixture
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _log_in(browser, address: str, ticking, role: Role):
    page = browser.new_context().new_page()
    page.goto(f"{address}/inloggen")
    page.fill("#email", EMAILS[role])
    page.fill("#wachtwoord", PASSWORD)
    page.click("main form button.button")
    page.fill("#code", code(ticking.now))
    page.click("main form button.button")
    page.wait_for_url(lambda url: "tweede-factor" not in url)
    return page


def _violations(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("standards => axe.run({runOnly: standards})", STANDARDS)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def _sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def _onward(page) -> None:
    page.click('button.button[value="verder"]')


def test_an_initiative_goes_from_a_title_to_a_public_page(browser, app, address, ticking):
    runtime = runtime_of(app)
    for role in (Role.COORDINATOR, Role.REVIEWER):
        an_account(runtime, role)
    anne = _log_in(browser, address, ticking, Role.COORDINATOR)
    anne.goto(f"{address}/mijn/initiatieven/nieuw")
    anne.fill("#titel", "Techniekhub Twente")
    anne.fill("#plaats", "Enschede")
    anne.fill("#organisatie", "ROC van Twente")
    anne.click("main form button.button:not(.button-quiet)")
    anne.fill("#samenvatting", "Leerlingen van het vmbo werken een dag per week in een echt bedrijf.")
    anne.fill("#website", "https://example.org/hub")
    _onward(anne)
    _onward(anne)
    anne.check('input[name="aanbevelingen"][value="3"]')
    anne.locator("#niveaus-zoek").press_sequentially("vmbo")
    anne.keyboard.press("Enter")
    anne.wait_for_selector('input[name="niveaus"][value="vo-vmbo"]:checked')
    _onward(anne)
    _onward(anne)
    anne.click('button[value="erbij:metingen"]')
    anne.fill('[name="metingen.0.omschrijving"]', "Leerlingen die techniek kiezen")
    anne.fill('[name="metingen.0.woorden"]', "31 procent")
    _onward(anne)
    _onward(anne)
    for width in (1280, 390):
        anne.set_viewport_size({"width": width, "height": 900})
        for section in ("basis", "voor-wie-en-waar", "resultaten", "controleren"):
            anne.goto(f"{address}/mijn/initiatieven/techniekhub-twente/{section}")
            assert (section, _violations(anne), _sideways(anne)) == (section, [], 0)
    anne.click('form[action$="/indienen"] button')

    caro = _log_in(browser, address, ticking, Role.REVIEWER)
    caro.goto(f"{address}/redactie/techniekhub-twente")
    assert "31 procent" in caro.inner_text("main")
    assert (_violations(caro), _sideways(caro)) == ([], 0)
    caro.fill('[name="opmerking.summary"]', "Hoe lang duurt het?")
    caro.click('form[action$="/terugsturen"] button')

    anne.goto(f"{address}/mijn/initiatieven/techniekhub-twente/basis")
    assert "Hoe lang duurt het?" in anne.inner_text("main")
    anne.fill(
        "#samenvatting", "Leerlingen van het vmbo werken een jaar lang een dag per week in een bedrijf."
    )
    _onward(anne)
    anne.goto(f"{address}/mijn/initiatieven/techniekhub-twente/controleren")
    anne.click('form[action$="/indienen"] button')

    caro.goto(f"{address}/redactie/techniekhub-twente")
    with caro.expect_navigation(url="**/redactie?gedaan=gepubliceerd"):
        caro.click('form[action$="/publiceren"] button')
    reader = a_hand(app, ticking)
    assert 'href="/initiatieven/techniekhub-twente"' in reader.get("/zoeken?q=techniekhub").text
    anne.goto(f"{address}/mijn/initiatieven/nieuw")
    anne.locator("#titel").press_sequentially("Techniekhub Twente")
    anne.wait_for_selector("#lijkt-op a")
