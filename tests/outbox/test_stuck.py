"""What keeps failing is put before whoever runs the installation, with a button to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from dateline import clock
from dateline.outbox import models, queries, services
from tests.factories.newsroom import an_editor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


def test_only_what_failed_often_and_for_long_keeps_failing():
    bad = a_delivery()
    a_delivery(age=timedelta(minutes=59))
    a_delivery(attempts=4)
    a_delivery(done_at=NOON)
    a_delivery(last_error="")

    (one,) = queries.stuck(at=NOON)

    assert (one.id, one.attempts, one.since) == (bad.pk, 12, NOON - TWO_HOURS)
    assert (one.fact, one.handler, one.last_error) == (
        f"story.killed #{bad.fact_id}", "dateline.web.handlers.confirm_kill", "OSError: no disk",
    )  # fmt: skip


def test_trying_again_makes_them_due_now_and_leaves_the_others(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    failing, running, done, fresh = (
        a_delivery(),
        a_delivery(leased_until=NOON + timedelta(seconds=5)),
        a_delivery(done_at=NOON),
        a_delivery(attempts=0),
    )
    left = a_delivery()

    ids = [failing.pk, running.pk, done.pk, fresh.pk]
    assert services.retry_now(ids, by="Ana") == 1

    due = models.Delivery.objects.filter(next_try_at__lte=NOON, pk__in=[*ids, left.pk])
    assert list(due.values_list("pk", flat=True)) == [failing.pk]
    left.refresh_from_db()
    assert left.next_try_at > NOON


def test_the_start_page_shows_an_administrator_what_fails_and_tries_it_again():
    now = clock.now()
    first, second = a_delivery(now=now), a_delivery(now=now)
    for _ in range(10):
        a_delivery(now=now)
    browser = Client(enforce_csrf_checks=True, headers={"host": "desk.localhost"})
    browser.force_login(an_editor())

    page = browser.get(reverse("wagtailadmin_home")).content.decode()
    assert "12 deliveries keep failing" in page
    assert "OSError: no disk" in page
    assert "And 2 more." in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    one = retry(browser, csrfmiddlewaretoken=token, delivery=second.pk)
    assert "1 delivery is tried again now." in one
    second.refresh_from_db()
    first.refresh_from_db()
    assert second.next_try_at <= clock.now() < first.next_try_at

    every = retry(browser, csrfmiddlewaretoken=token)
    assert "12 deliveries are tried again now." in every
    first.refresh_from_db()
    assert first.next_try_at <= clock.now()


def test_with_nothing_failing_there_is_no_panel_and_nothing_to_try():
    browser = Client(headers={"host": "desk.localhost"})
    browser.force_login(an_editor())

    assert "keep failing" not in browser.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nothing keeps failing any more." in retry(browser)


def test_an_editor_neither_sees_nor_tries():
    bad = a_delivery(now=clock.now())
    editor = an_editor("ben@dateline.example", superuser=False)
    for codename in ("access_admin", "change_story"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    browser = Client(headers={"host": "desk.localhost"})
    browser.force_login(editor)

    assert "keeps failing" not in browser.get(reverse("wagtailadmin_home")).content.decode()
    before = bad.next_try_at
    assert browser.post(reverse("outbox_retry")).status_code in (302, 403)
    bad.refresh_from_db()
    assert bad.next_try_at == before


def a_delivery(*, age=TWO_HOURS, now=NOON, **fields):
    fact = models.FactRecord.objects.create(name="story.killed", payload={}, recorded_at=now - age)
    return models.Delivery.objects.create(
        fact=fact,
        **{
            "handler": "dateline.web.handlers.confirm_kill",
            "place": 0,
            "attempts": 12,
            "next_try_at": now + timedelta(minutes=50),
            "last_error": "OSError: no disk",
            **fields,
        },
    )


def retry(browser, **posted):
    answer = browser.post(reverse("outbox_retry"), posted, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])
