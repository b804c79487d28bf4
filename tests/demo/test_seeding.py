"""Seeding: the whole network through the real services, once, with everything where it belongs."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import jobs, kinds, lists, network, newsroom, offers, seeding
from dateline.discussion.queries.people import moderates
from dateline.discussion.queries.threads import thread_page
from dateline.jobs.models import Issue
from dateline.jobs.queries.board import board
from dateline.mastheads import queries as mastheads
from dateline.newsletters.queries import lists as newsletters
from dateline.outbox.models import FactRecord
from dateline.places.queries import places as places_of
from dateline.places.queries import stories_from
from dateline.promos.queries.manifest import manifest
from dateline.stories import models
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading
from dateline.wire.models import Provider, RawDelivery, WireItem

# Seeding takes a while: it is done once, for every test below.
pytestmark = pytest.mark.django_db
WRITTEN = {story.slug: story for story in adapters.stories()}


def story(slug):
    return models.Story.objects.filter(placements__slug=slug).distinct().get()


def page(slug, at, masthead="musashi"):
    return reading.story_page(mastheads.by_slug(masthead), story(slug).pk, at=at)


def test_everything_written_is_there_once(seeded):
    of_a_kind = len(kinds.written())
    # The week of jobs writes itself.
    assert models.Story.objects.count() == len(WRITTEN) + of_a_kind + 1
    assert len(WRITTEN) == seeded.made.stories
    assert seeded.made.pictures == len(adapters.pictures())
    assert [site.slug for site in mastheads.all_mastheads()] == list(adapters.table("mastheads"))


def test_a_hundred_and_twenty_stories_are_public_over_five_mastheads(seeded):
    shown = Counter()
    for site in mastheads.all_mastheads():
        shown[site.slug] = len(reading.feed(site, None, at=seeded.at, limit=500))

    assert sum(shown.values()) >= 120
    assert min(shown.values()) >= 15
    assert len(shown) == 5


def test_the_readers_have_begun_to_talk(seeded):
    written = adapters.table("threads")["thread"]

    for thread in written:
        site, pk = mastheads.by_slug(thread["masthead"]), story(thread["story"]).pk
        gone = [one for one in thread["comment"] if "rule" in one or "deleted" in one]
        page = thread_page(site, pk, at=seeded.at)
        assert page.count == len(thread["comment"]) - len(gone)
        assert len([row for row in page.rows if row.tombstone]) == len(gone)
        assert sum(row.featured for row in page.rows) == sum(
            "featured" in one for one in thread["comment"]
        )
    twin = story("veyra-teyl-real-storm").pk  # of a page that says "No Comment"
    assert thread_page(mastheads.by_slug("musashi"), twin, at=seeded.at).count == 0


def test_every_title_shows_a_labelled_offer_to_its_readers(seeded):
    labels = {"sponsored": {"Sponsored", "広告"}, "sister": {"From our sister site"}}
    for site in mastheads.all_mastheads():
        shown = manifest(site, at=seeded.at)
        written = [o for o in adapters.table("offers")["offer"] if site.slug in o["mastheads"]]

        assert [one["ads"][0]["headline"] for one in shown] == [o["headline"] for o in written]
        for one, offer in zip(shown, written, strict=True):
            named = {f"Promoted by {offer['advertiser']}"}
            assert one["label"] in labels.get(offer["label"], named)
            assert set(one["ads"][0]["names"]) == set(offer["slots"])
    assert offers.book(at=seeded.at) == 0


def test_every_title_has_a_newsletter_with_readers_and_alerts(seeded):
    written = adapters.table("lists")["list"]
    assert len(written) >= 10
    for site in mastheads.all_mastheads():
        kinds = {card.kind for card in newsletters.for_site(site)}
        assert kinds == {"editions", "alerts"}, site.slug
        box = newsletters.box(site)
        assert box
        assert box.masthead_id == site.id
        assert len(list(newsletters.audience(box.id))) > 30

    assert lists.make(at=seeded.at) == 0


def test_boards_list_jobs_and_their_week_is_published(seeded):
    written = adapters.table("jobs")["job"]
    for slug in ("desk-tatami", "musashi-ja"):
        shown = board(mastheads.by_slug(slug), at=seeded.at).jobs
        named = {one["title"] for one in written if one["masthead"] == slug}
        assert {job.terms.title for job in shown} == named
    (issue,) = Issue.objects.select_related("story")
    assert issue.story.live
    assert issue.story.headline == f"{issue.year} Top Jobs in Japan Week {issue.week}"
    assert len(issue.listings) == 6
    assert jobs.fill(at=seeded.at) == 0


def test_places_are_described_with_the_stories_from_there(seeded):
    site = mastheads.by_slug("slow-rails")
    found = {one.name: one for one in places_of(site)}

    assert set(found) == {one["name"] for one in adapters.table("places")["place"]}
    for one in found.values():
        assert one.picture
        assert stories_from(site, one, at=seeded.at)


def test_seeding_again_changes_nothing(seeded):
    before = [Counter(), FactRecord.objects.count(), WireItem.objects.count()]
    marker = adapters.read_marker()

    again = seeding.seed(at=seeded.at + timedelta(hours=5))

    assert (again.stories, again.mastheads) == (0, 5)
    assert [Counter(), FactRecord.objects.count(), WireItem.objects.count()] == before
    assert adapters.read_marker() == marker


@pytest.mark.parametrize(
    ("slug", "closed"),
    [
        ("mayor-expenses-killed", "killed"),
        ("hospital-queue-withdrawn", "not_published"),
        ("budget-leak-embargo", "embargoed"),
        ("comet-guide-scheduled", "not_published"),
        ("harbour-master-draft", "not_published"),
    ],
)
def test_what_is_not_public_is_shown_nowhere(seeded, slug, closed):
    found = story(slug)
    for placement in found.placements.select_related("masthead"):
        masthead = placement.masthead.slug
        verdict = reading.gate(placement, masthead=masthead, use=Use.WEB, at=seeded.at)
        site = mastheads.by_slug(masthead)

        assert verdict.closed == closed
        assert not isinstance(reading.story_page(site, found.pk, at=seeded.at), StoryPage)
        cards = reading.feed(site, None, at=seeded.at, limit=500)
        assert found.pk not in {card.story_id for card in cards}


def test_every_other_story_passes_the_gate_wherever_it_is_placed(seeded):
    closed = []
    for placement in models.Placement.objects.select_related("story", "masthead"):
        written = WRITTEN.get(placement.slug)
        state = written.state if written else "public"  # the week of jobs writes itself
        verdict = reading.gate(
            placement, masthead=placement.masthead.slug, use=Use.WEB, at=seeded.at
        )
        if verdict.open != (state == "public"):
            closed.append((placement.slug, verdict))
    assert closed == []


def test_the_killed_one_is_gone_with_a_report_and_an_alarm(seeded):
    killed = story("mayor-expenses-killed")
    gone = page("mayor-expenses-killed", seeded.at)

    assert isinstance(gone, Gone)
    assert killed.kill_reports.get().reason == WRITTEN["mayor-expenses-killed"].state_note
    assert killed.alarms.filter(acknowledged_at=None).exists()


def test_the_embargo_lifts_and_the_scheduled_one_is_set(seeded):
    later = seeded.at + timedelta(hours=21)

    assert isinstance(page("budget-leak-embargo", later), StoryPage)
    scheduled = story("comet-guide-scheduled")
    assert scheduled.go_live_at == seeded.at + timedelta(hours=14)


def test_stories_stand_at_their_own_moments(seeded):
    for slug, written in WRITTEN.items():
        found = story(slug)
        if written.state == "public":
            assert found.first_published_at == seeded.at - written.ago
            assert found.updated_at <= seeded.at


def test_changes_are_versions_that_readers_can_see(seeded):
    versions = reading.versions(story("typhoon-19-coast-road").pk)

    assert [v.change for v in versions] == ["correction", "update", "published"]
    assert "6.1 metres above the road" in versions[0].body
    assert "6.1 metres" not in versions[1].body
    assert "four broken windows" not in versions[2].body
    (note,) = page("typhoon-19-coast-road", seeded.at).corrections
    assert note.text.startswith("An earlier version of this story gave the height")
    first = reading.versions(story("minasato-tunnel-first-train").pk)[-1]
    assert first.headline.startswith("Trains to run again through Minasato tunnel on ")


def test_agency_stories_are_born_on_the_wire_with_their_versions(seeded):
    ferry = story("cassen-ferry-talks")

    assert (ferry.kind, ferry.provider.slug) == ("wire", "northern")
    versions = WireItem.objects.filter(provider=ferry.provider, family=ferry.wire_family)
    assert list(versions.order_by("pk").values_list("version", flat=True)) == [1, 4]
    assert ferry.wire_item.version == 4
    assert [v.source for v in reading.versions(ferry.pk)] == ["agency", "agency"]
    assert not RawDelivery.objects.exclude(state="read").exists()
    born = {slug for slug, written in WRITTEN.items() if written.provider}
    assert models.Story.objects.filter(kind="wire").count() == len(born) >= 12


def test_the_twin_has_every_element(seeded):
    twin = page("veyra-teyl-real-storm", seeded.at)

    assert twin.card.kicker == "World"
    assert twin.card.headline == "Veyra’s Teyl urges gunners to train ‘for a real storm’"
    assert twin.card.dateline == "Maristova"
    assert twin.card.lead_caption.endswith("to be ready for a storm “at any hour”")
    assert twin.card.picture.credit == "KNA via PPS/Northern Wire"
    assert twin.copyright_line == "© 2026 Northern Wire"
    assert twin.versions == 1
    (block,) = twin.body
    assert str(block.value).count("<p") == 9


def test_rich_bodies_have_every_kind_of_block(seeded):
    kinds = Counter(block.block_type for s in models.Story.objects.all() for block in s.body)

    assert set(kinds) >= {"text", "heading", "quote", "factbox", "picture", "gallery"}
    fox = story("hazeno-yukimori-fox").body
    assert [b.block_type for b in fox] == [
        "text", "picture", "text", "gallery", "text", "factbox",
    ]  # fmt: skip
    assert len(fox[3].value["pictures"]) == 5
    assert fox[5].value["title"] == "Take this train"
    assert "<li><b>Hazeno 7:12 → Yukimori 9:02</b>" in str(fox[5].value["text"])
    quote = next(b for b in story("kettle-nine-minutes").body if b.block_type == "quote")
    assert quote.value["speaker"] == "Tamao, at the foundry"


def test_pictures_know_what_matters_in_them(seeded):
    lead = story("typhoon-19-coast-road").lead_picture

    assert lead.description.startswith("A")
    assert lead.focal_point_x == pytest.approx(0.42 * lead.width, abs=0.2 * lead.width)
    assert lead.has_focal_point()
    assert models.Person.objects.get(slug="leopold-anzai").portrait is not None


def test_one_agency_publishes_by_itself_from_now_on(seeded):
    rules = {p.slug: p.auto_section and p.auto_section.slug for p in Provider.objects.all()}

    assert rules == {"kna": "world", "northern": None, "pps": None}


def test_every_log_in_works_and_can_do_its_work(seeded):
    people = {
        name: authenticate(username=facts["email"], password=network.PASSWORD)
        for name, facts in adapters.table("logins").items()
    }

    assert all(people.values())
    assert people["admin"].is_superuser
    editor, photo, reader = people["editor"], people["photo"], people["reader"]
    assert editor.has_perms(["stories.publish_story", "stories.kill_story", "wire.view_wireitem"])
    assert photo.has_perm("wagtailadmin.access_admin")
    assert not photo.has_perm("stories.publish_story")
    assert not reader.is_staff
    assert not reader.has_perm("wagtailadmin.access_admin")
    assert moderates(people["moderator"].pk, None)


def test_it_queues_no_index_work(seeded):
    assert seeded.tasks == 0


def test_it_says_what_it_does(seeded):
    assert seeded.said[0] == "5 mastheads with their sections, people and providers"
    *_, stories, made, comments, offers, jobs, places, standing, lists, letters, reads = seeded.said
    assert made == f"{len(kinds.written())} stories of a kind"
    assert stories == f"150 of {len(WRITTEN)} stories"
    assert re.fullmatch(r"\d\d comments", comments)
    assert re.fullmatch(r"\d offers", offers)
    assert jobs == f"{len(adapters.table('jobs')['job'])} jobs"
    assert places == f"{len(adapters.table('places')['place'])} places"
    assert re.fullmatch(r"\d\d standing pages", standing)
    assert lists == f"{len(adapters.table('lists')['list'])} newsletters"
    assert re.fullmatch(r"\d\d letters", letters)
    assert re.fullmatch(r"\d+ times read", reads)


def test_a_story_that_nobody_signed_is_the_night_desks():
    unsigned = next(s for s in WRITTEN.values() if not s.people and not s.byline)

    assert newsroom.author_of(unsigned) == newsroom.NOBODY


def test_a_picture_that_is_not_drawn_is_left_out():
    paragraphs = WRITTEN["hazeno-yukimori-fox"].seen(1)

    kinds = [name for name, _ in newsroom.blocks(paragraphs, str, {})]

    assert kinds == ["text", "factbox"]


class Seeding:
    """What the seeding made, when, and what it said."""


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demo, seeded once for this module and rolled back after it."""
    data = tmp_path_factory.mktemp("demo")
    places = override_settings(
        DATELINE_DATA_DIR=data,
        DATELINE_INTAKE_DIR=data / "intake",
        MEDIA_ROOT=str(data / "media"),
    )
    found = Seeding()
    found.said, found.at = [], clock.now()
    with places, django_db_blocker.unblock(), transaction.atomic():
        found.made = seeding.seed(at=found.at, say=found.said.append)
        found.tasks = DBTaskResult.objects.count()
        yield found
        transaction.set_rollback(True)
