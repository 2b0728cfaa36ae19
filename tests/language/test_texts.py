"""Texts in the reader's language."""

import pytest

from kb.language import texts
from kb.language.texts import gettext, language, ngettext, speaking


def test_dutch_is_what_people_see_unless_they_ask_for_english():
    assert language() == "nl"
    assert gettext("since %(start)s", start=2019) == "sinds 2019"
    with speaking("en"):
        assert gettext("since %(start)s", start=2019) == "since 2019"
    assert language() == "nl"


def test_the_language_comes_back_when_the_work_fails():
    with pytest.raises(RuntimeError), speaking("en"):
        raise RuntimeError
    assert language() == "nl"


def test_a_language_without_texts_is_refused():
    with pytest.raises(ValueError, match="fy"), speaking("fy"):
        pass


def test_a_text_without_translation_shows_in_english():
    assert gettext("No such text") == "No such text"


def test_a_text_without_names_keeps_its_percent_sign():
    assert gettext("100% sure") == "100% sure"


@pytest.mark.parametrize(("n", "text"), [(0, "0 nuts"), (1, "1 nut"), (2, "2 nuts"), (1234, "1,234 nuts")])
def test_a_number_chooses_its_form_and_is_written_out(n, text):
    with speaking("en"):
        assert ngettext("%(n)s nut", "%(n)s nuts", n) == text


def test_a_dutch_plural_comes_from_the_catalogue(monkeypatch, tmp_path):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    folder.joinpath("messages.po").write_text(
        'msgid "%(n)s nut"\nmsgid_plural "%(n)s nuts"\nmsgstr[0] "%(n)s moer"\nmsgstr[1] "%(n)s moeren"\n'
        '\n#, fuzzy\nmsgid "Nut"\nmsgstr "Noot"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    texts.catalogue.cache_clear()
    try:
        assert ngettext("%(n)s nut", "%(n)s nuts", 1) == "1 moer"
        assert ngettext("%(n)s nut", "%(n)s nuts", 1234) == "1.234 moeren"
        assert gettext("Nut") == "Nut", "a fuzzy text is a guess and must not show"
    finally:
        texts.catalogue.cache_clear()
