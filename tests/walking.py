"""Walking through every page that the router knows, each with somebody who may see it, in a real browser."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from kb.domain.people import PUBLIC, Person
from kb.schemas.form import SECTIONS
from kb.web.policies import policy_of
from tests.accounts import letters_of
from tests.addresses import filled_in
from tests.attacked import PERSONS, Attacked, field_name
from tests.hostile import Watch

# The method, the path and the fields for text of each form on a page.
FORMS = """() => [...document.forms].map(form => [
  (form.getAttribute("method") || "get").toLowerCase(),
  new URL(form.getAttribute("action") || location.href, location.href).pathname,
  [...form.elements].filter(one => one.tagName === "TEXTAREA" && !one.hidden
    || one.tagName === "INPUT" && ["text", "search", "email", "url", "tel"].includes(one.type)
  ).map(one => one.name).filter(name => name),
])"""
# Sends a form as it stands, with this text in every field for text, whatever the form says about its length.
# Something sent before can have taken the form away; whoever still had it open sends it all the same.
SEND = """([path, names, words]) => {
  const place = one => new URL(one.getAttribute("action") || location.href, location.href).pathname;
  let form = [...document.forms].find(one => one.method === "post" && place(one) === path);
  if (!form) {
    form = document.createElement("form");
    form.method = "post";
    form.action = path;
    form.append(document.querySelector("input[name=csrf_token]").cloneNode());
    document.body.append(form);
  }
  for (const name of names) {
    for (const old of [...form.elements].filter(one => one.name === name)) old.disabled = true;
    const field = document.createElement("textarea");
    field.name = name;
    field.value = words;
    form.append(field);
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
# These show nothing that anybody typed: they lead on, or wait for what belongs to another test.
LEADS_ON = {
    "public.initiatives": "to the search page",
    "desk.initiative": "to the page that checks",
    "entering.second_step": "to the log-in",
    "entering.qr_code": "to the log-in",
    "organisation.ask": "there is no log-in of an organisation",
    "organisation.answer": "there is no log-in of an organisation",
    "invitations.first_start": "there is an administrator already",
    "discovery.old_security": "to the other address",
    "discovery.security": "nobody said where to report",
    "open_data.plain_table": "tables of numbers",
    "static": "files of ours",
}
# In English too; their templates are those of the Dutch ones.
ENGLISH = (
    "public.initiative",
    "public.search",
    "desk.check",
    "sections.show",
    "editors.review",
    "briefing.show",
)


class Walk:
    """The attacked portal at an address, with a browser for each of its people."""

    def __init__(self, attacked: Attacked, browser, address: str) -> None:
        self.attacked, self.app = attacked, attacked.app
        self.browser, self.address = browser, address
        self.pages = {name: self._page(name) for name in ("", *PERSONS)}
        # What the forms ask, by the name of their view; where each form stands and who saw it.
        self.asked: set[tuple[str, str]] = set()
        self.forms: dict[str, tuple[str, str, str, list[str]]] = {}
        self.questions: dict[str, str] = {}

    def close(self) -> None:
        for page, _watch in self.pages.values():
            page.context.close()

    def visit(self, who: str, path: str) -> list[str]:
        """Opens the page and says what is wrong with it; notes its forms."""
        page, watch = self.pages[who]
        answer = page.goto(path, wait_until="load")
        wrong = watch.wrong()
        if answer.status != 200:
            wrong.append(f"status {answer.status}; give `_known` a value that exists")
        self._note_forms(who, page)
        return [f"{path}: {each}" for each in wrong]

    def send(self, form: str, words: str) -> list[str]:
        """Opens the page where this form was seen and sends it with these words in every field."""
        who, page_path, form_path, names = self.forms[form]
        page, watch = self.pages[who]
        answer = page.goto(page_path, wait_until="load")
        if answer.status != 200 or not page.locator("input[name=csrf_token]").count():
            page.goto("/mijn/account")
        watch.wrong()
        with page.expect_navigation() as answer:
            page.evaluate(SEND, [form_path, names, words])
        wrong = watch.wrong()
        if answer.value.status >= 500:
            wrong.append(f"status {answer.value.status}")
        return [f"POST {form_path}: {each}" for each in wrong]

    def rules(self) -> Iterator[tuple[str, str]]:
        """Everybody who may and every address that can be read, filled in with what was attacked."""
        known = self._known()
        for rule in self.app.url_map.iter_rules():
            name = rule.endpoint.removeprefix("en_")
            is_other = rule.endpoint != name and name not in ENGLISH
            if "GET" not in rule.methods or rule.rule.startswith("/api/v1") or name in LEADS_ON or is_other:
                continue
            values = {"slug": self.attacked.slug, "number": 5, **known.get(name, {})}
            query = urlencode(values.pop("?", ()))
            for section in SECTIONS if name == "sections.show" else SECTIONS[:1]:
                path = filled_in(self.app, rule, section_slug=section.slug, **values)
                yield self._reader(rule.endpoint), f"{path}?{query}"

    def _page(self, name: str):
        context = self.browser.new_context(base_url=self.address)
        if name:
            kept = self.attacked.hands[name].client.get_cookie("kb").value
            context.add_cookies([{"name": "kb", "value": kept, "url": self.address}])
        page = context.new_page()
        return page, Watch(page)

    def _note_forms(self, who: str, page) -> None:
        here = urlsplit(page.url)
        for method, address, names in page.evaluate(FORMS):
            path = address.removeprefix("/en")
            endpoint = self._endpoint(path, method.upper())
            if method == "post" and names:
                self.asked |= {(endpoint, field_name(name)) for name in names}
                self.forms.setdefault(f"{endpoint} {path}", (who, f"{here.path}?{here.query}", path, names))
            elif names:
                words = [(name, self.attacked.text()) for name in names]
                self.questions.setdefault(f"{endpoint} {names}", f"{path}?{urlencode(words)}")

    def _endpoint(self, path: str, method: str) -> str:
        found, _values = self.app.url_map.bind("localhost").match(path, method)
        return found.removeprefix("en_")

    def _reader(self, endpoint: str) -> str:
        """The first who may read this; what somebody follows and made is their own."""
        if endpoint.startswith("following."):
            return "mia"
        declared = policy_of(self.app, endpoint, "GET")
        people = {"": PUBLIC, **{name: Person(1, role) for name, (role, _regions) in PERSONS.items()}}
        return next((name for name, person in people.items() if declared.admits(person)), "")

    def _known(self) -> dict[str, dict[str, object]]:
        """What to fill in for each view, so that it shows what was attacked; `?` is the question."""
        attacked, document = self.attacked, self.attacked.document
        cell = {"number": document["aanbevelingen"][0], "level": document["niveaus"][0]}
        frozen, own_list = {"key": _last(attacked.frozen)}, {"key": _last(attacked.list)}
        term = {"name": "regio", "code": document["regios"][0]}
        initiative = [("i", attacked.slug), ("i", attacked.other)]
        return {
            "places.organisation": {"slug": attacked.organisation()},
            "places.approach": {"slug": document["aanpakken"][0]},
            "adopters.choose": {"slug": document["aanpakken"][0]},
            "places.recommendation": cell,
            "places.region": term,
            "insight.what_works_cell": cell,
            "open_data.terms": term,
            "open_data.terms_linked": term,
            "open_data.term": term,
            "open_data.term_linked": term,
            "machines.problem": {"name": "niet-gevonden"},
            "briefing.frozen": frozen,
            "briefing.frozen_file": frozen,
            "briefing.since": frozen,
            "imports.show": {"key": _last(attacked.import_page)},
            "imports.columns": {"key": _last(attacked.import_columns)},
            "imports.report": {"key": _last(attacked.import_page)},
            "people.one": {"person_id": _last(attacked.person)},
            "versions.side_by_side": {"?": {"van": 1, "met": 8}},
            "entering.log_in": {"?": {"next": f"/zoeken?q={attacked.text()}"}},
            "alike.typed": {"?": {"titel": attacked.document["titel"]}},
            "side_by_side.compare": {"?": initiative},
            "mergers.show": {"slug": attacked.other, "?": {"met": attacked.slug}},
            "following.show_list": own_list,
            "following.list_briefing": own_list,
            "following.list_file": own_list,
            "following.choose_list": {"?": initiative[:1]},
            "following.unsubscribe": self._mailed(r"/volgen/(?P<key>\d+)/opzeggen/(?P<token>[\w-]+)"),
            "invitations.invitation": self._mailed(r"/uitnodiging/(?P<token>[\w-]+)"),
            "invitations.new_password": self._mailed(r"/wachtwoord/(?P<token>[\w-]+)"),
            "clusters.show": {"key": _last(attacked.group)},
            "discovery.sitemap": {"part": 1},
        }

    def _mailed(self, pattern: str) -> dict[str, object]:
        """The parts of an address that the portal mailed."""
        letters = letters_of(self.attacked.runtime)
        found = next(match for letter in letters if (match := re.search(pattern, letter)))
        return dict(found.groupdict())


def _last(address: str) -> str:
    return address.rpartition("/")[2]
