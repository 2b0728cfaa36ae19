"""The pages of accounts and administration in Chromium: what axe says, and by keyboard only."""

import shutil
from collections.abc import Iterator
from itertools import cycle
from threading import Thread

import pytest
from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.people import SYSTEM
from kb.domain.workflow import Role
from kb.services import invitations
from kb.services.invitations import Newcomer
from kb.settings import Settings
from tests.accounts import EMAILS, PASSWORD, Clock, Hand, a_hand, an_account, code, runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish
from tests.looking import look

PUBLIC = (
    "/inloggen",
    "/wachtwoord-vergeten",
    "/wachtwoord-vergeten/verstuurd",
    "/uitnodiging/{token}",
    "/uitnodiging/verlopen-of-verzonnen",
    "/initiatieven/techniekroute-twente/klopt-niet",
    "/initiatieven/techniekroute-twente/contact",
    "/initiatieven/techniekroute-twente/verstuurd",
)
OWN = ("/mijn/account", "/mijn/sessies", "/herstelcodes", "/mijn/berichten")
ADMINISTRATION = (
    "/beheer",
    "/beheer/gebruikers",
    "/beheer/gebruikers/nieuw",
    "/beheer/gebruikers/1",
    "/beheer/logboek?controle=ja",
    "/beheer/rechten",
    "/mijn/account",
)
# On a wide screen by day in Dutch, or on a phone by night in English: the pages take turns.
WAYS = (("", 1280, "light"), ("/en", 390, "dark"))


class Portal:
    """A portal of one's own, served for a browser, with people and something public."""

    def __init__(self, folder) -> None:
        self.clock = Clock(NOW)
        self.app = create_app(Settings(data_dir=folder), clock=self.clock)
        self.app.testing = True
        self.runtime = runtime_of(self.app)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            an_account(self.runtime, role)
        publish(self.runtime, a_content())
        newcomer = Newcomer("nieuw@example.nl", "Bo van den Berg", Role.COORDINATOR, ("AM05",))
        with self.runtime.work(writing=True) as work:
            _, self.token = invitations.invite(work, SYSTEM, newcomer)
        self.address = ""

    def cookie_of(self, role: Role) -> tuple[str, str]:
        """What the browser of somebody holds who logged in just now."""
        self.clock.forward(seconds=30)
        hand: Hand = a_hand(self.app, self.clock)
        hand.log_in(EMAILS[role])
        return "kb", hand.client.get_cookie("kb").value


@pytest.fixture(scope="module")
def portal(vocabularies_dir, tmp_path_factory) -> Iterator[Portal]:
    folder = shutil.copytree(vocabularies_dir, tmp_path_factory.mktemp("accounts") / "var")
    portal = Portal(folder)
    server = make_server("127.0.0.1", 0, portal.app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    portal.address = f"http://127.0.0.1:{server.server_port}"
    yield portal
    server.shutdown()
    serving.join()
    server.server_close()
    portal.runtime.close()


def _wrong(browser, portal: Portal, paths, cookie=None) -> dict[str, object]:
    """What is wrong with each page; empty when nothing is."""
    wrong = {}
    for path, (prefix, width, scheme) in zip(paths, cycle(WAYS)):
        url = portal.address + prefix + path.format(token=portal.token)
        seen = look(browser, url, width=width, scheme=scheme, cookie=cookie)
        # A page that is not found says so in the console too.
        console = seen.console if seen.status == 200 else ()
        if seen.violations or console or seen.sideways > 0:
            wrong[prefix + path] = seen
    return wrong


def test_the_pages_to_come_in_are_usable_by_everybody(browser, portal):
    assert _wrong(browser, portal, PUBLIC) == {}


def test_the_pages_of_ones_own_account_are_usable_by_everybody(browser, portal):
    assert _wrong(browser, portal, OWN, portal.cookie_of(Role.COORDINATOR)) == {}


def test_the_pages_of_the_administration_are_usable_by_everybody(browser, portal):
    assert _wrong(browser, portal, ADMINISTRATION, portal.cookie_of(Role.ADMINISTRATOR)) == {}


def _tab_to(page, field: str) -> None:
    """Presses Tab until the focus is there; a trap or an unreachable field fails."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()") == field:
            return
    raise AssertionError(f"no way to {field} by keyboard")


def test_somebody_logs_in_by_keyboard_only(browser, portal):
    portal.clock.forward(seconds=30)
    page = browser.new_page()
    page.goto(f"{portal.address}/inloggen")
    _tab_to(page, "email")
    page.keyboard.type(EMAILS[Role.COORDINATOR])
    _tab_to(page, "wachtwoord")
    page.keyboard.type("een fout wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_selector("#foutoverzicht:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#email:focus")
    assert page.input_value("#email") == EMAILS[Role.COORDINATOR]
    _tab_to(page, "wachtwoord")
    page.keyboard.type(PASSWORD)
    _tab_to(page, "Inloggen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tweede-factor")
    _tab_to(page, "code")
    page.keyboard.type(code(portal.clock.now))
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn")
    page.close()


def test_the_trap_for_robots_is_met_by_nobody_else(browser, portal):
    """Not by the eye, not by the keyboard and not by a screen reader."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{portal.address}/initiatieven/techniekroute-twente/contact")
    trap = page.locator("#homepage")
    assert trap.bounding_box()["width"] <= 1 or trap.evaluate("e => e.parentElement.offsetWidth") <= 1
    assert (
        page.get_by_role("textbox").count() == page.locator("main input[type=email], main textarea").count()
    )
    _tab_to(page, "bericht")
    _tab_to(page, "email")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Versturen"
    page.close()


def test_the_way_back_can_be_touched_where_it_takes_several_lines(portal, browser):
    slug = publish(portal.runtime, a_content("Sterk Techniekonderwijs Twente"))
    assert look(browser, f"{portal.address}/initiatieven/{slug}/klopt-niet", width=390).violations == ()
