"""Reading the demo's stories as they are typed."""

from datetime import timedelta

import pytest

from dateline.demo.domain.content import (
    Change,
    ContentError,
    DemoStory,
    Paragraph,
    duration,
    read_stories,
)

TYPED = """Words before the first story are notes.

# the-fog
headline: Fog lifts
headline.1: Fog stays
short: Fog
standfirst: It came on little feet.
in: musashi/sports/sumo, kinako/food
ago: 2d3h
then: 1h update
then: 2h correction | It was mist.
by: ana, ben
dateline: Asanagi
urgency: 3
pin: 2
topics: weather
picture: lighthouse, sea
caption: The cape
credit: KNA
sensitive: yes
copyright: © KNA
state: kill 3h | It was neither.
{-1} First words.
second line.

{2+} Later words: with a colon.

## A heading

> Quoted — Somebody

!lighthouse The lamp

!! The cape
lighthouse By day.
sea By night.

::: In figures
- **41** days
:::

# brief
headline: Brief
in: musashi-ja/national
ago: 5m
from: kna
format: ninjs1
短い記事です。
"""


def test_a_story_is_what_its_lines_say():
    story, _ = read_stories(TYPED, source="a.md")

    assert story == DemoStory(
        slug="the-fog",
        headline="Fog lifts",
        first_headline="Fog stays",
        short="Fog",
        standfirst="It came on little feet.",
        places=(("musashi", "sports/sumo"), ("kinako", "food")),
        ago=timedelta(days=2, hours=3),
        changes=(
            Change(timedelta(hours=1), "update", ""),
            Change(timedelta(hours=2), "correction", "It was mist."),
        ),
        people=("ana", "ben"),
        dateline="Asanagi",
        urgency=3,
        pin=2,
        topics=("weather",),
        pictures=("lighthouse", "sea"),
        caption="The cape",
        credit="KNA",
        sensitive=True,
        copyright="© KNA",
        state="kill",
        state_after=timedelta(hours=3),
        state_note="It was neither.",
        paragraphs=(
            Paragraph("text", "First words.\nsecond line.", 1, 1),
            Paragraph("text", "Later words: with a colon.", 2, 0),
            Paragraph("heading", "A heading"),
            Paragraph("quote", "Quoted — Somebody"),
            Paragraph("picture", "lighthouse The lamp"),
            Paragraph("gallery", "The cape\nlighthouse By day.\nsea By night."),
            Paragraph("factbox", "In figures\n- **41** days"),
        ),
    )


def test_each_version_has_its_own_paragraphs():
    story, _ = read_stories(TYPED, source="a.md")

    assert [p.text for p in story.seen(1)][:2] == ["First words.\nsecond line.", "A heading"]
    assert [p.text for p in story.seen(3)][:2] == ["Later words: with a colon.", "A heading"]
    assert story.words() == 26


def test_an_agency_story_is_a_wire_story_and_japanese_counts_characters():
    fog, brief = read_stories(TYPED, source="a.md")

    assert (brief.kind, brief.provider, brief.language, brief.words()) == ("wire", "kna", "ja", 2)
    assert (fog.kind, fog.provider, fog.language) == ("article", "", "en")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("short:", "shout:"), "the-fog: there is no header shout."),
        (("ago: 2d3h\n", ""), "the-fog: it has no ago."),
        (("2d3h", "yesterday"), "'yesterday' is no span of time. Write it as 2d4h, 45m or 20s."),
        (("1h update", "1h rewrite"), "'rewrite' is no change: update, correction"),
        (("state: kill", "state: buried"), "'buried' is no state of a story."),
        (("kinako/food", "kinako"), "'kinako' is no place. Write masthead/section."),
        (("kinako/food", "musashi/food"), "it is placed on musashi twice."),
    ],
    ids=["header", "missing", "span", "change", "state", "place", "twice"],
)
def test_what_means_nothing_is_refused_by_name(change, problem):
    with pytest.raises(ContentError) as refused:
        read_stories(TYPED.replace(*change, 1), source="a.md")

    assert str(refused.value).startswith("a.md: the-fog: ")
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1d2h3m4s", 93784), ("20s", 20), ("45m", 2700), ("0m", 0)],
)
def test_spans_of_time_are_added_up(text, seconds):
    assert duration(text).total_seconds() == seconds


def test_nothing_is_no_span_of_time():
    with pytest.raises(ValueError, match="'' is no span of time"):
        duration("")
