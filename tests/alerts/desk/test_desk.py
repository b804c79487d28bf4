"""The desk's screens of alerts: from a headline to figures, for those whose masthead it is."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from lxml import html

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, State
from dateline.alerts.queries import desk as queries
from dateline.stories.models import Topic
from tests.desk.conftest import client_for
from tests.factories.alerts import NOON, a_follower, an_alert, an_alerter
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.web import every, one, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def desk(kei):
    return enter(kei)


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return html.document_fromstring(answer.content)


def written(story, audience="breaking:", **fields):
    return {"key": str(uuid4()), "text": "Ferry returns", "audience": audience, **fields}


def test_an_alert_begins_with_the_headline_and_says_who_would_get_it(desk, site, story, service):
    topic = Topic.objects.create(name="Travel", slug="travel")
    story.topics.set([topic])
    story.save()
    a_follower(site, service.browser("a"), stories=[story.pk], topics=[topic.pk])
    a_follower(site, service.browser("b"), breaking=False, stories=[story.pk])

    shown = page(desk.get(f"/alerts/musashi/{story.pk}/"))
    assert shown.cssselect("[name=text]")[0].text.strip() == "Ferry returns to harbour"
    assert every(shown, ".alert-field fieldset label") == [
        "Breaking news · 1", "Those who follow this story · 2", "Topic: Travel · 1",
    ]  # fmt: skip


def test_a_breaking_alert_is_written_by_one_and_confirmed_by_another(desk, aya, story):
    answer = desk.post(f"/alerts/musashi/{story.pk}/", written(story))
    assert answer["Location"] == "/alerts/"
    alert = models.Alert.objects.get()
    own = page(desk.get("/alerts/"))
    assert "A second person confirms it." in one(own, ".alert-asks")
    assert not own.cssselect(f"form[action='/alerts/{alert.pk}/confirm/']")

    desk.post(f"/alerts/{alert.pk}/confirm/")
    alert.refresh_from_db()
    assert alert.state == State.ASKING
    second = enter(aya)
    assert page(second.get("/alerts/")).cssselect(f"form[action='/alerts/{alert.pk}/confirm/']")
    second.post(f"/alerts/{alert.pk}/confirm/")
    alert.refresh_from_db()
    assert (alert.state, alert.confirmed_by) == (State.READY, aya)


def test_a_topic_alert_leaves_at_once(desk, story):
    topic = Topic.objects.create(name="Travel", slug="travel")
    story.topics.set([topic])
    story.save()
    desk.post(f"/alerts/musashi/{story.pk}/", written(story, f"topic:{topic.pk}"))

    alert = models.Alert.objects.get()
    assert (alert.state, alert.topic) == (State.READY, topic)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": "x" * 121}, "at most 120 characters"),
        ({"audience": "topic:9"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_is_wrong(desk, story, wrong, problem):
    shown = page(desk.post(f"/alerts/musashi/{story.pk}/", {**written(story), **wrong}), 422)

    assert problem in words_of(shown)
    assert not models.Alert.objects.exists()


def test_a_second_one_of_the_same_story_is_refused_on_the_form(desk, masthead, story, kei):
    an_alert(masthead, story, kei)
    shown = page(desk.post(f"/alerts/musashi/{story.pk}/", written(story)), 422)

    assert "Readers had a breaking alert of this story" in words_of(shown)


def test_an_alert_is_taken_back_with_words_for_its_readers(desk, masthead, story, kei):
    alert = an_alert(masthead, story, kei)
    form = page(desk.get(f"/alerts/{alert.pk}/withdraw/"))
    text = form.cssselect("[name=text]")[0].get("value")
    assert text == "We have taken this story down. Please do not rely on our earlier alert."

    assert desk.post(f"/alerts/{alert.pk}/withdraw/", {"text": text}).status_code == 422
    desk.post(f"/alerts/{alert.pk}/withdraw/", {"reason": "Wrong.", "text": text})
    alert.refresh_from_db()
    assert (alert.state, alert.why) == (State.WITHDRAWN, "Wrong.")
    again = page(desk.post(f"/alerts/{alert.pk}/withdraw/", {"reason": "x", "text": text}), 422)
    assert "withdrawn already" in words_of(again)


@pytest.mark.django_db(transaction=True)
def test_history_shows_what_became_of_each(desk, site, masthead, story, kei, aya, service, sender):
    for name in "abc":
        a_follower(site, service.browser(name))
    service.answers["b"], service.answers["c"] = [410], [400]
    an_alert(masthead, story, kei, second=aya)
    while sender.send_due(at=NOON):
        pass

    (line,) = queries.lines([masthead.pk])
    assert (line.sent, line.gone, line.failed, line.held, line.waiting, line.took_s) == (
        1, 1, 1, 0, 0, 0,
    )  # fmt: skip
    row = one(page(desk.get("/alerts/")), ".alert-table tbody tr")
    assert "Ferry returns to harbour Musashi breaking done" in row
    assert row.endswith("1 0 0 1 1 0 s Take back")


def test_what_may_be_alerted_to_is_listed(desk, masthead, story):
    a_draft("Secret")
    a_story("From another title", on=(a_masthead("kinako").slug,))

    shown = page(desk.get("/alerts/"))
    assert every(shown, ".alert-recent li a") == ["Ferry returns to harbour"]


def test_another_title_is_not_there(desk, masthead, story, kei):
    kinako = a_masthead("kinako")
    other = a_story("Rice", on=("kinako",))
    alert = an_alert(kinako, other, an_alerter(kinako), alert_class=AlertClass.STORY)

    for path in (
        f"/alerts/kinako/{other.pk}/", f"/alerts/musashi/{other.pk}/",
        f"/alerts/{alert.pk}/withdraw/",
    ):  # fmt: skip
        assert desk.get(path).status_code == 404
    assert desk.post(f"/alerts/{alert.pk}/confirm/").status_code == 404
    assert "Rice" not in words_of(page(desk.get("/alerts/")))


@pytest.mark.parametrize("path", ["", "musashi/1/", "1/withdraw/"])
def test_nobody_else_comes_in(masthead, story, path):
    stranger = enter(a_reader())

    # Wagtail sends who may not see a screen to the desk's start page.
    assert stranger.get(f"/alerts/{path}").status_code in {302, 403}


def test_the_menu_is_for_who_sends_alerts(masthead, kei):
    def menu(client):
        return client.get("/alerts/").status_code

    assert menu(enter(kei)) == 200
    assert menu(client_for(an_editor())) == 200


def test_rows_say_what_they_are(masthead, story, kei, site, browser):
    row = a_follower(site, browser, stories=[story.pk])
    topic = models.Following(follower=row, topic_id=7)
    alert = an_alert(masthead, story, kei)
    push = models.Push(alert=alert, follower=row)

    assert [str(one) for one in (row, topic, row.followings.get(), alert, push)] == [
        f"push {row.key[:12]}", f"{row.pk} topic 7", f"{row.pk} story {story.pk}",
        f"breaking {alert.pk}", f"{alert.pk}/{row.pk} waiting",
    ]  # fmt: skip
    assert str(models.Alerter.objects.get(user=kei)) == f"{kei.pk} {masthead.pk}"
    assert str(models.Drill(at=NOON)) == "drill 2026-11-20 03:00"
    assert str(models.PushKey(pk=1)) == "push key 1"
