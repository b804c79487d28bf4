"""Addresses: readable, stable, decided by the id alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ids import SLUG_LIMIT, slug_of, story_path_id


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        (
            "North's Kim urges troops to prepare 'for real war'",
            "norths-kim-urges-troops-to-prepare-for-real-war",
        ),
        ("Café crème — 3,000 litres", "cafe-creme-3-000-litres"),
        ("武蔵の朝", "2026-11-23"),
        ("", "2026-11-23"),
        ("A" * 200, "a" * SLUG_LIMIT),
    ],
)
def test_a_headline_becomes_a_slug(headline, slug):
    assert slug_of(headline, fallback="2026-11-23") == slug


def test_a_long_headline_ends_at_a_whole_word():
    slug = slug_of("word " * 40, fallback="x")

    assert len(slug) <= SLUG_LIMIT
    assert set(slug.split("-")) == {"word"}


@given(st.text(), st.integers(1, 10**15))
def test_any_headline_and_id_come_back_from_the_address(headline, number):
    slug = slug_of(headline, fallback="x")

    assert story_path_id(f"{slug}-{number}") == (slug, number)


@pytest.mark.parametrize(
    "part", ["", "no-number", "ends-0", "ends-012", "a/b-1", "-", "1234567890123456789"]
)
def test_an_address_without_an_id_is_no_story(part):
    assert story_path_id(part) is None


def test_an_id_alone_is_enough():
    assert story_path_id("77") == ("", 77)
