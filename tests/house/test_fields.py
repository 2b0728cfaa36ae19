"""A field that was forgotten in one room: each has a name for people, and its place on the form."""

from collections import Counter
from dataclasses import fields

import pytest

from kb.domain.content import Content
from kb.language.fields import FIELDS
from kb.schemas.form import SECTIONS

# These come with an import or from the editors.
NOT_ASKED = {"free_words", "parent", "successor", "adopted_from"}


@pytest.mark.parametrize("part", FIELDS, ids=lambda part: part.__name__)
def test_every_field_has_a_name_for_people(part):
    assert set(FIELDS[part]) == {field.name for field in fields(part)}


def test_every_field_of_an_initiative_is_asked_once():
    asked = Counter(name for section in SECTIONS for name in section.fields)
    assert asked == Counter({field.name for field in fields(Content)} - NOT_ASKED)
