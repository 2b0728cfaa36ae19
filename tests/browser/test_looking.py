"""The looking glass itself sees what it should."""

import pytest

from tests.looking import look

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Pagina</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><main>{main}</main></body></html>"""


@pytest.fixture
def address(tmp_path):
    def write(main: str) -> str:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(main=main), encoding="utf-8")
        return path.as_uri()

    return write


def test_a_good_page_has_nothing_to_complain_of(browser, address):
    looked = look(browser, address("<h1>Kop</h1><p>Tekst</p>"))
    assert (looked.violations, looked.console, looked.sideways) == ((), (), 0)


def test_a_field_without_label_is_a_violation(browser, address):
    looked = look(browser, address('<h1>Kop</h1><input name="q">'), width=390, scheme="dark")
    assert [violation.split(" ")[0] for violation in looked.violations] == ["label"]


def test_a_breach_of_the_policy_stands_in_the_console(browser, address):
    looked = look(browser, address('<h1>Kop</h1><p style="width: 3000px">Breed</p>'))
    assert "Content Security Policy" in looked.console[0]


def test_a_page_that_is_too_wide_is_noticed(browser, address):
    looked = look(browser, address(f"<h1>{'b' * 300}</h1>"), width=390)
    assert looked.sideways > 0
