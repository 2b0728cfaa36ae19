"""Many who save at once, and the power cut, over HTTP: no word that was acknowledged gets lost."""

import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from multiprocessing import get_context
from random import Random
from threading import Barrier, Timer
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select, text
from werkzeug.serving import make_server

from kb.app import create_app
from kb.domain.people import SYSTEM
from kb.domain.search import Search
from kb.domain.workflow import Action, Role
from kb.runtime import Runtime
from kb.services import auditing, drafting, history, indexing, reading
from kb.services.work import Work
from kb.settings import Settings
from kb.storage.tables import AuditRow
from tests import served
from tests.accounts import Clock, a_hand, an_account, runtime_of
from tests.desk.filling import BASIS, HOME, REVIEW, complete, start, version

SAVES = KILLS = 50
COLLEAGUES = 5
WORDS = ("titelEn", "samenvatting", "samenvattingEn")


@dataclass(frozen=True)
class Tab:
    """A form that somebody has open: the cookie of the log-in and the token of the page."""

    cookie: str
    token: str

    def send(self, port: int, path: str, fields: dict[str, str]) -> tuple[int, str]:
        form = urlencode({"csrf_token": self.token, **fields})
        return self._ask(port, "POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})

    def get(self, port: int, path: str) -> tuple[int, str]:
        return self._ask(port, "GET", path)

    def _ask(self, port: int, method: str, path: str, form: str = "", headers=()) -> tuple[int, str]:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.request(method, path, form, {"Cookie": f"kb={self.cookie}", **dict(headers)})
            answer = line.getresponse()
            return answer.status, answer.read().decode()


def _tab(app, clock, role: Role, email: str) -> Tab:
    an_account(runtime_of(app), role, email=email)
    hand = a_hand(app, clock)
    hand.log_in(email)
    token = hand.token("/mijn/account")
    return Tab(hand.client.get_cookie("kb").value, token)


def _text(random: Random, turn: int, longest: int) -> str:
    """Words of which none is in the text of anybody else."""
    words = [f"tekst{turn}"]
    while len(words) < longest // 12:
        words.append(f"w{turn}x{random.randrange(10**6)}")
    return " ".join(words)


def _panels(page: str) -> str:
    """What the page shows of the two texts, without its marks."""
    shown = " ".join(re.findall(r'<div class="halves">(.*?)</fieldset>', page, re.DOTALL))
    return " ".join(unescape(re.sub(r"<[^>]+>", "", shown)).split())


@pytest.fixture
def port(app) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        yield server.server_port
        server.shutdown()
    server.server_close()


def test_of_fifty_saves_at_once_one_wins_and_every_other_keeps_every_word(app, port, anne, ticking):
    start(anne)
    base, random = version(anne, BASIS), Random(4)
    tabs = [_tab(app, ticking, Role.REVIEWER, f"collega{n}@example.nl") for n in range(COLLEAGUES)]
    texts = [
        {"titelEn": _text(random, turn, 200), **{name: _text(random, turn, 2_900) for name in WORDS[1:]}}
        for turn in range(SAVES)
    ]
    together = Barrier(SAVES)

    def save(turn: int) -> tuple[int, str]:
        together.wait(60)
        fields = {"titel": "Techniekhub", **texts[turn], "versie": base, "actie": "bewaar"}
        return tabs[turn % COLLEAGUES].send(port, BASIS, fields)

    with ThreadPoolExecutor(SAVES) as pool:
        answers = list(pool.map(save, range(SAVES)))
    assert sorted(status for status, _page in answers) == [303] + [409] * (SAVES - 1)
    (winner,) = (turn for turn, (status, _page) in enumerate(answers) if status == 303)
    with runtime_of(app).work() as work:
        kept = drafting.look(work, SYSTEM, "techniekhub")
        assert [entry.number for entry in history.versions(work, SYSTEM, "techniekhub")] == [2, 1]
    assert kept.content.summary == texts[winner]["samenvatting"]
    for turn, (_status, page) in enumerate(answers):
        if turn != winner:
            shown = _panels(page)
            assert [name for name in WORDS if texts[turn][name] not in shown] == []
            assert [name for name in WORDS if texts[winner][name] not in shown] == []
            for name in WORDS:
                assert f'<textarea hidden name="{name}">\n{texts[turn][name]}</textarea>' in page


# --- the power cut


class Desk:
    """Two reviewers over HTTP, one who writes and one who publishes; and what was acknowledged to them."""

    def __init__(self, app) -> None:
        clock = Clock(runtime_of(app).clock())
        self.writer = _tab(app, clock, Role.REVIEWER, "schrijver@example.nl")
        self.other = _tab(app, clock, Role.REVIEWER, "ander@example.nl")
        hand = a_hand(app, clock)
        clock.forward(seconds=30)
        hand.log_in("schrijver@example.nl")
        start(hand)
        complete(hand)
        self.runtime = runtime_of(app)
        self.turn = 0
        self.saved: list[int] = []
        self.published: list[int] = []

    def save(self, port: int) -> None:
        self.turn += 1
        fields = {"versie": self._number(), "actie": "bewaar", **_of(self.turn)}
        assert self.writer.send(port, BASIS, fields)[0] == 303
        self.saved.append(self.turn)

    def publish(self, port: int) -> None:
        number = {"versie": self._number()}
        assert self.writer.send(port, f"{HOME}/indienen", number)[0] == 303
        assert self.other.send(port, f"{REVIEW}/publiceren", number)[0] == 303
        self.published.append(self.turn)

    def search(self, port: int) -> None:
        """By a reader: the index follows when somebody searches."""
        _status, page = self.writer.get(port, f"/zoeken?q={_name(self.turn)}")
        assert 'href="/initiatieven/techniekhub"' in page

    def _number(self) -> str:
        """The newest version, as the form of somebody who just opened it says."""
        with self.runtime.work() as work:
            return str(drafting.look(work, SYSTEM, "techniekhub").number)

    def until(self, port: int, process, seconds: float) -> None:
        """Goes on until the power is cut, which is this long after the first save was acknowledged."""
        self.save(port)
        cut = Timer(seconds, process.kill)
        cut.start()
        try:
            for deed in cycle((self.save, self.publish, self.search)):
                deed(port)
        except (OSError, HTTPException):
            cut.join()


def _name(turn: int) -> str:
    """A word that looks like no other, so that no search takes one for another."""
    return f"k{sha256(str(turn).encode()).hexdigest()[:12]}"


def _of(turn: int) -> dict[str, str]:
    """Fields that say the same number, so that half a version would show."""
    summary = f"Iemand werkt door terwijl de stroom uitvalt, onder de naam {_name(turn)}."
    return {"titel": f"Techniekhub {turn}", "samenvatting": summary, "website": f"https://example.org/{turn}"}


def test_c39_after_fifty_kills_all_that_was_acknowledged_is_there_and_the_index_says_the_same(empty_dir):
    app = create_app(Settings(data_dir=empty_dir))
    desk, random = Desk(app), Random(50)
    # What a process needs is imported once; each server is forked from that.
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.served"])
    for _turn in range(KILLS):
        here, there = context.Pipe()
        process = context.Process(target=served.serve, args=(empty_dir, there), daemon=True)
        process.start()
        desk.until(here.recv(), process, random.uniform(0.0, 0.25))
        process.join(30)
        assert process.exitcode == -signal.SIGKILL
    desk.runtime.close()
    assert len(desk.saved) > KILLS
    assert desk.published
    runtime = Runtime(Settings(data_dir=empty_dir))
    runtime.open_index()
    with runtime.work() as work:
        _look_at(work, desk)
    runtime.close()


def _look_at(work: Work, desk: Desk) -> None:
    """Every version is whole and has its deed, the acknowledged ones are there, search has the public one."""
    numbers = [entry.number for entry in history.versions(work, SYSTEM, "techniekhub")]
    versions = [history.version(work, SYSTEM, "techniekhub", number).content for number in sorted(numbers)]
    written = [(one.title, one.summary, one.url) for one in versions if one.title != "Techniekhub"]
    turns = [int(title.rpartition(" ")[2]) for title, *_rest in written]
    assert written == [tuple(_of(turn).values()) for turn in turns]
    assert set(desk.saved) <= set(turns)
    deeds = select(func.count()).where(AuditRow.action == Action.EDIT.value)
    assert work.session.scalar(deeds) == len(versions) - 1
    assert auditing.verify(work, SYSTEM) == ()
    assert work.session.scalar(text("PRAGMA integrity_check")) == "ok"
    public = int(reading.published(work, "techniekhub").content.title.rpartition(" ")[2])
    assert public >= desk.published[-1]
    assert indexing.check(work).problem == ""
    for turn in (public, *desk.published[:-1]):
        found = indexing.search(work, Search(_name(turn)), "nl")
        assert (turn, found.total) == (turn, int(turn == public))
