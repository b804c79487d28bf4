"""Alerts by mail for readers: ask, confirm from the mail, choose without a log-in, one click out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from lxml import html

from dateline import clock
from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Way
from dateline.alerts.events import AlertMailAsked
from dateline.alerts.services import mailing
from dateline.alerts.services.sending import Sender
from dateline.mail.domain.states import Reason
from dateline.mail.models import Entry
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression
from dateline.newsletters import models as letters
from dateline.newsletters.domain.kinds import ListKind
from dateline.newsletters.events import SubscriptionConfirmed, SubscriptionEnded
from dateline.newsletters.queries.holders import choose_token
from dateline.newsletters.services import choosing, readers
from dateline.newsletters.services.ending import leave_all
from dateline.outbox import services as outbox
from dateline.stories.models import Topic
from dateline.stories.services.kills import kill_story
from dateline.web import handlers
from tests.factories.alerts import an_alert, an_alerter
from tests.factories.newsletters import TOLD, a_list, a_subscriber
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, one
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db
HOST = "musashi.localhost"
ORIGIN = f"http://{HOST}"
PUBLIC = "http://musashi.localhost:8000"
ANA = "ana@example.test"


class Clock:
    at = NOON

    def __call__(self):
        return self.at


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    stands = Clock()
    monkeypatch.setattr(clock, "now", stands)
    return stands


@pytest.fixture
def masthead():
    return a_masthead()


@pytest.fixture
def story(masthead):
    story = a_story(at=NOON - timedelta(minutes=10))
    story.topics.set([Topic.objects.create(name="Travel", slug="travel")])
    story.save()
    return story


@pytest.fixture
def news(masthead):
    """The title's list of alerts."""
    return a_list(masthead, slug="alerts", kind=ListKind.ALERTS.value, name="News alerts")


def post(path, data=(), *, origin=ORIGIN, ip="203.0.113.7"):
    given = {"host": HOST, **({"origin": origin} if origin else {})}
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=ip).post(path, dict(data), headers=given)


def deliver():
    while outbox.deliver_due():
        pass


def said_in(answer):
    """What a page says was done just now."""
    return one(html.document_fromstring(answer.content), ".letters-said").strip()


def mine(address=ANA):
    return models.Follower.objects.get(way=Way.MAIL, key_address=address)


def confirm_link():
    deliver()
    return re.search(rf"{PUBLIC}(/alerts/yes/\S+)", mail.outbox[-1].body)[1]


def asked(address=ANA, **subject):
    assert post("/alerts/by-mail", {"address": address, **subject}).status_code == 200
    return confirm_link()


def test_a_story_is_followed_by_mail_after_its_reader_confirmed(story):
    page = Reader(HOST).get(f"/alerts/story/{story.pk}/").content.decode()
    assert f'name="story" value="{story.pk}"' in page
    link = asked(story=story.pk)
    assert "Alerts on “Ferry returns to harbour”" in mail.outbox[0].body
    assert models.Follower.objects.count() == 0

    shown = Reader(HOST).get(link)
    assert "Yes, send it to me" in shown.content.decode()
    assert models.Follower.objects.count() == 0  # to look changes nothing
    done = post(link)
    post(link)  # safe twice

    assert "Done: you get it by mail" in done.content.decode()
    row = mine()
    assert (row.breaking, row.followings.get().story_id) == (False, story.pk)
    assert [c.act for c in letters.Consent.objects.order_by("pk")][:2] == ["asked", "confirmed"]


def test_a_topic_too(story):
    topic = story.topics.get()
    post(asked(topic=topic.pk))

    assert mine().followings.get().topic_id == topic.pk


def test_breaking_news_puts_one_on_the_list_of_alerts(news):
    post(asked())
    deliver()

    assert mine().breaking
    assert news.subscriptions.get().standing == "confirmed"


def test_the_list_of_alerts_is_breaking_news_by_mail(news):
    who = a_subscriber(news, address=ANA)
    deliver()
    assert mine().breaking
    assert mine().time_zone == "Asia/Tokyo"  # the title's: they told none

    leave_all(who, told=TOLD, at=NOON)
    deliver()
    assert models.Follower.objects.get().left_at == NOON
    assert models.Follower.objects.get().address == ""


def test_a_list_of_letters_is_not(masthead):
    who = a_subscriber(a_list(masthead), address=ANA)
    leave_all(who, told=TOLD, at=NOON)
    deliver()

    assert models.Follower.objects.count() == 0


def test_who_moves_gets_alerts_elsewhere(news):
    who = a_subscriber(news, address=ANA)
    deliver()
    site = site_of("musashi")
    choosing.ask_move(who.pk, "new@example.test", site=site, told=TOLD, at=NOON)
    deliver()
    for message in mail.outbox[-2:]:
        token = re.search(r"/newsletters/move/([^/\s]+)/", message.body)[1]
        choosing.say_yes(token, told=TOLD, at=NOON)
    deliver()

    assert mine("new@example.test").address == "new@example.test"


@pytest.mark.parametrize(
    ("data", "origin", "status"),
    [
        ({"address": "no address"}, ORIGIN, 422),
        ({"address": ANA}, "http://elsewhere.example", 403),
        ({"address": ANA, "website": "x"}, ORIGIN, 200),
        ({"address": ANA, "story": "999"}, ORIGIN, 200),
        ({"address": ANA, "story": "9" * 30}, ORIGIN, 200),
        ({"address": ANA, "topic": "999"}, ORIGIN, 200),
    ],
)
def test_what_does_not_fit_sends_no_mail(masthead, data, origin, status):
    answer = post("/alerts/by-mail", data, origin=origin)
    deliver()

    assert answer.status_code == status
    assert [m for m in mail.outbox if "story" in data or "topic" in data] == [] or (
        data.get("story") == "9" * 30
    )


def test_too_many_from_one_place_are_refused(masthead):
    answers = [post("/alerts/by-mail", {"address": f"a{n}@example.test"}) for n in range(21)]

    assert {one.status_code for one in answers[:20]} == {200}
    assert answers[20].status_code == 429


def test_an_address_that_takes_no_mail_gets_none(masthead):
    suppression.suppress(ANA, scope="", reason=Reason.BOUNCE, source="test", at=NOON)
    post("/alerts/by-mail", {"address": ANA})
    deliver()

    assert mail.outbox == []


def test_what_was_killed_since_is_not_asked_for(story):
    post("/alerts/by-mail", {"address": ANA, "story": story.pk})
    kill_story(story.pk, reason="Wrong.", by="ana", at=NOON)
    deliver()

    assert mail.outbox == []


def test_links_that_are_void_say_so(masthead, story, noon):
    link = asked(story=story.pk)
    other = links.token_for("alerts.yes", 1, 2**60, 1, 0, 0)
    nobody = links.token_for("alerts.yes", 999, int(NOON.timestamp()) // 60, masthead.pk, 0, 0)
    bad = [f"/alerts/yes/{token}/" for token in ("changed", other, nobody)]
    assert [Reader(HOST).get(path).status_code for path in bad] == [410, 410, 410]
    assert Reader(HOST).get("/alerts/choose/changed/").status_code == 410
    noon.at = NOON + timedelta(days=7)
    assert Reader(HOST).get(link).status_code == 410


def chosen(**more):
    return {
        "verb": "save", "pace_breaking": "instant", "pace_topic": "off", "pace_story": "off",
        "cap_breaking": "3", "cap_topic": "2", "cap_story": "1", "zone": "Asia/Tokyo",
        "from": "22:00", "to": "07:00", **more,
    }  # fmt: skip


@pytest.fixture
def centre(news):
    """The address of Ana's choices; she is on the list of alerts."""
    who = a_subscriber(news, address=ANA)
    deliver()
    return f"/alerts/choose/{choose_token(who)}/"


def test_the_centre_keeps_pace_caps_and_quiet_hours(centre, story, news):
    topic = story.topics.get()
    more = chosen(
        pace_breaking="hourly", pace_topic="daily", topic=str(topic.pk), quiet="yes", zone="UTC"
    )
    answer = post(centre, more)

    assert said_in(answer) == "Saved."
    row = mine()
    assert (row.pace_breaking, row.pace_topic, row.cap_breaking) == ("hourly", "daily", 3)
    assert (row.quiet_from, row.quiet_to, row.time_zone) == (22 * 60, 7 * 60, "UTC")
    assert row.followings.get().topic_id == topic.pk
    page = Reader(HOST).get(centre).content.decode()
    assert 'value="hourly" selected' in page
    assert "Travel" in page


def test_the_centre_takes_one_off_the_list_and_on_again(centre, news):
    post(centre, chosen(pace_breaking="off"))
    deliver()
    assert news.subscriptions.get().standing == "ended"
    assert models.Follower.objects.get().left_at == NOON

    post(centre, chosen())
    deliver()
    assert news.subscriptions.get().standing == "confirmed"
    assert mine().breaking
    assert not is_withheld(ANA, f"alerts:breaking:{news.masthead_id}")


def test_the_centre_ends_everything(centre, news, story):
    post(centre, chosen(pace_story="instant", story=str(story.pk)))
    answer = post(centre, {"verb": "leave"})
    deliver()

    assert "You get no alert of this title by mail any more." in said_in(answer)
    assert models.Follower.objects.get().left_at == NOON
    assert is_withheld(ANA, f"alerts:story:{news.masthead_id}:{story.pk}")
    assert post(centre, {"verb": "leave"}).status_code == 200  # safe twice


@pytest.mark.parametrize(
    "more",
    [{"pace_topic": "weekly"}, {"zone": "Mars"}, {"quiet": "yes", "from": "25:00"},
     {"cap_story": "21"}],
)  # fmt: skip
def test_choices_that_there_are_not_change_nothing(centre, more):
    answer = post(centre, chosen(**more))

    assert answer.status_code == 422
    assert mine().cap_breaking == 5


def test_the_centre_without_a_list_and_for_nobody_yet(masthead):
    who = letters.Subscriber.objects.get(
        pk=readers.somebody(ANA, site=site_of("musashi"), at=NOON)
    )  # fmt: skip
    centre = f"/alerts/choose/{choose_token(who)}/"
    assert "You follow no topic" in Reader(HOST).get(centre).content.decode()
    post(centre, chosen())

    assert mine().breaking


def test_one_click_ends_that_kind_and_the_list(centre, news, masthead, story):
    post(centre, chosen(pace_story="instant", story=str(story.pk)))
    kei, aya = an_alerter(masthead), an_alerter(masthead, "Aya Ito")
    alert = an_alert(masthead, story, kei, second=aya)
    sender = Sender()
    while sender.send_due(at=NOON) or mailing.send_due(at=NOON):
        pass
    sender.close()
    entry = Entry.objects.get(mailing__subject_key=f"alerts.alert:{alert.pk}")
    token = links.token_for("newsletters.out", entry.person, entry.mailing_id)
    answer = post(f"/newsletters/out/{token}/", {"List-Unsubscribe": "One-Click"}, origin="")
    deliver()

    assert answer.status_code == 200
    row = mine()
    assert not row.breaking
    assert row.followings.get().story_id == story.pk
    assert news.subscriptions.get().standing == "ended"


def test_one_click_for_a_story_leaves_the_rest(centre, story, masthead):
    post(centre, chosen(pace_story="instant", story=str(story.pk)))
    scope = f"alerts:{AlertClass.STORY}:{masthead.pk}:{story.pk}"
    suppression.suppress(ANA, scope=scope, reason=Reason.REQUEST, source="one click", at=NOON)
    deliver()

    assert mine().breaking
    assert not mine().followings.exists()


@pytest.mark.parametrize("scope", ["", "alerts:digest:{}"])
def test_an_address_that_takes_no_mail_or_no_digest_gets_no_alert(centre, masthead, scope):
    suppression.suppress(
        ANA, scope=scope.format(masthead.pk), reason=Reason.COMPLAINT, source="test", at=NOON
    )
    deliver()

    assert models.Follower.objects.get().left_at == NOON


def test_mail_of_another_room_is_another_matter(centre, news):
    suppression.suppress(ANA, scope="answers", reason=Reason.REQUEST, source="test", at=NOON)
    lifted = f"alerts:breaking:{news.masthead_id}"
    suppression.suppress(ANA, scope=lifted, reason=Reason.REQUEST, source="test", at=NOON)
    suppression.lift(ANA, scope=lifted, by="test", at=NOON)
    deliver()

    assert mine().breaking


def test_the_centre_of_letters_leads_to_that_of_alerts(centre):
    page = Reader(HOST).get(centre.replace("/alerts/", "/newsletters/")).content.decode()

    assert f'href="{PUBLIC}{centre}"' in page


def test_the_page_of_alerts_offers_mail(masthead):
    assert "Send me a mail to confirm" in Reader(HOST).get("/alerts/").content.decode()


def test_a_title_without_a_list_has_one_click_all_the_same(masthead, story):
    post(asked())
    scope = f"alerts:breaking:{masthead.pk}"
    suppression.suppress(ANA, scope=scope, reason=Reason.REQUEST, source="one click", at=NOON)
    deliver()

    assert models.Follower.objects.get().left_at == NOON


def test_facts_of_what_is_gone_change_nothing(news):
    who = a_subscriber(news, address=ANA)
    told = {"newsletter_id": news.pk, "subscriber_id": who.pk, "at": NOON}
    leave_all(who, told=TOLD, at=NOON)
    handlers.follow_list(SubscriptionConfirmed(**told, masthead_id=None, act="confirmed"))
    handlers.ask_by_mail(
        AlertMailAsked(person=who.pk, masthead_id=0, topic_id=0, story_id=0, at=NOON)
    )

    assert models.Follower.objects.filter(left_at=None).count() == 0
    assert mail.outbox == []


def test_a_late_word_of_an_end_does_not_undo_a_new_beginning(news):
    who = a_subscriber(news, address=ANA)
    deliver()
    fact = SubscriptionEnded(
        newsletter_id=news.pk, subscriber_id=who.pk, why="request", by="", at=NOON
    )
    handlers.leave_list(fact)

    assert mine().breaking
