"""The wire screens: what they show, what they let through, and that nothing changes by a GET."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from wagtail.users.models import UserProfile

from dateline import clock
from dateline.stories.models import Story
from dateline.wire import models
from dateline.wire.queries import lists
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def text(response):
    return response.content.decode()


def a_kill(item, version=2, **fields):
    return a_wire_item(
        item.provider, family=item.family, version=version, usability="killed", recalls=True,
        reason="The agency canceled this item.", **{"headline": "", **fields},
    )  # fmt: skip


def test_the_list_shows_what_came_in_newest_first(ana, kna):
    a_wire_item(kna, headline="Older", received_at=TEN - timedelta(minutes=1))
    item = a_wire_item(kna, headline="Newer <b>", slugline="FERRY", urgency=1, received_at=TEN)
    a_kill(item, received_at=TEN - timedelta(hours=1))
    body = text(ana.get("/wire/"))

    assert body.index("Newer &lt;b&gt;") < body.index("Older")
    assert "FERRY" in body
    assert f'href="/wire/{item.pk}/"' in body
    assert 'wire-u--1">1<' in body
    assert "10:00:00" in body
    assert "Received, UTC" in body
    assert body.count("wire-line--killed") == 2
    assert "The agency canceled this item." in body


def test_a_cancel_without_a_headline_is_called_what_the_item_was_called(ana, kna):
    a_kill(a_wire_item(kna, headline="Ferry returns"))

    assert text(ana.get("/wire/")).count(">Ferry returns</a>") == 2


def test_times_are_in_the_editors_own_zone(ana, kna):
    a_wire_item(kna, received_at=TEN)
    profile = UserProfile.get_for_user(ana.get("/wire/").wsgi_request.user)
    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    body = text(ana.get("/wire/"))

    assert "Received, JST" in body
    assert "19:00:00" in body


def test_an_embargo_says_until_when(ana, kna):
    until = clock.now() + timedelta(hours=5)
    a_wire_item(kna, embargo_until=until)

    assert f'datetime="{until:%Y-%m-%dT%H:%M:%SZ}"' in text(ana.get("/wire/"))
    assert "embargo" in text(ana.get("/wire/?state=embargoed"))


def test_pages_link_to_older_and_newer_ones(ana, kna):
    for number in range(lists.PAGE + 2):
        a_wire_item(kna, headline=f"Item {number:03}", received_at=TEN)
    first = ana.get("/wire/?q=item&urgency=x")
    older = first.context["page"].older
    assert f'href="?q=item&amp;urgency=x&amp;before={older}"' in text(first)
    assert first.context["live"] is True

    second = ana.get(f"/wire/?q=item&before={older}")
    assert [line.item.title for line in second.context["page"].rows] == ["Item 001", "Item 000"]
    assert second.context["live"] is False
    newer = second.context["page"].newer
    assert f"q=item&amp;after={newer}" in text(second)

    back = ana.get(f"/wire/?q=item&after={newer}")
    assert len(back.context["page"].rows) == lists.PAGE
    assert back.context["live"] is True


def test_nonsense_in_the_address_is_no_filter(ana, kna):
    a_wire_item(kna, headline="Here")
    body = text(ana.get("/wire/?state=maybe&provider=nobody&urgency=12&story=perhaps&before=x"))

    assert "Here" in body


def test_story_filter_and_links_to_stories(ana, kna):
    made = a_wire_item(kna, headline="Made")
    a_wire_item(kna, headline="Free")
    story = Story.objects.create(headline="Ours", provider=kna, wire_family=made.family)
    Story.objects.create(headline="Second", provider=kna, wire_family=made.family)

    with_story = text(ana.get("/wire/?story=yes"))
    assert f"/snippets/stories/story/edit/{story.pk}/" in with_story
    assert ">Free<" not in with_story
    assert ">Made<" not in text(ana.get("/wire/?story=no"))


def test_the_same_family_of_another_provider_has_no_story(ana, kna):
    item = a_wire_item(a_provider("efe", "EFE"), family="urn:x:1")
    Story.objects.create(headline="Ours", provider=kna, wire_family="urn:x:1")

    assert f"/wire/{item.pk}/story/" in text(ana.get("/wire/"))


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "Nothing has come in yet."), ("?q=ferry", "Nothing on the wire matches.")],
)
def test_an_empty_list_says_why(ana, kna, query, said):
    assert said in text(ana.get(f"/wire/{query}"))


def test_without_a_provider_it_says_what_to_do(ana):
    assert "Add a provider" in text(ana.get("/wire/"))


def test_the_feeds_health_and_the_intakes_problems_are_on_top(ana, kna, places):
    places.mkdir()
    (places / "kan").mkdir()
    a_wire_item(kna)
    a_provider("efe", "EFE", active=False)
    body = text(ana.get("/wire/"))

    assert "strangely quiet" not in body
    assert "there is no provider of that name" in body
    assert "<b>KNA</b> last" in body
    assert "<b>EFE</b> switched off" in body


def test_a_silent_feed_and_embargoes_about_to_end_are_told(ana, kna):
    now = clock.now()
    for back in (*(week * timedelta(days=7) for week in range(1, 6)), timedelta(hours=1)):
        for minutes in range(3):
            at = now - back - timedelta(minutes=minutes)
            models.RawDelivery.objects.create(
                provider=kna, file_name="a.xml", sha256=f"{at}", size=1, received_at=at,
                state="read",
            )  # fmt: skip
    item = a_wire_item(kna, embargo_until=now + timedelta(hours=1))
    models.RawDelivery.objects.filter(pk=item.raw_id).update(received_at=now - timedelta(hours=1))
    body = text(ana.get("/wire/"))

    assert "KNA is strangely quiet: nothing since" in body
    assert "at least 3 files came at this time of earlier weeks." in body
    assert '<a href="/wire/?provider=kna&amp;state=embargoed">1 embargo</a>, first to end' in body


def test_a_page_of_fifty_costs_as_many_queries_as_a_page_of_five(
    ana, kna, django_assert_max_num_queries
):
    for number in range(50):
        a_wire_item(kna, headline=f"Item {number}")
    ana.get("/wire/")
    with django_assert_max_num_queries(20):
        ana.get("/wire/")


def test_what_came_in_since_is_fetched_without_a_reload(ana, kna):
    old = a_wire_item(kna, headline="Old", received_at=TEN)
    top = ana.get("/wire/").context["top"]
    a_wire_item(kna, headline="New <i>", received_at=TEN)
    a_wire_item(kna, headline="Picture", kind="picture", received_at=TEN)
    a_kill(old, received_at=TEN + timedelta(seconds=1))
    answer = ana.get(f"/wire/new/?after={top}&shown={old.pk},x,{10**30}&kind=text").json()

    assert (answer["count"], answer["more"], answer["killed"]) == (2, False, [old.pk])
    assert "New &lt;i&gt;" in answer["html"]
    assert answer["html"].count("<tr") == 2
    again = ana.get(f"/wire/new/?after={answer['newest']}").json()
    assert (again["count"], again["html"], again["killed"]) == (0, "", [])
    assert again["newest"] == answer["newest"]


def test_more_than_fits_is_said(ana, kna, monkeypatch):
    monkeypatch.setattr("dateline.desk.views.wire.AT_ONCE", 2)
    top = ana.get("/wire/").context["top"]
    for _ in range(3):
        a_wire_item(kna, received_at=clock.now())

    answer = ana.get(f"/wire/new/?after={top}").json()
    assert (answer["count"], answer["more"]) == (2, True)


def test_a_made_up_cursor_is_refused(ana):
    response = ana.get("/wire/new/?after=soon")

    assert response.status_code == 400
    assert "Load the page again" in json.loads(response.content)["error"]


def test_an_item_shows_its_text_rights_and_notes(ana, kna):
    item = a_wire_item(
        kna, headline="Ferry returns", body_html="<p>The <em>ferry</em>.</p>", summary="In short.",
        dateline="Seoul", byline="A. Writer", copyright="© KNA", usage_terms="Not in print.",
        credit="KNA", ed_note="Call the desk.", urgency=2, language="en",
        version_created_at=TEN, created_at=TEN, expires_at=TEN, embargo_until=TEN,
        details={
            "media_topics": [{"name": "ferry", "qcode": "medtop:1"}], "keywords": ["sea"],
            "relations": [{"type": "corrects", "family": None, "note": "the earlier one"}],
            "warnings": ["The expiry was left out."], "generation": "2.35",
        },
    )  # fmt: skip
    body = text(ana.get(f"/wire/{item.pk}/"))

    for expected in (
        "Ferry returns", "<em>ferry</em>", "In short.", "Seoul", "A. Writer", "© KNA", "Not in print.",
        "For editors only", "Call the desk.", "23 November 2026, 10:00:00 UTC", "ferry", "sea",
        "corrects the earlier one", "The expiry was left out.", "newsml-g2 2.35", item.family,
    ):  # fmt: skip
        assert expected in body, expected


def test_an_item_shows_every_version_and_what_changed(ana, kna):
    old = a_wire_item(kna, version=9, body_text="Same.\n\nGone.", headline="Before")
    new = a_wire_item(
        kna, family=old.family, version=10, body_text="Same.\n\nCame.", headline="After"
    )
    body = text(ana.get(f"/wire/{new.pk}/"))

    assert body.index(f'/wire/{new.pk}/">10<') < body.index(f'/wire/{old.pk}/">9<')
    assert "<ins>Came.</ins>" in body
    assert "<del>Gone.</del>" in body
    assert "<del>Before</del>" in body
    assert "There is a newer version" not in body
    assert "Show version 10" in text(ana.get(f"/wire/{old.pk}/"))


def test_a_killed_item_says_so_and_offers_no_story(ana, kna):
    item = a_wire_item(kna)
    cancel = a_kill(item)
    body = text(ana.get(f"/wire/{item.pk}/"))

    assert "took this item down with a later version" in body
    assert "Make a story" not in body
    assert "The agency canceled this item." in text(ana.get(f"/wire/{cancel.pk}/"))
    assert "No text in either version." not in text(ana.get(f"/wire/{cancel.pk}/"))


def test_a_held_item_says_why_and_what_a_story_of_it_would_be(ana, kna):
    item = a_wire_item(kna, usability="held", reason="The status is unknown.", body_html="")
    body = text(ana.get(f"/wire/{item.pk}/"))

    assert "The status is unknown." in body
    assert "It stays withheld until somebody lifts the hold." in body
    assert "This version has no text." in body


def test_an_item_shows_its_pictures_with_their_limits(ana, kna, media_root):
    picture = a_picture(credit="KNA", caption="A ferry.", instructions="NO ARCHIVES")
    item = a_wire_item(kna, kind="picture", picture=picture)
    body = text(ana.get(f"/wire/{item.pk}/"))

    assert "A ferry." in body
    assert "wire-limit" in body
    assert "<img" in body


def test_an_item_that_is_not_there_is_not_found(ana):
    assert ana.get("/wire/999/").status_code == 404
    assert ana.post("/wire/999/story/").status_code == 404


def test_a_story_is_made_by_one_press_and_opened(ana, kna):
    a_masthead()
    item = a_wire_item(kna, headline="Ferry returns")
    response = ana.post(f"/wire/{item.pk}/story/")

    story = Story.objects.get()
    assert (story.headline, story.wire_family, story.live) == ("Ferry returns", item.family, False)
    assert response.url == f"/snippets/stories/story/edit/{story.pk}/"
    assert "The story is a draft." in text(ana.get(response.url))
    again = ana.post(f"/wire/{item.pk}/story/", follow=False)
    assert again.url == response.url
    assert "This item already has a story. Here it is." in text(ana.get(again.url))
    assert Story.objects.count() == 1
    assert (
        f'href="{response.url}"' in text(ana.get("/")).split("My drafts")[1].split("</section>")[0]
    )
    assert "Open the story" in text(ana.get(f"/wire/{item.pk}/"))


def test_what_may_not_become_a_story_is_refused_with_a_sentence(ana, kna):
    item = a_wire_item(kna)
    a_kill(item)
    response = ana.post(f"/wire/{item.pk}/story/", follow=True)

    assert response.redirect_chain == [(f"/wire/{item.pk}/", 302)]
    assert "killed this item" in text(response)
    assert Story.objects.count() == 0


def test_a_get_makes_no_story(ana, kna):
    assert ana.get(f"/wire/{a_wire_item(kna).pk}/story/").status_code == 405


def test_a_forged_post_makes_no_story(desk, kna):
    client = desk("wire.view_wireitem", "stories.add_story", enforce_csrf_checks=True)

    assert client.post(f"/wire/{a_wire_item(kna).pk}/story/").status_code == 403
    assert Story.objects.count() == 0


@pytest.mark.parametrize("address", ["/wire/", "/wire/new/?after=1-1", "/wire/{}/"])
def test_the_wire_needs_its_permission(desk, kna, address):
    address = address.format(a_wire_item(kna).pk)
    assert desk().get(address).status_code in (302, 403)


def test_who_may_only_look_is_offered_nothing_more(desk, kna):
    item = a_wire_item(kna)
    client = desk("wire.view_wireitem")

    body = text(client.get("/wire/")) + text(client.get(f"/wire/{item.pk}/"))
    assert "Make a story" not in body
    assert "Save the file" not in body
    assert "/wire/quarantine/" not in body
    assert client.post(f"/wire/{item.pk}/story/").status_code in (302, 403)
    assert Story.objects.count() == 0


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.get("/wire/", headers={"host": "desk.localhost"})

    assert response.status_code == 302
    assert "/login/" in response.url


def test_the_menu_has_the_wire_first_for_those_who_may_see_it(desk, ana):
    assert '"/wire/"' in text(ana.get("/"))
    assert '"/wire/"' not in text(desk().get("/"))
