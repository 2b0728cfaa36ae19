"""The copy of the portal in a folder: its files link each other, and a browser searches in it."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from kb.app import create_app
from kb.cli import publishing
from kb.cli.dumping import write_data
from kb.cli.loading import _load, load_example
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.exchange.manifest import hash_of_file
from kb.runtime import Runtime
from kb.services import drafting, reviewing
from kb.services.persons import person_by_email
from kb.settings import Settings
from tests.accounts import an_account, runtime_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.looking import AXE, STANDARDS

PORTAL = "https://bank.example.org"
SECRET = "Geheim concept van Anne"
EVENING = "Techniekopleiding in de avond"
# Those of the made-up data, and that one.
ALL = 29


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """A portal of made-up initiatives, with one draft that nobody may see."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("var"), base_url=PORTAL)
    runtime = Runtime(settings, clock=lambda: NOW)
    runtime.prepare()
    load_example(runtime)
    an_account(runtime, Role.COORDINATOR)
    with runtime.work(writing=True) as work:
        drafting.create(work, person_by_email(work, "coordinator@example.nl"), a_content(SECRET))
        first, second = Person(1, Role.REVIEWER), Person(2, Role.REVIEWER)
        draft = drafting.create(work, first, a_content(EVENING, summary="Volwassenen leren lassen."))
        drafting.submit(work, first, draft.slug, based_on=draft.number)
        reviewing.publish(work, second, draft.slug, based_on=draft.number)
    runtime.close()
    return create_app(settings, clock=lambda: NOW)


@pytest.fixture(scope="module")
def folder(app, tmp_path_factory) -> Path:
    """The copy, with its data."""
    folder = tmp_path_factory.mktemp("site")
    (folder / publishing.DATA).mkdir()
    write_data(runtime_of(app), folder / publishing.DATA)
    publishing.write_pages(app, folder, ("nl", "en"))
    return folder


def addresses(page: Path) -> list[str]:
    return [unescape(one) for one in re.findall(r'\b(?:href|src|action)="([^"]*)"', page.read_text("utf-8"))]


def test_every_link_leads_to_a_file_of_the_copy_or_to_the_portal(folder):
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 100
    broken = set()
    for page in pages:
        for address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme or address.startswith("#"):
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            if not (parts.path and target.is_file() and target.is_relative_to(folder.resolve())):
                broken.add((str(page.relative_to(folder)), address))
    assert broken == set()


def test_nothing_in_it_needs_a_server_or_another_host(folder):
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'type="module"' not in text
        assert "data-live" not in text
        loaded = re.findall(r'(?:src|rel="stylesheet" href)="([^"]*)"', text)
        assert not [one for one in loaded if urlsplit(one).scheme or one.startswith("/")]
        assert "/inloggen" not in text


def test_a_draft_is_nowhere_in_it(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path


def test_both_languages_are_there_and_know_each_other(folder):
    dutch, english = folder / "over.html", folder / "en" / "over.html"
    assert '<html lang="nl">' in dutch.read_text("utf-8")
    assert '<html lang="en">' in english.read_text("utf-8")
    assert "en/over.html" in addresses(dutch)
    assert "../over.html" in addresses(english)


def test_the_data_carry_a_manifest_of_hashes(folder):
    data = folder / publishing.DATA
    manifest = json.loads((data / "manifest.json").read_text("utf-8"))
    assert manifest["initiatieven"] == ALL
    assert {one["naam"] for one in manifest["bestanden"]} == {
        path.name for path in data.iterdir() if path.name not in ("manifest.json", "SHA256SUMS")
    }
    for one in manifest["bestanden"]:
        assert one["sha256"] == hash_of_file(data / one["naam"])
        assert one["bytes"] == (data / one["naam"]).stat().st_size
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=data, check=False, capture_output=True
    )
    assert checked.returncode == 0


def test_the_same_data_give_the_same_files(app, folder, tmp_path):
    write_data(runtime_of(app), tmp_path)
    again = (tmp_path / "SHA256SUMS").read_text("utf-8")
    assert again == (folder / publishing.DATA / "SHA256SUMS").read_text("utf-8")


def looked_at(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("standards => axe.run({runOnly: standards, preload: false})", STANDARDS)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def total(page) -> int:
    return int(page.locator("#aantal").inner_text().split()[0])


def test_it_must_show_5_search_facets_initiative_and_gap_map_work_from_the_folder(browser, folder):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))

    page.goto((folder / "index.html").as_uri())
    page.fill("input[name=q]", "goed beschreven")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/zoeken.html?q=*")
    found = total(page)
    assert 0 < found < ALL
    assert page.locator("#treffers > li").count() == min(found, 20)
    assert "Goed beschreven" in page.locator("#treffers > li").first.inner_text()

    page.fill("input[name=q]", "")
    expect(page.locator("#aantal")).to_have_text(f"{ALL} initiatieven")
    box = page.locator('input[name="niveau"][value="mbo"]')
    promised = int(box.locator("xpath=../small").inner_text())
    box.check()
    assert 0 < total(page) == promised < ALL
    page.locator("#gekozen button").first.click()
    assert total(page) == ALL
    assert looked_at(page) == []

    page.locator("#treffers a").first.click()
    page.wait_for_url("**/initiatieven/*.html")
    assert page.locator("h1").inner_text()
    assert looked_at(page) == []

    page.goto((folder / "wat-werkt.html").as_uri())
    cell = page.locator(".gap-map td > a:not(.cell-measured)").first
    number = int(re.match(r"\d+", cell.inner_text())[0])
    cell.click()
    page.wait_for_url("**/zoeken.html?*")
    expect(page.locator("#gekozen")).to_be_visible()
    assert total(page) == number
    page.go_back()
    page.locator(".gap-map .cell-measured").first.click()
    page.wait_for_url("**/wat-werkt/*/*.html")
    assert looked_at(page) == []
    assert wrong == []
    page.close()


@pytest.mark.parametrize(
    "typed",
    [
        "techniekopleiding",
        "techniekopleidingen",
        "Techniek-opleidingen",
        "techniekopl",
        "opleidingen techniek",
        "gelast in avonden",
        "mensen die in de avonden leren lassen",
    ],
)
def test_a_word_is_found_in_any_of_its_forms(browser, folder, typed):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto((folder / "zoeken.html").as_uri() + f"?q={quote(typed)}")
    assert EVENING in page.locator("#treffers > li").first.inner_text()
    assert total(page) < ALL
    page.close()


def test_what_nobody_wrote_is_not_found(browser, folder):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto((folder / "zoeken.html").as_uri() + "?q=kwantumzeppelin")
    assert total(page) == 0
    assert page.locator("#niets").is_visible()
    page.close()


def test_without_script_everything_is_on_the_page(browser, folder):
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page.goto((folder / "zoeken.html").as_uri())
    assert page.locator("#treffers > li").count() == ALL
    assert page.locator("#filters").is_visible() is False
    assert "Zoeken heeft hier JavaScript nodig." in page.locator("main").inner_text()
    page.close()


def test_a_folder_with_other_files_is_never_thrown_away(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "var"))
    (tmp_path / "werk").mkdir()
    (tmp_path / "werk" / "scriptie.txt").write_text("jaren werk")
    done = CliRunner().invoke(publishing.dump, [str(tmp_path / "werk")])
    assert done.exit_code == 2
    assert (tmp_path / "werk" / "scriptie.txt").read_text() == "jaren werk"


def test_a_dump_takes_the_place_of_the_one_before_and_reads_back(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "var"))
    runtime = Runtime(Settings(data_dir=tmp_path / "var"))
    runtime.prepare()
    load_example(runtime)
    runtime.close()
    for _ in range(2):
        done = CliRunner().invoke(publishing.dump, [str(tmp_path / "dump")])
        assert (done.exit_code, "28 initiatieven geschreven" in done.output) == (0, True)
    assert not list(tmp_path.glob(".dump*"))
    first = (tmp_path / "dump" / "initiatieven.yaml").read_bytes()

    other = Runtime(Settings(data_dir=tmp_path / "ander"))
    other.prepare()
    _load(other, tmp_path / "dump" / "initiatieven.yaml", tmp_path / "dump" / "aanpakken.yaml")
    write_data(other, tmp_path / "dump")
    other.close()
    assert (tmp_path / "dump" / "initiatieven.yaml").read_bytes() == first
