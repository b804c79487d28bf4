"""Who does which work for which masthead: for who leads that work to see and change, and no other."""

import re

import pytest
from django.contrib.auth.models import Permission
from lxml import html
from wagtail.users.models import UserProfile

from dateline.accounts.queries import Posts
from dateline.desk.domain import posts_words
from dateline.desk.queries.posts import WORK
from dateline.desk.services.posts import APPOINTING
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.web import every, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def masthead():
    return a_masthead()


@pytest.fixture
def ken():
    return a_reader("Ken Abe")


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


def a_leader(*works):
    aya = a_reader("Aya Ito")
    for work in works:
        WORK[work].rows().create(user=aya, masthead=None)
    return aya


def told(client, status=200, *, work="", **fields):
    answer = client.post("/posts/", {"verb": "appoint", "work": work, "masthead": "", **fields})
    if status == 200:
        answer = client.get(answer["Location"])
    return page(answer, status)


def page(answer, status=200):
    assert answer.status_code == status
    return html.document_fromstring(answer.content)


def rows(shown):
    """The words of each row, without those of its button."""
    return [text.partition(" Dismiss")[0] for text in every(shown, ".desk-table tbody tr")]


@pytest.mark.parametrize("work", WORK)
def test_whoever_leads_a_work_appoints_and_dismisses_for_it(masthead, ken, work):
    aya, posts = enter(a_leader(work)), WORK[work]

    shown = told(aya, work=work, email=ken.email.upper(), masthead="musashi")
    assert posts.holds(ken.pk, masthead.pk)
    assert not posts.holds(ken.pk, None)
    name = posts_words.ENGLISH[work]
    assert f"Ken Abe is appointed: {name}, Musashi." in one(shown, ".messages")
    assert any(row.startswith("Ken Abe") and row.endswith("Musashi") for row in rows(shown))

    told(aya, work=work, email=ken.email)
    assert posts.holds(ken.pk, None)

    told(aya, work=work, email=ken.email, verb="dismiss")
    told(aya, work=work, email=ken.email, masthead="musashi", verb="dismiss")
    assert not posts.holds_any(ken.pk)


def test_a_dismissal_can_be_taken_back_by_one_press(masthead, ken):
    aya = enter(a_leader("offers"))
    told(aya, work="offers", email=ken.email, masthead="musashi")

    shown = told(aya, work="offers", email=ken.email, masthead="musashi", verb="dismiss")

    form = shown.cssselect(".desk-form")[0]
    told(aya, **{**dict(form.form_values()), "verb": "appoint"})
    assert WORK["offers"].holds(ken.pk, masthead.pk)


def test_who_leads_one_work_sees_and_changes_that_alone(masthead, ken):
    aya, mei = enter(a_leader("trending")), a_reader("Mei Oda")
    for work in ("trending", "alerts"):
        WORK[work].rows().create(user=mei, masthead=masthead)

    shown = page(aya.get("/posts/?work=alerts"))

    assert [row for row in rows(shown) if row.startswith("Mei Oda")] == [
        f"Mei Oda {mei.email} · {posts_words.ENGLISH['no_desk']} Trending Musashi"
    ]
    assert every(shown, "#id_work option") == ["Trending"]
    assert shown.cssselect(".desk-tabs") == []
    told(aya, 422, work="alerts", email=ken.email)
    told(aya, 422, work="alerts", email=mei.email, masthead="musashi", verb="dismiss")
    assert not WORK["alerts"].holds_any(ken.pk)
    assert WORK["alerts"].holds(mei.pk, masthead.pk)


def test_one_work_may_be_looked_at_alone(masthead, ken):
    admin = client_for(an_editor())
    for work in ("jobs", "lists"):
        WORK[work].rows().create(user=ken, masthead=masthead)

    shown = page(admin.get("/posts/"))
    assert [row.rsplit(" ", 2)[-2:] for row in rows(shown)] == [
        ["Jobs", "Musashi"], ["lists", "Musashi"],
    ]  # fmt: skip
    assert len(every(shown, ".desk-terms dt")) == len(WORK)
    shown = page(admin.get("/posts/?work=jobs"))
    assert len(rows(shown)) == 1
    assert every(shown, ".desk-tabs [aria-current]") == ["Jobs"]
    assert "Jobs: keeps the job board." in every(shown, "p")
    assert shown.cssselect("#id_work option[selected]")[0].get("value") == "jobs"


def test_nobody_named_yet_is_said(masthead):
    shown = page(client_for(an_editor()).get("/posts/"))

    assert "Nobody yet but administrators." in one(shown, ".desk-empty")


def test_nobody_is_appointed_without_an_account_or_for_no_masthead(masthead, ken):
    admin = client_for(an_editor())

    shown = told(admin, 422, work="jobs", email="x@nowhere.example")
    assert one(shown, ".desk-problem") == "Nobody has an account with this address."
    assert shown.cssselect("#id_email")[0].get("value") == "x@nowhere.example"
    shown = told(admin, 422, work="jobs", email=ken.email, masthead="nowhere")
    assert "Select a valid choice" in one(shown, ".desk-problem")
    assert not WORK["jobs"].rows().exists()


def test_who_leads_nothing_comes_in_to_nothing(masthead, ken):
    mei = a_reader("Mei Oda")
    WORK["jobs"].rows().create(user=mei, masthead=masthead)
    desk = enter(mei)

    # Wagtail sends who may not see a screen to the desk's start page.
    assert desk.get("/posts/")["Location"] == "/"
    assert desk.post("/posts/", {"work": "jobs", "email": ken.email})["Location"] == "/"
    assert list(WORK["jobs"].rows().values_list("user_id", flat=True)) == [mei.pk]
    assert b'href="/posts/"' not in desk.get("/").content
    assert b"/posts/" in client_for(an_editor()).get("/").content


def test_every_room_leads_to_its_people(masthead):
    aya = enter(a_leader(*WORK))

    for work, first in {
        "comments": "/comments/", "trending": "/trending/", "offers": "/offers/",
        "jobs": "/jobs/", "lists": "/newsletters/lists/", "alerts": "/alerts/",
    }.items():  # fmt: skip
        answer = aya.get(first, follow=True)
        assert f"/posts/?work={work}" in answer.content.decode(), work


def test_every_room_with_people_of_its_own_is_here():
    assert list(WORK) == list(APPOINTING)
    for work, posts in WORK.items():
        assert isinstance(posts, Posts)
        assert APPOINTING[work].posts is posts


def test_it_speaks_japanese_to_who_wants_that(masthead):
    aya = a_leader("jobs")
    UserProfile.objects.create(user=aya, preferred_language="ja")

    assert "任命する" in every(page(enter(aya).get("/posts/")), "h2")


def test_both_languages_say_the_same_things():
    assert posts_words.ENGLISH.keys() == posts_words.JAPANESE.keys()
    for key, text in posts_words.ENGLISH.items():
        there = set(re.findall(r"{\w+}", text))
        assert set(re.findall(r"{\w+}", posts_words.JAPANESE[key])) == there, key
