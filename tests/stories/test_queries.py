"""What readers may see: lists in order, pages with everything, nothing the gate closes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dateline.stories import models, rows
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.queries import reading
from dateline.stories.services import drafting, from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.stories.words import copy_of
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_front_has_pins_first_then_the_newest_and_nothing_twice(daily):
    stories = [a_story(f"S{n}", at=TEN + n * MINUTE) for n in range(6)]
    pin(stories[1], 2)
    pin(stories[3], 1)

    cards = reading.front(site("musashi"), at=TEN + 9 * MINUTE, limit=5)

    assert [c.headline for c in cards] == ["S3", "S1", "S5", "S4", "S2"]
    assert cards[0].pinned_rank == 1


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_pages_of_a_section_hold_every_story_once_in_order(daily, size):
    for n in range(7):
        a_story(f"S{n}", at=TEN + (n // 2) * MINUTE)  # some share their minute
    world = site("musashi").section("world")

    seen, number = [], 1
    while True:
        page = reading.section(
            site("musashi"), [world.id], at=TEN + 9 * MINUTE, page=number, size=size
        )
        seen += [c.headline for c in page.items]
        if not page.has_next:
            break
        number += 1

    assert seen == [f"S{n}" for n in (6, 5, 4, 3, 2, 1, 0)]
    assert reading.section(site("musashi"), [world.id], at=TEN + 9 * MINUTE, page=99).items == []


def test_a_section_shows_only_its_own(daily):
    a_story("World", at=TEN)
    politics = a_story("Politics", section="politics", at=TEN)

    page = reading.section(
        site("musashi"), [site("musashi").section("politics").id], at=TEN + MINUTE
    )

    assert [c.story_id for c in page.items] == [politics.pk]
    feed = reading.feed(site("musashi"), [site("musashi").section("politics").id], at=TEN + MINUTE)
    assert [c.story_id for c in feed] == [politics.pk]


def test_a_licence_for_the_web_alone_keeps_a_story_out_of_feeds(daily):
    story = a_story(at=TEN, licensed_uses=("web",))

    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [story.pk]
    assert reading.feed(site("musashi"), at=TEN) == []


def test_links_to_other_mastheads_go_only_where_the_gate_is_open(daily):
    a_masthead("kinako")
    story = a_story(on=("kinako", "musashi"), at=TEN, licensed_mastheads=("musashi",))

    page = reading.story_page(site("musashi"), story.pk, at=TEN)

    assert page.elsewhere == ()
    assert page.canonical_url.startswith("http://musashi.localhost")


def test_a_story_page_has_people_topics_and_how_it_came(daily):
    drafting.save_person(slug="r-sato", name="R. Sato", role="Reporter")
    drafting.save_topic(slug="volcano", name="Volcano", qcode="medtop:20000163")
    item = a_wire_item(a_provider(), slugline="AMARU-VOLCANO", version=3, version_created_at=TEN)
    story_id = from_wire.make_story(
        item.pk, by="Ana", places=(Place(masthead="musashi", section="world"),)
    )
    draft = models.Story.objects.get(pk=story_id)
    draft.bylines = [models.Byline(person=models.Person.objects.get())]
    draft.topics.set(models.Topic.objects.all())
    draft.save()
    draft.save_revision()
    publishing.publish_story(story_id, by="Ana", at=TEN)

    page = reading.story_page(site("musashi"), story_id, at=TEN)

    assert [(p.name, p.role) for p in page.people] == [("R. Sato", "Reporter")]
    assert [(t.name, t.qcode) for t in page.topics] == [("Volcano", "medtop:20000163")]
    assert page.card.byline == "R. Sato"
    assert (page.sources.agency, page.sources.agency_item, page.sources.agency_version) == (
        "KNA", "AMARU-VOLCANO", 3,
    )  # fmt: skip
    assert page.sources.edited_here is True
    assert page.versions == 1
    assert page.card.title == page.card.headline


def test_a_placement_without_a_slug_still_has_an_address(daily):
    placement = a_draft().placements.get()

    assert reading.path_of(placement) == f"/world/{placement.story_id}"


def test_a_card_says_until_when_it_may_be_shown(daily):
    a_story(at=TEN, rights_until=TEN + 5 * MINUTE, expire_at=TEN + 3 * MINUTE)

    (card,) = reading.front(site("musashi"), at=TEN)

    assert card.until == TEN + 3 * MINUTE


def test_a_front_of_nothing_but_pins_asks_for_no_more(daily, django_assert_num_queries):
    for rank in (1, 2, 3):
        a_story(f"Pinned {rank}", at=TEN).placements.update(pinned_rank=rank)

    title = site("musashi")
    with django_assert_num_queries(2):  # the pins, and who wrote them
        cards = reading.front(title, at=TEN, limit=2)

    assert [card.headline for card in cards] == ["Pinned 1", "Pinned 2"]


def test_a_front_reads_by_its_index_not_by_the_size_of_the_archive(daily):
    listing = rows.Listing.of(site("musashi"), None, reading.Use.WEB)
    plan = rows.not_pinned.build(listing, 60, at=TEN).explain()

    if connection.vendor == "sqlite":
        assert "placement_front" in plan
        outermost = [line.split(" ", 3)[3] for line in plan.splitlines() if line.split()[1] == "0"]
        assert "USE TEMP B-TREE FOR ORDER BY" not in outermost


def test_a_front_costs_the_same_queries_however_many_stories(daily, django_assert_num_queries):
    for n in range(8):
        a_story(f"S{n}", at=TEN)

    with django_assert_num_queries(5):
        reading.front(site("musashi"), at=TEN, limit=60)


def test_short_answers_for_other_rooms(daily):
    one, two = a_story("One", at=TEN), a_draft("Two")
    kills.kill_story(one.pk, reason="x", by="A")

    assert (reading.is_killed(one.pk), reading.is_killed(two.pk)) == (True, False)
    assert reading.killed_pictures(one.pk) == []
    (row,) = reading.addresses(one.pk)
    assert row[0] == daily.pk
    assert reading.slugs_on("musashi") == ["one", ""]
    assert reading.corrections_of([one.pk]) == {}


def test_corrections_of_several_stories_come_in_one_query(daily, django_assert_num_queries):
    one = a_story("One", at=TEN)
    for text in ("First.", "Second."):
        publishing.correct_story(one.pk, kind="correction", text=text, by="A")

    with django_assert_num_queries(1):
        found = reading.corrections_of([one.pk, 0])

    assert [c.text for c in found[one.pk]] == ["First.", "Second."]


def test_the_wire_can_ask_which_stories_were_made_of_it(daily):
    item = a_wire_item(a_provider())
    other = a_wire_item(a_provider("northern", "Northern Wire"), family=item.family)
    story_id = from_wire.make_story(item.pk, by="Ana")
    from_wire.make_story(other.pk, by="Ana")

    assert reading.made_from([("kna", item.family)]) == {
        ("kna", item.family): [(story_id, item.headline)]
    }
    assert reading.wire_links().count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"places": [Place(masthead="nowhere", section="x")]}, "There is no masthead 'nowhere'."),
        ({"places": [Place(masthead="musashi", section="x")]}, "Musashi has no section 'x'."),
        ({"people": ["nobody"]}, "There is no person 'nobody'."),
        ({"topics": ["nothing"]}, "There is no topic 'nothing'."),
    ],
)
def test_a_draft_that_names_what_does_not_exist_is_refused(daily, fields, sentence):
    with pytest.raises(StoryRefused, match=sentence):
        drafting.draft_story(headline="X", **fields)

    assert models.Story.objects.count() == 0


def test_a_draft_keeps_every_kind_of_block_in_its_words(daily):
    drafting.save_person(slug="a", name="A. Mori")
    drafting.save_topic(slug="t", name="T")
    story_id = drafting.draft_story(
        headline="X",
        people=["a"],
        topics=["t"],
        body=[
            ("heading", "Head"),
            ("text", "<p>Text</p>"),
            ("quote", {"text": "Said", "speaker": "Somebody"}),
            (
                "factbox",
                {"title": "Box", "text": drafting.stream_of([("text", "<p>Fact</p>")])[0][1]},
            ),
            ("picture", {"picture": None, "caption": "Caption"}),
            ("wire", "<table><tr><td>1</td></tr></table>"),
        ],
    )

    copy = queries_words(story_id)

    assert copy.body == "Head\n\nText\n\nSaid\nSomebody\n\nBox\nFact\n\nCaption\n\n1"
    assert copy.byline == "A. Mori"


def test_rows_say_what_they_are(daily):
    story = a_story(at=TEN)
    publishing.correct_story(story.pk, kind="correction", text="x", by="A", at=TEN)
    drafting.save_person(slug="a", name="A. Mori")
    drafting.save_topic(slug="t", name="T")
    byline = models.Byline.objects.create(story=story, person=models.Person.objects.get())
    report_id = kills.kill_story(story.pk, reason="Hoax.", by="A", at=TEN)
    kills.list_surfaces(report_id, [("page", "/x")])

    assert [str(row) for row in (
        models.StoryVersion.objects.first(), models.Correction.objects.get(),
        models.KillReport.objects.get(), models.KillSurface.objects.get(),
        models.DeskAlarm.objects.get(), models.Person.objects.get(), models.Topic.objects.get(),
        byline, story.placements.get(),
    )] == [
        f"story {story.pk} v1", f"correction of story {story.pk} at 2026-11-20 10:00",
        f"kill of story {story.pk} at 2026-11-20 10:00:00", "page /x",
        "kill: Killed by A: Hoax.", "A. Mori", "T",
        f"{byline.person_id} over {story.pk}", f"story {story.pk} on {daily.pk}",
    ]  # fmt: skip


def queries_words(story_id):

    return copy_of(models.Story.objects.get(pk=story_id))


def pin(story, rank):
    story.placements.update(pinned_rank=rank)


def test_a_title_promotes_only_what_its_own_licence_covers(daily):
    kinako = a_masthead("kinako")
    here_only = a_story("Here", at=TEN, licensed_mastheads=(daily.slug,))
    no_promotion = a_story("Web", at=TEN, licensed_uses=("web",))
    free = a_story("Free", at=TEN)

    own = reading.front(site(daily.slug), at=TEN)
    promoted = reading.front(site(daily.slug), at=TEN, promoted_on=site(kinako.slug))

    assert {card.story_id for card in own} == {here_only.pk, no_promotion.pk, free.pk}
    assert [card.story_id for card in promoted] == [free.pk]


@pytest.fixture
def daily():
    return a_masthead()
