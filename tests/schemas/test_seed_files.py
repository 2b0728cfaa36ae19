"""Seed and import files: records in, or every error with its file, record and field."""

import pytest

from kb.domain.content import Approach
from kb.schemas.documents import Unreadable, parse_yaml
from kb.schemas.seed import InvalidSeed, read_approaches, read_seed

GOOD = "- {slug: route, titel: Techniekroute, samenvatting: Een route langs bedrijven.}\n"


def errors_of(place, vocabulary):
    with pytest.raises(InvalidSeed) as caught:
        read_seed(place, vocabulary)
    return [(e.file, e.number, e.record, e.error.field) for e in caught.value.errors]


def test_a_folder_gives_the_records_of_all_its_files_in_order(tmp_path, vocabulary):
    (tmp_path / "b.yaml").write_text(GOOD.replace("route,", "tweede,"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "leesmij.txt").write_text("geen seed", encoding="utf-8")
    records = read_seed(tmp_path, vocabulary)
    assert [(record.slug, record.file, record.number) for record in records] == [
        ("route", "a.yaml", 1),
        ("tweede", "b.yaml", 1),
    ]


def test_the_source_key_is_the_slug_unless_given(tmp_path, vocabulary):
    file = tmp_path / "a.yaml"
    file.write_text(GOOD + GOOD.replace("route,", "tweede, bronsleutel: oud,"), encoding="utf-8")
    assert [record.source_key for record in read_seed(file, vocabulary)] == ["route", "oud"]


def test_all_errors_of_all_files_come_at_once_with_file_record_and_field(tmp_path, vocabulary):
    (tmp_path / "a.yaml").write_text(
        GOOD + "- {slug: Fout Adres, titel: Fout, regios: [AM99]}\n- [geen, record]\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text("een: twee\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("- {open: [\n", encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"- \xff\xfe\n")
    assert errors_of(tmp_path, vocabulary) == [
        ("a.yaml", 2, "Fout Adres", "slug"),
        ("a.yaml", 2, "Fout Adres", "regios.0"),
        ("a.yaml", 2, "Fout Adres", "samenvatting"),
        ("a.yaml", 3, "", ""),
        ("b.yaml", 0, "", ""),
        ("c.yaml", 0, "", ""),
        ("d.yaml", 0, "", ""),
    ]


def test_the_same_slug_twice_is_refused(tmp_path, vocabulary):
    (tmp_path / "a.yaml").write_text(GOOD + GOOD, encoding="utf-8")
    assert errors_of(tmp_path, vocabulary) == [("a.yaml", 2, "route", "slug")]


def test_a_file_that_is_not_there_is_an_error_of_that_file(tmp_path, vocabulary):
    assert errors_of(tmp_path / "weg.yaml", vocabulary) == [("weg.yaml", 0, "", "")]


def test_an_empty_folder_gives_no_records(tmp_path, vocabulary):
    assert read_seed(tmp_path, vocabulary) == []


def test_approaches_are_read_with_their_other_names(tmp_path):
    file = tmp_path / "approaches.yaml"
    file.write_text("- {slug: techlab, naam: Techlab, ookWel: [fablab, makerspace]}\n", encoding="utf-8")
    assert read_approaches(file) == [Approach("techlab", "Techlab", aliases=("fablab", "makerspace"))]


def test_an_approach_with_an_unknown_field_is_refused(tmp_path):
    file = tmp_path / "approaches.yaml"
    file.write_text("- {slug: techlab, naam: Techlab, kleur: rood}\n", encoding="utf-8")
    with pytest.raises(InvalidSeed, match=r"approaches.yaml 1 techlab kleur"):
        read_approaches(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12:30", "12:30"),
        ("2025-01-02", "2025-01-02"),
        ("yes", "yes"),
        ("no", "no"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("true", True),
        ("-12", -12),
        ("2.6", 2.6),
        ("~", None),
    ],
)
def test_words_in_yaml_stay_words(text, value):
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: *a\n",
        "!!python/object/apply:os.system ['true']",
        "a: !!set {b}\n  c",
        "[" * 3000,
        "a: \x00b",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_tricks_in_yaml_are_refused(text):
    with pytest.raises(Unreadable):
        parse_yaml(text)
