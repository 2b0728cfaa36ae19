"""The document that describes the format has an example that is complete and true."""

import re
from collections.abc import Iterator

import marshmallow

from kb.domain.content import Method
from kb.domain.evidence import Design
from kb.paths import PACKAGE
from kb.schemas.content import RECORD_KEYS, ContentSchema, read_content, write_content
from kb.schemas.documents import parse_yaml
from kb.schemas.seed import read_seed

TEXT = (PACKAGE.parent / "docs" / "import-format.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[1]


def test_the_example_loads_as_a_file(tmp_path, vocabulary):
    file = tmp_path / "voorbeeld.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    [record] = read_seed(file, vocabulary)
    assert (record.slug, record.source_key) == ("techlab-voorbeeldstad", "mijn-bestand:17")


def test_the_example_names_every_key_of_the_format():
    [document] = parse_yaml(EXAMPLE)
    assert set(_keys(ContentSchema())) | set(RECORD_KEYS) == set(_keys_in(document))


def test_the_example_is_written_back_in_the_same_order(vocabulary):
    [document] = parse_yaml(EXAMPLE)
    written = write_content(read_content(document, vocabulary))
    assert list(written) == [key for key in document if key not in RECORD_KEYS]


def test_the_fixed_choices_are_all_named():
    for word in (*Design, *Method):
        assert f"`{word}`" in TEXT


def _keys(schema: marshmallow.Schema, path: str = "") -> Iterator[str]:
    for field in schema.fields.values():
        yield f"{path}{field.data_key}"
        inner = getattr(field, "inner", field)
        if isinstance(inner, marshmallow.fields.Nested):
            yield from _keys(inner.schema, f"{path}{field.data_key}.")


def _keys_in(document: object, path: str = "") -> Iterator[str]:
    if isinstance(document, list):
        for item in document:
            yield from _keys_in(item, path)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield f"{path}{key}"
            yield from _keys_in(value, f"{path}{key}.")
