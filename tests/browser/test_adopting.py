"""Taking an approach over, measuring together and groups of one approach, in Chromium: axe, and one walk."""

import re
import shutil
from collections.abc import Iterator
from itertools import cycle
from threading import Thread

import pytest
from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.content import Approach, Condition, ConditionKind, Delivery
from kb.domain.workflow import Role
from kb.services import clusters
from kb.settings import Settings
from kb.storage.approaches import save_approaches
from tests.accounts import EMAILS, Clock, a_hand, an_account, runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish
from tests.looking import look

WAYS = (("", 1280, "light"), ("/en", 390, "dark"))
OF_COORDINATORS = (
    "/mijn/overnemen/route-twente",
    "/mijn/overnemen/route-twente?regio=GM0153",
    "/mijn/overnemen/aanpak/route",
    "/mijn/overnemen/aanpak/route",
    "/mijn/overnemen/vierdaagse-werkweek",
    "/mijn",
    "/aanpakken/route",
    "/mijn",
)
GROUP = "/redactie/groepen/{key}"


class Portal:
    """An approach of two places, a group that looks alike, a coordinator and a reviewer."""

    def __init__(self, folder) -> None:
        self.clock = Clock(NOW)
        self.app = create_app(Settings(data_dir=folder), clock=self.clock)
        self.app.testing = True
        self.runtime = runtime_of(self.app)
        for role in (Role.COORDINATOR, Role.REVIEWER):
            an_account(self.runtime, role)
        with self.runtime.work(writing=True) as work:
            save_approaches(work.session, [Approach("route", "Route", core_elements=("Vier bezoeken",))])
        needed = (Condition(ConditionKind.PARTNER, "Tien bedrijven", must=True),)
        for place in ("Twente", "Zwolle"):
            delivered = (Delivery(reached=60),)
            publish(
                self.runtime,
                a_content(f"Route {place}", approaches=("route",), conditions=needed, delivery=delivered),
            )
        for place in ("Twente", "Zwolle"):
            summary = "Een bedrijf laat technici vier dagen werken voor hetzelfde loon."
            publish(self.runtime, a_content(f"Vierdaagse werkweek {place}", summary=summary))
        publish(self.runtime, a_content("Vierdaagse werkweek", summary="Vier dagen werken in een fabriek."))
        clusters.find_all(self.runtime.work)
        self.address = ""

    def cookie_of(self, role: Role) -> tuple[str, str]:
        self.clock.forward(seconds=30)
        hand = a_hand(self.app, self.clock)
        hand.log_in(EMAILS[role])
        return "kb", hand.client.get_cookie("kb").value


@pytest.fixture(scope="module")
def portal(vocabularies_dir, tmp_path_factory) -> Iterator[Portal]:
    folder = shutil.copytree(vocabularies_dir, tmp_path_factory.mktemp("adopting") / "var")
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


def _wrong(browser, portal: Portal, paths, cookie) -> dict[str, object]:
    wrong = {}
    for path, (prefix, width, scheme) in zip(paths, cycle(WAYS)):
        seen = look(browser, portal.address + prefix + path, width=width, scheme=scheme, cookie=cookie)
        if seen.status != 200 or seen.violations or seen.console or seen.sideways > 0:
            wrong[prefix + path] = seen
    return wrong


def test_the_pages_of_coordinators_are_usable_by_everybody(browser, portal):
    assert _wrong(browser, portal, OF_COORDINATORS, portal.cookie_of(Role.COORDINATOR)) == {}


def test_the_pages_of_groups_are_usable_by_everybody(browser, portal):
    hand = a_hand(portal.app, portal.clock)
    portal.clock.forward(seconds=30)
    hand.log_in(EMAILS[Role.REVIEWER])
    key = re.search(r'href="/redactie/groepen/([0-9a-f]+)"', hand.get("/redactie/groepen").text)[1]
    group = GROUP.format(key=key)
    paths = ("/redactie/groepen", group, group, "/redactie/groepen")
    assert _wrong(browser, portal, paths, portal.cookie_of(Role.REVIEWER)) == {}


def test_from_the_button_to_a_draft_with_what_is_still_to_do(browser, portal):
    name, value = portal.cookie_of(Role.COORDINATOR)
    context = browser.new_context(base_url=portal.address, locale="nl-NL")
    context.add_cookies([{"name": name, "value": value, "url": portal.address}])
    page = context.new_page()
    page.goto("/initiatieven/route-zwolle")
    page.get_by_role("link", name="Neem deze aanpak over").first.click()
    page.get_by_role("button", name="Maak mijn concept").click()
    page.get_by_role("alert").get_by_role("link", name="Zeg of u dit hebt.").first.click()
    page.get_by_role("group", name="Vier bezoeken").get_by_label("Ja").check()
    page.get_by_role("group", name="Tien bedrijven").get_by_label("Nog niet").check()
    page.get_by_label("Naam van uw initiatief").fill("Route Enschede")
    page.get_by_label("Organisatie die het trekt").fill("ROC van Twente")
    page.get_by_role("button", name="Maak mijn concept").click()
    page.get_by_text("Uw concept staat klaar.").wait_for()
    assert page.get_by_text("Nog te regelen: Tien bedrijven").is_visible()
    assert page.get_by_text("Route Zwolle").first.is_visible()
    context.close()
