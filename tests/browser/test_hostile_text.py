"""Hostile text in every field, and every page that there is, in Chromium: nothing runs and text stays text.

Pages and fields are not listed here. Pages come from the router, and fields from the schema and from the
forms on those pages, so that a page or field of later is walked too, or makes this fail.
"""

import email
import re
import shutil
from collections.abc import Iterator
from email import policy
from html import unescape
from threading import Thread
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from werkzeug.serving import make_server

from kb.schemas.form import SECTIONS
from tests.accounts import PASSWORD, code
from tests.attacked import Attacked, field_name
from tests.hostile import PAYLOADS, Attack, Watch, leaves
from tests.walking import Walk

# Fields of which the value is compared, and never shown, mailed or kept.
NEVER_SHOWN = {
    ("entering.try_second_step", "code"),
    ("account.renew_recovery_codes", "code"),
    ("invitations.ask", "email"),
    ("messages.send", "homepage"),
}
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Reply-To",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
# Sends fields as a form on this page would.
POST = """([path, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = path;
  const token = document.querySelector("input[name=csrf_token]").value;
  for (const [name, words] of [["csrf_token", token], ...fields]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = words;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
# What the page of an initiative leaves out for everybody.
ELSEWHERE = {"contactEmail"}


@pytest.fixture(scope="module")
def walk(vocabularies_dir, tmp_path_factory, browser) -> Iterator[Walk]:
    folder = shutil.copytree(vocabularies_dir, tmp_path_factory.mktemp("attacked"), dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        attacked = Attacked(folder, patch)
    server = make_server("127.0.0.1", 0, attacked.app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    walk = Walk(attacked, browser, f"http://127.0.0.1:{server.server_port}")
    yield walk
    walk.close()
    server.shutdown()
    serving.join()
    server.server_close()
    attacked.runtime.close()


@pytest.fixture(scope="module")
def two(walk) -> tuple[str, dict, dict]:
    """Two who began on one version: its number, what the first one saved, and what the second one sends."""
    attacked = walk.attacked
    base = attacked.version()
    theirs, mine = (attacked.made_by(Attack(sign)) for sign in ("tt", "mm"))
    # A promise that is public stays; new ones can stand beside it.
    for document in (theirs, mine):
        document["beloften"] = [*attacked.promises(), *document["beloften"]]
    attacked.fill(theirs, who="bert")
    return base, theirs, mine


def _bare(words: str) -> str:
    """Only the signs: lines are paragraphs on a page, or one line with commas; Markdown reads entities."""
    return re.sub(r"[\s,]", "", unescape(words))


def _missing(document: dict, page, place: str = "main") -> list[str]:
    """The hostile values of a document that do not stand there to the letter, as text or as an address."""
    texts = page.locator(place).all_text_contents()
    links = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
    shown = _bare(" ".join((*texts, *links)))
    hostile = [(path, words) for path, words in leaves(document) if re.search("kbx.*[<'\"]", str(words))]
    return [path for path, words in hostile if _bare(words) not in shown]


def test_the_watch_sees_whatever_gets_through(browser):
    """Else everything below would prove nothing. Markdown, entities and braces are no HTML as they stand."""
    page = browser.new_page()
    watch = Watch(page)
    for payload in PAYLOADS:
        page.goto("about:blank")
        watch.wrong()
        page.set_content(f"""<p>{payload}</p><p title="{payload}"></p><p title='{payload}'></p>""")
        is_text = payload.startswith(("[klik]", "![", "{{", "&lt;"))
        assert (payload, bool(watch.wrong())) == (payload, not is_text)
    page.close()


def test_no_page_lets_a_text_do_anything(walk):
    wrong, files = [], []
    for who, path in walk.rules():
        answer = walk.attacked.hands.get(who, walk.attacked.visitor).get(path)
        if answer.mimetype == "text/html":
            wrong += walk.visit(who, path)
        else:
            files.append((path, answer))
    for path in list(walk.questions.values()):
        wrong += walk.visit("ada" if path.startswith("/beheer") else "caro", path)
    wrong += [f"{path}: {each}" for path, answer in files for each in _wrong_in(answer)]
    assert wrong == []
    assert len(files) > 15
    # Of an initiative every field has a value; those for numbers get text in the last test.
    written = {("sections.save", field_name(path)) for path, _value in leaves(walk.attacked.document)}
    assert walk.asked - walk.attacked.filled - written - NEVER_SHOWN == set()


def _wrong_in(answer) -> Iterator[str]:
    """A file is no page: its kind says so, and what is XML has no element or attribute that was typed."""
    if answer.headers["X-Content-Type-Options"] != "nosniff" or "html" in answer.mimetype:
        yield f"could be taken for a page: {answer.mimetype}"
    if answer.mimetype.endswith("xml"):
        for element in ElementTree.fromstring(answer.data).iter():
            if "kbx" in " ".join((element.tag, *element.attrib)):
                yield f"element {element.tag} {element.attrib}"
    if answer.mimetype.endswith("svg+xml"):
        yield "a picture can hold a script"


def test_the_public_page_shows_every_word_as_a_word(walk):
    attacked, (page, watch) = walk.attacked, walk.pages[""]
    english = {path for path, _words in leaves(attacked.document) if path.endswith("En")}
    dutch = {path.removesuffix("En") for path in english}
    for language, other in (("", english), ("/en", dutch)):
        page.goto(f"{language}/initiatieven/{attacked.slug}")
        assert watch.wrong() == []
        assert page.title().startswith(attacked.document["titelEn" if language else "titel"])
        missing = {field_name(path) for path in _missing(attacked.document, page)}
        assert missing == ELSEWHERE | other


def test_the_page_that_checks_shows_every_word_of_every_field(walk):
    page, watch = walk.pages["anne"]
    page.goto(f"/mijn/initiatieven/{walk.attacked.slug}/controleren")
    assert _missing(walk.attacked.document, page) == []
    assert watch.wrong() == []


def test_the_page_of_two_who_saved_at_once_shows_both_texts_whole(walk, two):
    attacked, (page, watch) = walk.attacked, walk.pages["anne"]
    base, theirs, mine = two
    for section in SECTIONS:
        path = f"/mijn/initiatieven/{attacked.slug}/{section.slug}"
        page.goto(path)
        fields = {**attacked.pairs(section, mine), "versie": base, "actie": "verder"}
        with page.expect_navigation() as answer:
            page.evaluate(POST, [path, list(fields.items())])
        assert answer.value.status == 409
        assert watch.wrong() == []
        for document in (theirs, mine):
            assert (section.slug, _missing(attacked.part(section, document), page, ".halves")) == (
                section.slug,
                [],
            )


def test_the_reviewer_sees_what_was_and_what_becomes_whole(walk, two):
    page, watch = walk.pages["caro"]
    page.goto(f"/redactie/{walk.attacked.slug}")
    assert watch.wrong() == []
    assert _missing(two[1], page) == []
    assert _missing(walk.attacked.document, page) == []


def test_suggestions_and_hints_while_somebody_types_are_text(walk):
    visitor, watch = walk.pages[""]
    visitor.goto("/")
    visitor.locator("main input[name=q]").press_sequentially("kbx")
    visitor.wait_for_selector("[role=option]")
    assert "kbx" in visitor.locator("[role=listbox]").text_content()
    assert watch.wrong() == []
    anne, watch = walk.pages["anne"]
    anne.goto("/mijn/initiatieven/nieuw")
    anne.locator("#titel").press_sequentially(walk.attacked.document["titel"][:60])
    anne.wait_for_selector("#lijkt-op a")
    assert "kbx" in anne.locator("#lijkt-op").text_content()
    name = walk.attacked.document["organisaties"][0]["naam"].split()[0]
    anne.locator("#organisatie").press_sequentially(name)
    anne.wait_for_selector("[role=option]")
    assert "kbx" in anne.locator("[role=option]").first.text_content()
    assert watch.wrong() == []


def test_text_that_waited_for_a_log_in_comes_back_as_text(walk):
    """The page to log in carries it along, and the one after it shows it."""
    attacked, (page, watch) = walk.attacked, walk.pages[""]
    path = f"/mijn/initiatieven/{attacked.slug}/basis"
    fields = attacked.pairs(SECTIONS[0], attacked.document)
    page.goto("/inloggen")
    with page.expect_navigation():
        page.evaluate(POST, [path, list(fields.items())])
    assert watch.wrong() == []
    attacked.clock.forward(seconds=30)
    page.fill("#email", "bert@example.nl")
    page.fill("#wachtwoord", PASSWORD)
    page.click("main form button.button")
    assert watch.wrong() == []
    page.fill("#code", code(attacked.clock.now))
    page.click("main form button.button")
    page.wait_for_selector("input[name=samenvatting]", state="attached")
    assert _bare(page.input_value("input[name=samenvatting]")) == _bare(fields["samenvatting"])
    assert watch.wrong() == []
    page.context.clear_cookies()


def test_an_address_that_does_not_exist_is_not_shown_as_anything_but_text(walk):
    page, watch = walk.pages[""]
    for payload in PAYLOADS:
        page.goto(f"/initiatieven/{quote(payload, safe='')}?{urlencode({'q': payload})}")
        assert watch.wrong() == []


def test_whatever_a_form_answers_to_hostile_text_is_safe(walk):
    """Every form that the walk found, with far too much in every field. The last test: it changes a lot."""
    assert len(walk.forms) > 15
    words = Attack("zz").text(6_000)
    assert [each for name in list(walk.forms) for each in walk.send(name, words)] == []


def test_mails_are_plain_text_and_no_field_adds_a_header(walk):
    folder = walk.attacked.runtime.settings.data_dir / "mail"
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.iterdir()
    ]
    assert len(letters) > 4
    for letter in letters:
        assert letter.get_content_type() == "text/plain"
        assert set(letter.keys()) <= HEADERS
    assert any("<script data-kbx>" in letter.get_content() for letter in letters)
