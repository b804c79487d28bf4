"""What the fictional agencies write is what our own readers of the formats understand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.demo.domain.copy import SUFFIXES, WRITERS, AgencyCopy
from dateline.wire.domain import formats

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
COPY = AgencyCopy(
    agency="Kaihō News Agency",
    family="urn:newsml:kna.example:1:fog",
    version=7,
    at=AT,
    first_at=AT - timedelta(hours=1),
    headline="Fog & <mist>",
    paragraphs=("One “quoted” & done.", "Two <three>."),
    dateline="Maristova",
    byline="Ana Ito",
    slugline="FOG",
    copyright="© 2026 KNA",
    urgency=2,
    topics=("medtop:17000000",),
)
every_format = pytest.mark.parametrize("name", WRITERS)
GENERATIONS = {"newsml": "2.35", "ninjs1": "1.x", "ninjs2": "2.1", "ninjs3": "3.0"}


def read(copy, name):
    (item,) = formats.read(WRITERS[name](copy), source=f"a.{SUFFIXES[name]}")
    return item


@every_format
def test_everything_comes_through(name):
    item = read(COPY, name)

    assert (item.family, item.version, item.usability) == (COPY.family, 7, "usable")
    assert item.generation == GENERATIONS[name]
    assert (item.headline, item.byline, item.slugline) == ("Fog & <mist>", "Ana Ito", "FOG")
    assert item.body_text == "One “quoted” & done.\n\nTwo <three>."
    assert (item.urgency, item.language, item.copyright) == (2, "en", "© 2026 KNA")
    assert (item.version_created_at, item.created_at) == (AT, AT - timedelta(hours=1))
    assert [topic.qcode for topic in item.media_topics] == ["medtop:17000000"]
    assert (item.dateline or item.located) == "Maristova"
    assert (item.embargo_until, item.relations, item.warnings) == (None, (), ())


@every_format
def test_a_correction_and_an_embargo_are_understood(name):
    item = read(replace(COPY, correction=True, embargo_until=AT + timedelta(minutes=4)), name)

    assert [r.type for r in item.relations] == ["corrects"]
    assert item.embargo_until == AT + timedelta(minutes=4)


@every_format
def test_a_kill_needs_no_words(name):
    killed = replace(COPY, status="canceled", headline="", paragraphs=(), topics=(), note="KILL")

    item = read(killed, name)

    assert (item.usability, item.recalls, item.body_text) == ("killed", True, None)
    assert item.ed_note == "KILL"


@every_format
def test_an_advisory_is_not_for_readers(name):
    assert read(replace(COPY, advisory=True), name).usability == "not_for_readers"


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40
)


@every_format
@given(paragraphs=st.lists(words, min_size=1, max_size=4), headline=words)
def test_no_character_is_lost_on_the_way(name, paragraphs, headline):
    item = read(replace(COPY, paragraphs=tuple(paragraphs), headline=headline), name)

    assert item.body_text.replace(" ", "") == "\n\n".join(paragraphs)
    assert item.headline == headline
