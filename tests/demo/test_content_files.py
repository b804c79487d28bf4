"""The written demo: whole, consistent, long and varied enough, and nobody's real news."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from dateline.demo import adapters
from dateline.demo.services.network import PROVIDERS
from dateline.demo.services.ticking import steps
from dateline.mastheads.domain.look import colour_problem
from dateline.stories.queries.reading import SECTION_PAGE

STORIES = adapters.stories()
MASTHEADS = adapters.table("mastheads")
REAL_AGENCIES = re.compile(r"\b(AFP|Reuters|Kyodo|Jiji|Associated Press|Getty|KCNA|Xinhua|dpa)\b")
every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)


def test_there_are_enough_stories_over_every_masthead():
    placed = Counter(story.places[0][0] for story in STORIES)

    assert len(STORIES) >= 130
    assert set(placed) == set(MASTHEADS)
    assert min(placed.values()) >= 15
    assert placed["musashi-ja"] >= 25


@pytest.mark.parametrize("masthead", ["musashi", "musashi-ja"])
def test_national_news_has_a_second_page_in_each_language(masthead):
    paths = MASTHEADS[masthead]["sections"]
    below = {path.rpartition("/")[2] for path in paths if path.split("/")[0] == "national"}
    shown = [
        story
        for story in STORIES
        if story.state == "public" and dict(story.places).get(masthead) in below
    ]

    assert len(shown) > SECTION_PAGE


def test_many_are_full_articles_and_none_is_too_short_or_too_long():
    lengths = [story.words() for story in STORIES]

    assert sum(150 <= words <= 600 for words in lengths) >= 60
    assert min(lengths) >= 15
    assert max(lengths) <= 600


def test_slugs_and_headlines_are_unique():
    assert len({story.slug for story in STORIES}) == len(STORIES)
    assert len({story.headline for story in STORIES}) == len(STORIES)


def test_no_sentence_is_used_twice():
    sentences = Counter(
        sentence.strip()
        for story in STORIES
        if story.language == "en"
        for paragraph in story.seen(len(story.changes) + 1)
        for sentence in re.split(r"(?<=[.!?])\s", paragraph.text)
        if len(sentence.split()) > 7
    )
    assert [text for text, times in sentences.items() if times > 1] == []


@every_story
def test_a_story_names_only_what_exists(story):
    people, topics = adapters.table("people"), adapters.table("topics")

    assert set(story.people) <= set(people)
    assert set(story.topics) <= set(topics)
    assert set(story.pictures) <= set(adapters.pictures())
    for masthead, section in story.places:
        assert section.rpartition("/")[2] in {
            path.rpartition("/")[2] for path in MASTHEADS[masthead]["sections"]
        }
    assert story.provider in {"", *PROVIDERS}
    assert len(story.slug) <= 90
    assert len(story.headline) <= 120


@every_story
def test_a_story_happens_in_the_past_ten_days_and_in_order(story):
    assert timedelta(minutes=10) <= story.ago < timedelta(days=10)
    moments = [change.after for change in story.changes]
    assert moments == sorted(moments)
    assert all(moment < story.ago for moment in moments)
    if story.state in {"kill", "withdraw"}:
        assert story.state_note
        assert story.state_after < story.ago
    if story.state in {"embargo", "schedule"}:
        assert story.state_after > timedelta()


@every_story
def test_a_correction_says_what_was_wrong(story):
    for number, change in enumerate(story.changes, start=2):
        assert story.seen(number) != story.seen(number - 1) or story.first_headline
        assert (change.kind == "update") != bool(change.note)


def test_the_kinds_and_states_a_newsroom_meets_are_all_there():
    kinds = Counter(story.kind for story in STORIES)
    states = Counter(story.state for story in STORIES)
    changes = Counter(change.kind for story in STORIES for change in story.changes)
    blocks = Counter(p.kind for story in STORIES for p in story.paragraphs)

    assert set(kinds) == {"article", "wire", "opinion", "press_release"}
    assert set(states) == {"public", "draft", "schedule", "embargo", "kill", "withdraw"}
    assert set(changes) == {"update", "correction", "clarification"}
    assert set(blocks) == {"text", "heading", "quote", "picture", "gallery", "factbox"}
    assert any(story.sensitive for story in STORIES)
    assert sum(len(story.places) > 1 for story in STORIES) >= 8


def test_no_real_agency_is_named():
    texts = [adapters.text_of(f"{name}.md") for name in ("musashi-world", "kinako", "wire")]

    assert [REAL_AGENCIES.findall(text) for text in texts] == [[], [], []]
    assert not any(REAL_AGENCIES.search(story.copyright + story.credit) for story in STORIES)


def test_the_twin_has_every_part_of_the_page_it_is_measured_against():
    twin = next(story for story in STORIES if story.slug == "veyra-teyl-real-storm")

    assert len(twin.paragraphs) == 9
    assert all(paragraph.kind == "text" for paragraph in twin.paragraphs)
    assert "'for a real storm'" in twin.headline
    assert (twin.dateline, twin.copyright) == ("Maristova", "© 2026 Northern Wire")
    assert (twin.credit, twin.places[0]) == ("KNA via PPS/Northern Wire", ("musashi", "world"))
    assert twin.caption
    assert twin.pictures


@pytest.mark.parametrize("slug", MASTHEADS)
def test_colours_can_be_read_in_light_and_dark(slug):
    facts = MASTHEADS[slug]

    assert colour_problem("ink", facts["ink"], on=facts["paper"]) is None
    assert colour_problem("accent", facts["accent"], on=facts["paper"]) is None
    assert colour_problem("ink", facts["ink_dark"], on=facts["paper_dark"]) is None
    assert colour_problem("accent", facts["accent_dark"], on=facts["paper_dark"]) is None


def test_the_ticking_wire_shows_everything_an_agency_does():
    script = steps()

    assert len(script) >= 40
    assert {s.format for s in script} == {
        "newsml", "ninjs1", "ninjs2", "ninjs3", "picture", "broken"
    }  # fmt: skip
    assert {s.agency for s in script} == set(PROVIDERS)
    assert sum(s.correction for s in script) == 1
    assert sum(s.status == "canceled" for s in script) == 1
    assert any(s.advisory for s in script)
    assert any(s.embargo for s in script)
    assert {s.picture for s in script if s.picture} <= set(adapters.pictures())
    assert len({s.name for s in script}) == len(script)
    assert script[0].after <= timedelta(seconds=5)
    assert all(s.after <= timedelta(seconds=75) for s in script)


def test_later_versions_come_after_the_first_and_skip_numbers():
    seen: dict[str, int] = {}
    for step in steps():
        if step.version > 1:
            assert seen[step.family] < step.version - 1
        seen[step.family] = step.version
