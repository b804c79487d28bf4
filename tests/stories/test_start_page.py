"""The desk's start page about stories: one's own drafts, what comes next, what is out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from dateline import clock
from dateline.stories import models, start_page
from dateline.stories.services import kills, publishing
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOME = "wagtailadmin_home"


def headlines(lines):
    return [line.headline for line in lines]


def written_by(user, headline, **fields):
    story = a_draft(headline, **fields)
    story.save_revision(user=user)
    return story


def test_my_drafts_are_what_i_wrote_last_and_readers_do_not_have(editor, masthead):
    written_by(editor, "Mine")
    waiting = a_story("Public, changed by me")
    waiting.save_revision(user=editor)
    written_by(an_editor("ben@dateline.example"), "Somebody else's")
    a_story("Public")
    killed = written_by(editor, "Killed")
    kills.kill_story(killed.pk, reason="Hoax.", by="Ana")
    planned = written_by(editor, "Planned")
    publishing.schedule_story(planned.pk, go_live_at=clock.now() + HOUR, by="Ana")

    found = start_page.my_drafts(editor.pk)

    assert headlines(found) == ["Public, changed by me", "Mine"]
    assert [line.what for line in found] == ["public, draft waiting", "draft"]
    assert found[1].mastheads == "Musashi"
    assert headlines(start_page.my_drafts(editor.pk, limit=1)) == ["Public, changed by me"]


def test_what_comes_is_listed_by_the_moment_nothing_stands_in_its_way(masthead):
    now = clock.now().replace(microsecond=0)  # a revision keeps thousandths of a second
    later, soon = a_draft("Later"), a_draft("Soon")
    publishing.schedule_story(later.pk, go_live_at=now + 3 * HOUR, by="Ana")
    publishing.schedule_story(soon.pk, go_live_at=now + HOUR, by="Ana")
    publishing.embargo_story(soon.pk, until=now + 2 * HOUR, by="Ana")
    a_story("Public", embargo_until=now + 4 * HOUR)
    a_draft("Draft", agency_embargo_until=now + 5 * HOUR, embargo_until=now + HOUR)
    a_draft("Embargo over", embargo_until=now - HOUR)
    killed = a_draft("Killed", embargo_until=now + HOUR)
    kills.kill_story(killed.pk, reason="Hoax.", by="Ana")

    found = start_page.coming(at=now)

    assert [(line.headline, line.what, line.at) for line in found] == [
        ("Soon", "scheduled, under embargo", now + 2 * HOUR),
        ("Later", "scheduled", now + 3 * HOUR),
        ("Public", "under embargo", now + 4 * HOUR),
        ("Draft", "draft, under embargo", now + 5 * HOUR),
    ]
    assert headlines(start_page.coming(at=now, limit=1)) == ["Soon"]


def test_just_published_says_what_readers_got_and_from_whom(masthead):
    first = a_story("First", at=TEN, by="Ana Mori")
    a_story("Second", at=TEN + HOUR)
    publishing.correct_story(
        first.pk, kind="correction", text="It was noon.", by="Ben Sato", at=TEN + 2 * HOUR
    )
    a_story("Withdrawn", at=TEN)
    publishing.withdraw_story(models.Story.objects.latest("pk").pk, reason="", by="Ana")
    a_story("Embargoed", at=TEN, embargo_until=TEN + 9 * HOUR)

    found = start_page.just_published(at=TEN + 3 * HOUR)

    assert [(line.headline, line.what, line.by, line.at) for line in found] == [
        ("First", "correction", "Ben Sato", TEN + 2 * HOUR),
        ("Second", "published", "Ana Mori", TEN + HOUR),
    ]


def test_an_empty_newsroom_is_told_what_will_stand_there(desk):
    page = desk.get(reverse(HOME)).content.decode()

    assert "Nothing waits for a person" in page
    assert "You have no draft." in page
    assert "Nothing is scheduled" in page
    assert "Readers have nothing yet." in page


def test_a_panel_needs_a_list_of_its_own():
    with pytest.raises(NotImplementedError):
        start_page.StoriesPanel().lines(None)


def test_times_stand_with_the_zone_of_whoever_reads_them(desk, editor, masthead):
    profile = UserProfile.get_for_user(editor)
    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    story = a_story("Public", at=TEN)
    report = kills.kill_story(story.pk, reason="Hoax.", by="Ana", at=TEN + HOUR)
    addresses = [
        ("stories_desk:kill", story.pk, "public since 20 November, 19:00 JST"),
        ("stories_desk:kill_report", report, "20 November 2026, 20:00:00 JST"),
        ("wagtailsnippets_stories_story:edit", story.pk, "at 20:00 JST, 20 November 2026"),
    ]

    for name, number, said in addresses:
        assert said in desk.get(reverse(name, args=[number])).content.decode()
    assert "20 Nov, 20:00 JST" in desk.get(reverse(HOME)).content.decode()
    stories = desk.get(reverse("wagtailsnippets_stories_story:list")).content.decode()
    assert "20 Nov 2026, 19:00 JST" in stories


def test_the_start_page_costs_the_same_for_many_stories(desk, editor, masthead):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(HOME))
        return len(queries)

    fill(editor, 1)
    cost()  # fills the caches of content types
    few = cost()
    fill(editor, 6)

    assert cost() == few


def fill(editor, number):
    for _ in range(number):
        written_by(editor, "Draft")
        a_draft("Embargoed", embargo_until=clock.now() + HOUR)
        a_story("Public")


def test_search_in_the_menu_looks_through_stories_first(desk, client, masthead):
    assert '"/snippets/stories/story/"' in sidebar(desk)

    photographer = an_editor("photo@dateline.example", superuser=False)
    photographer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(photographer)
    assert "/snippets/stories/story/" not in sidebar(client)


def sidebar(client):
    page = client.get(reverse(HOME)).content.decode()
    return page.split("wagtail-sidebar-props", 1)[1].split("</script>")[0]


@pytest.fixture
def masthead():
    return a_masthead()
