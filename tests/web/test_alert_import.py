"""Who comes onto a title's list of alerts by a file gets its breaking news, as who signed up does."""

import pytest

from dateline.alerts import models
from dateline.alerts.services import by_mail
from dateline.newsletters.domain.kinds import ListKind
from dateline.newsletters.events import ListImported
from dateline.newsletters.queries import subscribers
from dateline.web import handlers
from tests.factories.newsletters import a_list, a_subscriber
from tests.factories.newsroom import a_masthead
from tests.factories.web import NOON
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    return a_list(a_masthead(), slug="alerts", kind=ListKind.ALERTS.value, name="News alerts")


def people(news, count):
    return [a_subscriber(news, address=f"reader{n}@example.test") for n in range(count)]


def imported(news):
    return ListImported(import_id=1, newsletter_id=news.pk, taken=3, refused=0, at=NOON)


def person(who):
    return by_mail.Person(id=who.pk, address=who.address, time_zone="Asia/Tokyo")


def test_all_of_a_file_get_breaking_news_and_each_once_however_often_it_is_told(news, monkeypatch):
    monkeypatch.setattr(subscribers.on_list, "__kwdefaults__", {"after": 0, "size": 2})
    who = people(news, 5)

    handlers.follow_import(imported(news))
    handlers.follow_import(imported(news))

    rows = models.Follower.objects.order_by("person")
    assert [row.person for row in rows] == [one.pk for one in who]
    assert {(row.breaking, row.left_at, row.address == row.key_address) for row in rows} == {
        (True, None, True)
    }


def test_who_had_alerts_by_mail_keeps_them_and_who_ended_them_stays_without(news):
    follows, ended = people(news, 2)
    site = site_of("musashi")
    for one in (follows, ended):
        by_mail.add(site, person(one), by_mail.Subject(), at=NOON)
    models.Follower.objects.filter(person=follows.pk).update(breaking=False, cap_breaking=2)
    by_mail.end(news.masthead_id, ended.pk, at=NOON)

    handlers.follow_import(imported(news))

    mine, theirs = models.Follower.objects.order_by("person")
    assert (mine.breaking, mine.cap_breaking, mine.left_at) == (True, 2, None)
    assert theirs.left_at == NOON


def test_a_file_for_a_letter_changes_nothing(news):
    letter = a_list(news.masthead, slug="morning")
    a_subscriber(letter, address="ana@example.test")

    handlers.follow_import(imported(letter))

    assert not models.Follower.objects.exists()
