"""Addresses made of words."""

import pytest

from kb.domain.slugs import MAX_SLUG, free_slug, slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Techniekroute Twente", "techniekroute-twente"),
        ("Coöperatie 'Één & Ander'", "cooperatie-een-ander"),
        ("Ørsted & Łódź – œuvre", "orsted-lodz-oeuvre"),
        ("4N\u0126SI-\U00030054", "4nhsi"),
        ("a_b__c", "a-b-c"),
        ("テクノ", "zonder-naam"),
        ("", "zonder-naam"),
    ],
)
def test_an_address_has_small_latin_letters_digits_and_hyphens(words, slug):
    assert slug_of(words) == slug


def test_a_long_address_is_cut_between_words():
    slug = slug_of("techniek " * 30)
    assert len(slug) <= MAX_SLUG
    assert set(slug.split("-")) == {"techniek"}


def test_an_address_that_is_taken_gets_a_number():
    assert free_slug("lab", {"lab", "lab-2"}) == "lab-3"
