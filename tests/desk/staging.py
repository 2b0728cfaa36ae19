"""A portal served for a browser, with one initiative in every state that the desk and the reviewers see."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.content import (
    Approach,
    Content,
    Cost,
    Effect,
    MeasureKind,
    Measurement,
    Metric,
    PlannedMeasure,
    Study,
)
from kb.domain.evidence import Design
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import drafting, reviewing
from kb.settings import Settings
from kb.storage.approaches import save_approaches
from tests.accounts import EMAILS, Clock, Hand, a_hand, an_account, runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish

HOME = "/mijn/initiatieven"
REGIONS = frozenset({"AM05"})
REACH = frozenset({"AM05", "GM0153"})
STUDY = Study(
    "studie-1",
    "Voor en na een jaar",
    Design.PREPOST,
    analysed_t=80,
    same_instrument=True,
    response=0.8,
    effects=(Effect("profielkeuze-techniek-vmbo", Metric.RD, events_t=31, n_t=80, events_c=22, n_c=80),),
)
FIGURE = Measurement("Leerlingen die techniek kiezen", "31 procent", kind=MeasureKind.OUTCOME, year=2025)
PROMISE = PlannedMeasure("uitval", "10% (nu 20%)", due_date="2026-04-01")


class Stage:
    """What the tests walk over: a draft, a returned one, a submitted change, look-alikes and old promises."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(NOW - timedelta(days=400))
        self.app = create_app(Settings(data_dir=folder), clock=self.clock)
        self.app.testing = True
        self.runtime = runtime_of(self.app)
        self.people = {
            role: Person(an_account(self.runtime, role), role, regions=REGIONS, reach=REACH)
            for role in (Role.COORDINATOR, Role.REVIEWER)
        }
        self.author, self.editor = self.people[Role.COORDINATOR], self.people[Role.REVIEWER]
        self.address = ""
        self._public()
        self.clock.now = NOW
        self._drafts()

    def _public(self) -> None:
        with self.runtime.work(writing=True) as work:
            known = (Approach("techniekles", "Techniekles"), Approach("les-in-techniek", "Les in techniek"))
            save_approaches(work.session, known)
        publish(self.runtime, a_content(promises=(PROMISE,)), owner=self.author.id)
        route = a_content("Route Techniek", lessons="Begin klein.", approaches=("techniekles",))
        publish(self.runtime, route, owner=self.author.id)
        publish(self.runtime, a_content("Lessen uit Almelo", approaches=("les-in-techniek",)))

    def _drafts(self) -> None:
        full = a_content(
            "Techniekhub",
            measurements=(FIGURE,),
            studies=(STUDY,),
            promises=(PROMISE,),
            costs=(Cost(year=2025, total=120_000, participants=80),),
        )
        with self.runtime.work(writing=True) as work:
            drafting.create(work, self.author, Content("Bouwklas", "", regions=("AM05",)))
            hub = drafting.create(work, self.author, full)
            again = replace(full, summary=f"{full.summary} Een dag per week.", sectors=("bouw-infra",))
            hub = drafting.edit(work, self.author, hub.slug, again, based_on=hub.number)
            drafting.submit(work, self.author, hub.slug, based_on=hub.number)
            remarks = {"": "Bijna klaar.", "summary": "Hoe lang duurt het?", "measurements": "Van hoeveel?"}
            reviewing.send_back(work, self.editor, hub.slug, remarks, based_on=hub.number)
            route = drafting.look(work, self.author, "route-techniek")
            week = "Leerlingen werken een week in een bedrijf."
            changed = replace(route.content, summary=week, area="Twente")
            route = drafting.edit(work, self.author, route.slug, changed, based_on=route.number)
            drafting.submit(work, self.author, route.slug, based_on=route.number)

    def hand_of(self, role: Role) -> Hand:
        """Somebody at a browser without script who logged in just now; a code works once."""
        self.clock.forward(seconds=30)
        hand = a_hand(self.app, self.clock)
        hand.log_in(EMAILS[role])
        return hand

    def visitor(self) -> Hand:
        return a_hand(self.app, self.clock)

    def cookie_of(self, role: Role) -> tuple[str, str]:
        return "kb", self.hand_of(role).client.get_cookie("kb").value

    def content(self, slug: str) -> Content:
        """The newest version."""
        with self.runtime.work() as work:
            return drafting.look(work, self.editor, slug).content

    def page_of(self, browser, role: Role, **context: object):
        """A page in the browser of somebody who logged in."""
        name, value = self.cookie_of(role)
        opened = browser.new_context(**context)
        opened.add_cookies([{"name": name, "value": value, "url": self.address}])
        return opened.new_page()


@contextmanager
def a_stage(folder: Path, vocabularies: Path):
    stage = Stage(Path(shutil.copytree(vocabularies, folder / "var")))
    server = make_server("127.0.0.1", 0, stage.app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    stage.address = f"http://127.0.0.1:{server.server_port}"
    yield stage
    server.shutdown()
    serving.join()
    server.server_close()
    stage.runtime.close()
