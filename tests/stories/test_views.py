"""The desk's own story screens: what they do, who may, and what they say."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from dateline.stories import models
from dateline.stories.services import alarms, from_wire, kills, publishing
from dateline.stories.services.kills import Seen
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import facts
from tests.stories.test_wagtail_paths import form

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_the_kill_page_says_where_readers_find_the_story_and_asks_why(desk, story):
    page = desk.get(reverse("stories_desk:kill", args=[story.pk])).content.decode()

    assert "Musashi, World · public since 20 November, 10:00 UTC" in page
    assert "Why? The record keeps it" in page


def test_a_draft_without_a_place_can_be_asked_about_too(desk, story):
    draft = a_draft(on=())

    page = desk.get(reverse("stories_desk:kill", args=[draft.pk])).content.decode()

    assert "It is placed on no masthead yet." in page


def test_a_kill_without_a_reason_is_asked_again_and_kills_nothing(desk, story):
    answer = desk.post(reverse("stories_desk:kill", args=[story.pk]), {"reason": "  "})

    assert answer.status_code == 422
    assert "Write why. The record keeps it." in answer.content.decode()
    story.refresh_from_db()
    assert story.live is True


def test_a_kill_goes_to_its_report_which_shows_seconds_for_each_surface(desk, story):
    answer = desk.post(
        reverse("stories_desk:kill", args=[story.pk]), {"reason": "Names a minor."}, follow=True
    )
    report = models.KillReport.objects.get()
    assert (report.by, report.source) == ("Ana Mori", "desk")
    assert "No surface has been looked at yet." in answer.content.decode()
    kills.list_surfaces(report.pk, [("page", "http://a/1"), ("front", "http://a/")])
    clear_at = report.killed_at + timedelta(seconds=0.25)
    kills.note_surfaces(report.pk, [Seen("http://a/1", "410", clear_at)])

    page = desk.get(reverse("stories_desk:kill_report", args=[report.pk])).content.decode()

    assert "0.25 s" in page
    assert "still waiting" in page
    assert "Acknowledge the kill" in page


def test_a_kill_that_took_hours_says_so_in_hours(desk, story):
    report_id = kills.kill_story(story.pk, reason="Hoax.", by="KNA", at=TEN)
    kills.list_surfaces(report_id, [("page", "http://a/1")])
    late = TEN + timedelta(hours=26, minutes=24, seconds=50)
    kills.note_surfaces(report_id, [Seen("http://a/1", "410", late)])

    page = desk.get(reverse("stories_desk:kill_report", args=[report_id])).content.decode()

    assert page.count("26 h 25 min") == 2


def test_an_alarm_is_acknowledged_from_where_it_was_seen(desk, story):
    report_id = kills.kill_story(story.pk, reason="Hoax.", by="KNA")
    alarm = models.DeskAlarm.objects.get()
    back = reverse("stories_desk:kill_report", args=[report_id])

    answer = desk.post(reverse("stories_desk:acknowledge", args=[alarm.pk]), {"next": back})
    again = desk.post(
        reverse("stories_desk:acknowledge", args=[alarm.pk]), {"next": "//evil.example/"}
    )

    assert (answer.status_code, answer["Location"]) == (302, back)
    assert again["Location"] == reverse("wagtailadmin_home")
    assert "Acknowledged by Ana Mori" in desk.get(back).content.decode()


def test_alarms_stand_first_on_the_desk(desk, story):
    home = reverse("wagtailadmin_home")
    assert "Nothing waits for a person" in desk.get(home).content.decode()
    alarms.raise_alarm(key="x", kind="wire_held", text="KNA: Unclear embargo.", story_id=story.pk)

    page = desk.get(home).content.decode()

    assert "Needs a person" in page
    assert "KNA: Unclear embargo." in page


def test_killing_twice_and_reinstating_twice_are_sentences(desk, story):
    kill, reinstate = (
        reverse(f"stories_desk:{name}", args=[story.pk]) for name in ("kill", "reinstate")
    )
    desk.post(kill, {"reason": "Hoax."})
    assert "was killed at" in said(desk.post(kill, {"reason": "Hoax."}, follow=True))

    assert "The kill is lifted." in said(desk.post(reinstate, follow=True))
    assert "is not killed" in said(desk.post(reinstate, follow=True))
    story.refresh_from_db()
    assert (story.killed_at, story.live) == (None, False)


def test_a_hold_is_lifted_on_the_desk(desk, story):
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA")
    edit = reverse("wagtailsnippets_stories_story:edit", args=[story.pk])
    assert "Being checked." in desk.get(edit).content.decode()

    desk.post(reverse("stories_desk:lift_hold", args=[story.pk]))

    story.refresh_from_db()
    assert story.withheld_at is None


def test_the_edit_page_shows_what_the_agency_allows_and_that_it_is_for_editors(desk, story):
    item = a_wire_item(a_provider(), usage_terms="No sales.", expires_at=TEN)
    mine = from_wire.make_story(item.pk, by="Ana")
    edit = reverse("wagtailsnippets_stories_story:edit", args=[mine])
    assert "For editors only" not in desk.get(edit).content.decode()
    models.Story.objects.filter(pk=mine).update(agency_advisory_at=TEN)

    page = desk.get(edit).content.decode()

    assert "No sales." in page
    assert "says KNA since 10:00 UTC, 20 November 2026" in page
    desk.post(reverse("stories_desk:lift_hold", args=[mine]))
    assert models.Story.objects.get(pk=mine).agency_advisory_at is None


def test_the_edit_page_offers_the_agencys_version_and_takes_it(desk, story):
    first = a_wire_item(a_provider(), headline="Quake")
    mine = models.Story.objects.get(pk=from_wire.make_story(first.pk, by="Ana"))
    mine.headline = "Our words"
    mine.save_revision()
    second = a_wire_item(first.provider, family=first.family, version=2, headline="Agency words")
    from_wire.take_version(mine.pk, second.pk)
    edit = reverse("wagtailsnippets_stories_story:edit", args=[mine.pk])
    assert "Use the agency’s version" in desk.get(edit).content.decode()

    answer = desk.post(reverse("stories_desk:use_version", args=[mine.pk, second.pk]), follow=True)

    assert "The agency" in said(answer)
    mine.refresh_from_db()
    assert mine.headline == "Agency words"


def test_a_version_that_is_not_usable_or_of_another_story_is_a_sentence(desk, story):
    first = a_wire_item(a_provider())
    mine = from_wire.make_story(first.pk, by="Ana")
    held = a_wire_item(
        first.provider, family=first.family, version=2, usability="held", reason="Unclear."
    )

    own = desk.post(reverse("stories_desk:use_version", args=[mine, held.pk]), follow=True)
    foreign = desk.post(reverse("stories_desk:use_version", args=[story.pk, first.pk]), follow=True)

    assert "This version cannot be used: Unclear." in said(own)
    assert "This version belongs to another story." in said(foreign)


def test_the_edit_page_shows_a_kill_and_links_its_report(desk, story):
    report_id = kills.kill_story(story.pk, reason="Names a minor.", by="KNA")

    page = desk.get(reverse("wagtailsnippets_stories_story:edit", args=[story.pk])).content.decode()

    assert "Names a minor." in page
    assert "Reinstate as a draft" in page
    assert reverse("stories_desk:kill_report", args=[report_id]) in page


def test_the_list_shows_each_story_with_its_standing_in_constant_queries(
    desk, story, django_assert_max_num_queries
):
    killed, withheld, withdrawn, expired = (a_story(h) for h in ("Kd", "Wh", "Wd", "Ex"))
    kills.kill_story(killed.pk, reason="x", by="A")
    kills.withhold_story(withheld.pk, reason="x", by="A")
    publishing.withdraw_story(withdrawn.pk, reason="x", by="A")
    expired.unpublish(set_expired=True)
    waiting = a_story("Waiting")
    waiting.save_revision()
    models.Story.objects.filter(pk=waiting.pk).update(has_unpublished_changes=True)
    a_draft("Dr")
    scheduled = a_draft("Sc")
    publishing.schedule_story(
        scheduled.pk, go_live_at=datetime.now(UTC) + timedelta(hours=1), by="A"
    )

    with django_assert_max_num_queries(25):
        page = desk.get(reverse("wagtailsnippets_stories_story:list")).content.decode()

    for word in (
        "killed",
        "withheld",
        "withdrawn",
        "expired",
        "public, draft waiting",
        "scheduled",
        "draft",
    ):
        assert f">{word}<" in "".join(page.split("\n")).replace("  ", ""), word


@pytest.mark.parametrize("name", ["kill", "reinstate", "lift_hold"])
def test_an_editor_without_the_permission_kills_nothing(client, story, name):
    reporter = a_reporter(client, "change_story")

    answer = reporter.post(reverse(f"stories_desk:{name}", args=[story.pk]), {"reason": "x"})

    assert answer.status_code == 302
    story.refresh_from_db()
    assert story.killed_at is None
    edit = reporter.get(reverse("wagtailsnippets_stories_story:edit", args=[story.pk]))
    assert reverse("stories_desk:kill", args=[story.pk]) not in edit.content.decode()


def test_without_the_right_to_change_stories_alarms_and_versions_stay(client, story):
    alarm = alarms.raise_alarm(key="x", kind="wire_held", text="t")
    item = a_wire_item(a_provider())
    visitor = a_reporter(client)

    for url in (
        reverse("stories_desk:acknowledge", args=[alarm]),
        reverse("stories_desk:use_version", args=[story.pk, item.pk]),
    ):
        assert visitor.post(url).status_code == 302
    assert models.DeskAlarm.objects.get().acknowledged_at is None
    assert "Nothing waits" not in visitor.get(reverse("wagtailadmin_home")).content.decode()
    assert facts("story.updated") == []


def test_nobody_deletes_what_readers_saw(desk, story):
    delete = reverse("wagtailsnippets_stories_story:delete", args=[story.pk])

    answer = desk.post(delete, follow=True)

    assert "it stays on the record. Withdraw or kill it." in said(answer)
    assert models.Story.objects.filter(pk=story.pk).exists()
    draft = a_draft("Never shown")
    desk.post(reverse("wagtailsnippets_stories_story:delete", args=[draft.pk]))
    assert not models.Story.objects.filter(pk=draft.pk).exists()


def test_the_desk_previews_an_unsaved_story_with_the_public_page(desk, story):
    from_form = form(story, headline="Not saved yet")
    url = reverse("wagtailsnippets_stories_story:preview_on_edit", args=[story.pk])
    desk.post(url, from_form)

    page = desk.get(url, {"mode": "musashi"}).content.decode()

    assert "Not saved yet" in page
    assert 'class="story' in page or "<article" in page
    story.refresh_from_db()
    assert story.headline == "Ferry returns to harbour"


def test_a_story_placed_nowhere_says_so_in_its_preview(story):
    assert a_draft(on=()).preview_modes == [("", "No masthead chosen yet")]
    assert story.preview_modes == [("musashi", "Musashi")]
    answer = a_draft(on=()).make_preview_request(preview_mode="")
    assert answer.status_code == 200


def test_an_agency_version_reaches_readers_only_by_someone_who_may_publish(client, story):
    kna = a_provider()
    first = a_wire_item(kna, version=1)
    story_id = from_wire.make_story(first.pk, by="Ana")
    second = a_wire_item(kna, family=first.family, headline="Second", version=2)
    url = reverse("stories_desk:use_version", args=[story_id, second.pk])
    reporter = a_reporter(client, "change_story")

    models.Story.objects.filter(pk=story_id).update(live=True)
    assert reporter.post(url).status_code in {302, 403}
    assert models.Story.objects.get(pk=story_id).wire_item_id == first.pk

    models.Story.objects.filter(pk=story_id).update(live=False)
    reporter.post(url)
    assert models.Story.objects.get(pk=story_id).headline == "Second"


def test_the_group_form_offers_the_permission_to_kill(desk):
    page = desk.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "Can kill and reinstate stories" in page


def said(answer):
    return " ".join(str(m) for m in answer.context["messages"]) + answer.content.decode()


def a_reporter(client, *permissions):
    """Someone who may enter the desk, with just these permissions."""
    person = an_editor("rep@dateline.example", superuser=False)
    group = Group.objects.create(name="Reporters")
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    person.groups.add(group)
    client.defaults["HTTP_HOST"] = "desk.localhost"
    client.force_login(person)
    return client


@pytest.fixture
def story():
    a_masthead()
    return a_story(at=TEN)


@pytest.fixture
def desk(client):
    client.defaults["HTTP_HOST"] = "desk.localhost"
    client.force_login(an_editor())
    return client
