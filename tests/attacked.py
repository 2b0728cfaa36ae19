"""A portal in which every field that somebody can fill in holds hostile text, put there by its own forms."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from kb.app import create_app
from kb.domain.people import SYSTEM
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.schemas.content import ContentSchema, read_content, write_content
from kb.schemas.form import SECTIONS
from kb.schemas.search import read_query
from kb.services import drafting, following, mailing
from kb.services.importing import stepping
from kb.settings import Settings
from kb.storage.people import person_row_by_email
from tests.accounts import Clock, Hand, a_hand, an_account, runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.desk.filling import version
from tests.hostile import REGION, Attack, Document, leaves
from tests.importing.conftest import workbook
from tests.initiatives import publish

DIGITS = re.compile(r"\b\d+\b")
PERSONS = {
    "anne": (Role.COORDINATOR, (REGION,)),
    "bo": (Role.COORDINATOR, ("AM20",)),
    "caro": (Role.REVIEWER, ()),
    "bert": (Role.REVIEWER, ()),
    "mia": (Role.MINISTRY, ()),
    "ada": (Role.ADMINISTRATOR, ()),
}


def field_name(name: str) -> str:
    """The name of a field, whatever row it stands in."""
    return DIGITS.sub("#", name)


class Attacked:
    """The portal, its people who logged in by their names, and the addresses of what they made."""

    def __init__(self, folder: Path, monkeypatch) -> None:
        monkeypatch.setattr(Runtime, "start_import", lambda runtime, key: stepping.step(runtime.work, key))
        self.clock = Clock(NOW)
        settings = Settings(data_dir=folder, source_url="https://example.org/bron")
        self.app = create_app(settings, clock=self.clock)
        self.app.testing = True
        self.runtime = runtime_of(self.app)
        self.filled: set[tuple[str, str]] = set()
        self.first = Attack("aa")
        self.hands = {name: self._hand(name, *given) for name, given in PERSONS.items()}
        self.visitor = a_hand(self.app, self.clock)
        self.other, self.gone, self.away = (self._public(sign) for sign in ("cc", "dd", "ee"))
        self.slug, self.twin = self._start(), self._start()
        self._choose_alike()
        self.document = self.made_by(self.first)
        self.fill(self.document)
        self._follow()
        self._review()
        self._share()
        self._list()
        self.import_page, self.import_columns = self._import()
        self._administer()
        self._mail()
        self.group = self._group()

    def send(self, who: str, path: str, fields: Document, *, page: str = "", **more: object):
        """A form with its token, as a browser sends it; whatever is refused fails the test."""
        hand = self.hands.get(who, self.visitor)
        endpoint, _values = self.app.url_map.bind("localhost").match(path, "POST")
        pairs = [(name, each) for name, value in fields.items() for each in _many(value)]
        self.filled |= {(endpoint, field_name(name)) for name, words in pairs if "kbx" in str(words)}
        answer = hand.send(path, fields, page=page, **more)
        assert answer.status_code in (200, 303), (path, answer.status_code, answer.text)
        return answer

    def text(self, longest: int = 200, *, lines: bool = False) -> str:
        return self.first.text(longest, lines=lines)

    def part(self, section, document: Document) -> Document:
        keys = [ContentSchema().key(name) for name in section.fields]
        return {key: document[key] for key in keys if key in document}

    def pairs(self, section, document: Document) -> Document:
        """This section as a browser sends it."""
        return dict(_as_typed(path, value) for path, value in leaves(self.part(section, document)))

    def version(self, slug: str = "") -> str:
        with self.runtime.work() as work:
            return str(drafting.look(work, SYSTEM, slug or self.slug).number)

    def approach_of(self, slug: str) -> str:
        with self.runtime.work() as work:
            (approach,) = drafting.look(work, SYSTEM, slug).content.approaches
        return approach

    def promises(self) -> list[Document]:
        with self.runtime.work() as work:
            return write_content(drafting.look(work, SYSTEM, self.slug).content)["beloften"]

    def made_by(self, attack: Attack) -> Document:
        """A whole initiative of this attack, which points at others that exist."""
        names = {"onderdeelVan": self.other, "opgevolgdDoor": self.away}
        approach = self.approach_of(self.slug)
        return attack.document(self.runtime.vocabulary, aanpakken=approach, **names)

    def fill(self, document: Document, *, who: str = "anne") -> None:
        """Every section of the form, and by the service what no form asks; nothing may change on the way."""
        home = f"/mijn/initiatieven/{self.slug}"
        for section in SECTIONS:
            fields = {**self.pairs(section, document), "versie": self.version(), "actie": "bewaar"}
            self.send(who, f"{home}/{section.slug}", fields)
        with self.runtime.work(writing=True) as work:
            draft = drafting.look(work, SYSTEM, self.slug)
            asked = {ContentSchema().key(name) for section in SECTIONS for name in section.fields}
            rest = {key: value for key, value in document.items() if key not in asked}
            whole = read_content({**write_content(draft.content), **rest}, work.vocabulary)
            drafting.edit(work, SYSTEM, self.slug, whole, based_on=draft.number)
        assert write_content(whole) == document

    def organisation(self) -> str:
        """The address of the organisation in the lead."""
        page = self.visitor.get(f"/initiatieven/{self.slug}").text
        return re.search(r'href="/organisaties/([^"]+)"', page)[1]

    def _hand(self, name: str, role: Role, regions: tuple[str, ...]) -> Hand:
        email = f"{name}@example.nl"
        an_account(self.runtime, role, email=email, name=self.first.text(120), regions=regions)
        hand = a_hand(self.app, self.clock)
        hand.client.environ_base["HTTP_USER_AGENT"] = self.first.text(200)
        hand.log_in(email)
        return hand

    def _public(self, sign: str) -> str:
        attack = Attack(sign)
        content = replace(a_content(attack.text()), summary=attack.text(3000, lines=True))
        return publish(self.runtime, content)

    def _start(self) -> str:
        fields = {name: self.text() for name in ("titel", "plaats", "organisatie")}
        answer = self.send("anne", "/mijn/initiatieven/nieuw", fields | {"website": self.first.address()})
        return answer.location.split("/")[3]

    def _choose_alike(self) -> None:
        """The same approach in another place, twice and each under a name of its own; and another one."""
        for slug, other, choice in (
            (self.slug, self.other, "zelfde-aanpak"),
            (self.slug, self.gone, "anders"),
            (self.twin, self.away, "zelfde-aanpak"),
        ):
            page = f"/mijn/initiatieven/{slug}/lijkt-op"
            fields = {"ander": other, "keuze": choice, "versie": self.version(slug)}
            self.send("anne", page, {**fields, "waarom": self.text(1000), "aanpak": self.text()})

    def _submit(self) -> None:
        home = f"/mijn/initiatieven/{self.slug}"
        self.send("anne", f"{home}/indienen", {"versie": self.version()}, page=f"{home}/controleren")

    def _decide(self, slug: str, deed: str, **fields: str) -> None:
        page = f"/redactie/{slug}"
        self.send("caro", f"{page}/{deed}", {"versie": self.version(), **fields}, page=page)

    def _review(self) -> None:
        """Returned with a remark at every field, published, lowered, merged and withdrawn, with reasons."""
        self._submit()
        names = ("", *ContentSchema().fields)
        self._decide(self.slug, "terugsturen", **{f"opmerking.{name}": self.text(2000) for name in names})
        self._submit()
        self._decide(self.slug, "publiceren", uitleg=self.text(500))
        self._decide(self.slug, "oordeel", trede="0", reden=self.text(1000))
        merge = f"/redactie/{self.gone}/samenvoegen"
        pair = f"{merge}?met={self.other}"
        fields = {"met": self.other, "versie": version(self.hands["caro"], pair), "reden": self.text(500)}
        self.send("caro", merge, fields, page=pair)
        self._decide(self.away, "intrekken", reden=self.text(1000))
        names = {"aanpak": self.approach_of(self.twin), "met": self.approach_of(self.slug)}
        self.send("caro", "/redactie/aanpakken", {**names, "reden": self.text(500)})

    def _share(self) -> None:
        """From outside: a request to work on it, and messages of visitors. And a promise."""
        self.send("bo", f"/mijn/initiatieven/{self.slug}/meewerken", {"waarom": self.text(1000)})
        for kind in ("klopt-niet", "contact"):
            fields = {"bericht": self.text(3000, lines=True), "email": self.first.email()}
            self.send("", f"/initiatieven/{self.slug}/{kind}", fields)
        promise = {"bij": self.twin, "indicator": self.document["beloften"][0]["indicator"]}
        words = {"doel": self.text(300), "vergelijking": self.text(500), "klaarOp": "2027-06-30"}
        self.send("anne", "/mijn/beloften/nieuw", promise | words)
        self._adopt()

    def _adopt(self) -> None:
        """What another place does, taken over under a hostile name."""
        page = f"/mijn/overnemen/{self.slug}"
        checks = dict.fromkeys(re.findall(r'name="(past\.[^"]+)"', self.hands["anne"].get(page).text), "ja")
        self.send("anne", page, {**checks, "titel": self.text(), "trekker": self.text(), "regios": REGION})

    def _follow(self) -> None:
        """Words that find nothing, and a search that will find something else tomorrow."""
        self.visitor.get(f"/zoeken?{urlencode({'q': 'zzqq kbx<b data-kbx>'})}")
        query = urlencode({"q": self.text(150)})
        new = {"zoekopdracht": query, "naam": self.text(120), "ritme": "dagelijks"}
        self.send("mia", "/mijn/volgen/nieuw", new, page=f"/mijn/volgen/nieuw?{query}")

    def _list(self) -> None:
        put = {"i": self.slug, "naam": self.text(120), "notitie": self.text(1000)}
        self.list = self.send(
            "mia", "/mijn/lijsten/erop", put, page=f"/mijn/lijsten/erop?i={self.slug}"
        ).location
        self.send("mia", self.list, {"doe": "notitie", "i": self.slug, "notitie": self.text(1000)})
        self.send("mia", self.list, {"doe": "delen"})
        self.frozen = self.send("mia", self.list, {"doe": "vastleggen"}).location
        self.send("anne", "/mijn/sleutels", {"naam": self.text(80), "rechten": "lezen", "dagen": "30"})

    def _import(self) -> tuple[str, str]:
        """Two files: one that waits for its columns, and one whose rows are shown."""
        pages = []
        for turn in range(2):
            rows = [["Titel", "Niveaus", self.text()], [self.text(), self.text(), self.text(1000)]]
            rows += [[self.text(), "vo-vmbo", self.text(1000)]]
            files = {"bestand": (BytesIO(workbook(rows)), f"{self.text(60).replace('/', '')}.xlsx")}
            form = {"content_type": "multipart/form-data"}
            pages.append(self.send("anne", "/import", files, page="/import", **form).location)
            if not turn:
                self.send("anne", f"{pages[0]}/kolommen", {"kolom.0.2": "samenvatting"}, page=pages[0])
        return pages[0], pages[1]

    def _group(self) -> str:
        """Two that look alike are no approach, with a reason; three are one; and with a fourth they wait."""
        two = self._alike("ff", "gg")
        self.send("caro", f"{two}/geen-aanpak", {"reden": self.text(1000)}, page=two)
        three = self._alike("hh")
        members = re.findall(r'name="leden" value="([0-9]+)"', self.hands["caro"].get(three).text)
        newest = sorted(members, key=int)[-2:]
        self.send("caro", f"{three}/een-aanpak", {"leden": newest, "naam": self.text()}, page=three)
        return self._alike("jj")

    def _alike(self, *signs: str) -> str:
        """The address of the first group that waits when these are public too."""
        home = "/redactie/groepen"
        for sign in signs:
            self._public(sign)
        self.send("caro", home, {}, page=home)
        return re.findall(rf'href="({home}/[0-9a-f]+)"', self.hands["caro"].get(home).text)[0]

    def _administer(self) -> None:
        new = {"naam": self.text(120), "email": self.first.email(), "rol": "coordinator", "regios": REGION}
        self.person = self.send("ada", "/beheer/gebruikers/nieuw", new).location
        with self.runtime.work() as work:
            away = person_row_by_email(work.session, "bo@example.nl").id
        self.send("ada", f"/beheer/gebruikers/{away}/wachtwoord", {}, page="/beheer/gebruikers/nieuw")
        # Refusals stand in the trail with what was asked.
        self.hands["anne"].get(f"/redactie/{quote(self.text(60))}")
        self.visitor.send("/inloggen", {"email": self.first.email(), "wachtwoord": "onbekend"})
        self.filled.add(("entering.try_log_in", "email"))

    def _mail(self) -> None:
        """Every mail that the portal writes by itself, too."""
        self.clock.forward(days=2)
        with self.runtime.work(writing=True) as work:
            following.digest(work, lambda query: read_query(parse_qsl(query), work.vocabulary))
        mailing.deliver(self.runtime.work, self.runtime.post)
        self.clock.forward(days=-2)


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _as_typed(path: str, value: object) -> tuple[str, object]:
    """As a person types it: a share in percents, yes, a date."""
    name = path.rpartition(".")[2]
    if name == "respons":
        return path, "50"
    return path, "ja" if value is True else value
