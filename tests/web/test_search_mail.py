"""New results of a search by mail: ask, confirm, be told what is new once, and leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from lxml import html

from dateline import clock
from dateline.alerts import models
from dateline.alerts.domain.searches import MOST_LISTED, MOST_SAVED
from dateline.alerts.queries import searches
from dateline.alerts.services import own_data, saved_searches, search_digests
from dateline.mail.domain.states import MailingState, Reason
from dateline.mail.models import Entry, Mailing, MailingCopy
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression
from dateline.newsletters import models as letters
from dateline.newsletters.events import SubscriberMoved
from dateline.newsletters.queries.holders import choose_token_of
from dateline.outbox import services as outbox
from dateline.project import schedule
from dateline.search.queries import EngineAway
from dateline.stories.queries import searching
from dateline.stories.services import indexing, publishing
from dateline.stories.services.kills import kill_story
from dateline.web import handlers
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.people import a_reader
from tests.factories.web import NOON, Reader, every, one

pytestmark = pytest.mark.django_db
HOST = "musashi.localhost"
ORIGIN = f"http://{HOST}"
PUBLIC = "http://musashi.localhost:8000"
ANA = "ana@example.test"
DAY = timedelta(days=1)
FORM = {"q": "ferry", "pace": "daily", "zone": "Asia/Tokyo", "address": ANA}
BAD = [({"pace": "hourly"}, 422), ({"zone": "Mars/Phobos"}, 422), ({"q": "…"}, 422),
       ({"address": "nobody"}, 422), ({"address": "a\0@b.test"}, 422), ({"pace": ""}, 422)]  # fmt: skip


class Clock:
    at = NOON

    def __call__(self):
        return self.at


@pytest.fixture(autouse=True)
def noon(monkeypatch, settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    stands = Clock()
    monkeypatch.setattr(clock, "now", stands)
    return stands


@pytest.fixture(autouse=True)
def masthead():
    return a_masthead()


def post(path, data=(), *, origin=ORIGIN, ip="203.0.113.7"):
    given = {"host": HOST, **({"origin": origin} if origin else {})}
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=ip).post(path, dict(data), headers=given)


def deliver():
    while outbox.deliver_due():
        pass


def ask(**changes):
    return post("/search/mail", {**FORM, **changes})


def link_in_mail():
    deliver()
    return re.search(rf"{PUBLIC}(/search/mail/yes/\S+)", mail.outbox[-1].body)[1]


def saved(**changes):
    """A search that its reader has confirmed."""
    assert ask(**changes).status_code == 200
    assert post(link_in_mail()).status_code == 200
    return models.SavedSearch.objects.exclude(due_at=None).latest("pk")


def found(headline="A ferry sinks", *, at, **changes):
    """A story that the search finds, published at `at`."""
    story = a_story(headline, at=at, **changes)
    indexing.index_stories([story.pk])
    return story


def tomorrow(noon, days=1):
    """The next morning, after what is due was done."""
    noon.at += DAY * days
    search_digests.gather(at=noon.at)


def letter():
    """The one mail that is on its way, as its reader will see it."""
    mailing = Mailing.objects.exclude(state=MailingState.STOPPED.value).latest("pk")
    return MailingCopy.objects.get(mailing=mailing).segments


def texts():
    return bytes(letter()).decode(errors="replace")


def test_the_page_of_results_leads_to_a_form_that_holds_the_search_and_sets_no_cookie():
    found(at=NOON)
    page = Reader(HOST).page("/search?q=ferry&kind=article")
    link = next(a for a in page.cssselect(".section-feed a") if "mail" in a.get("href"))

    answer = Reader(HOST).get(link.get("href"))
    form = html.document_fromstring(answer.content)

    assert link.text == "Get new results by mail"
    assert answer.cookies == {}
    assert every(form, ".search-saved dd") == ["ferry · Article"]
    assert {i.get("name"): i.get("value") for i in form.cssselect("main input[type=hidden]")} == {
        "q": "ferry", "kind": "article"
    }  # fmt: skip
    assert form.cssselect("#search-zone option[selected]")[0].text == "Asia/Tokyo"


def test_without_a_search_there_is_nothing_to_ask_for():
    page = Reader(HOST).page("/search/mail")

    assert page.cssselect("main form") == []
    assert page.cssselect('main a[href="/search"]')


def test_nothing_is_kept_of_a_robot_or_of_a_form_from_elsewhere():
    assert ask(website="x").status_code == 200
    assert post("/search/mail", FORM, origin="https://elsewhere.example").status_code == 403
    assert models.SavedSearch.objects.count() == 0


@pytest.mark.parametrize(("changes", "status"), BAD)
def test_what_is_wrong_is_said_above_the_form(changes, status):
    answer = ask(**changes)

    assert answer.status_code == status
    assert one(html.document_fromstring(answer.content), ".letters-problem")
    assert models.SavedSearch.objects.count() == 0


def test_too_many_from_one_place_are_told_so_and_for_one_address_nobody_is():
    statuses = [ask(q=f"ferry {n}").status_code for n in range(22)]

    assert statuses == [*([200] * 20), 429, 429]
    assert models.SavedSearch.objects.count() == 4


def test_its_owner_confirms_before_anything_is_sent(noon):
    ask()
    link = link_in_mail()
    row = models.SavedSearch.objects.get()
    assert "ferry (each day)" in mail.outbox[-1].body
    assert "Yes, send them to me" in Reader(HOST).get(link).content.decode()
    row.refresh_from_db()
    assert row.due_at is None

    done = post(link)
    post(link)  # safe twice

    row.refresh_from_db()
    assert "Done: new results come by mail" in done.content.decode()
    assert (row.confirmed_at, row.pace, row.time_zone) == (NOON, "daily", "Asia/Tokyo")
    acts = list(letters.Consent.objects.order_by("pk").values_list("act", flat=True))
    assert acts[:2] == ["asked", "confirmed"]


def test_a_link_that_is_old_or_of_another_or_forgotten_is_void(noon):
    ask()
    link = link_in_mail()
    assert post("/search/mail/yes/nonsense/").status_code == 410
    noon.at += DAY * 8
    assert post(link).status_code == 410
    noon.at -= DAY * 8
    letters.Subscriber.objects.all().delete()
    assert Reader(HOST).get(link).status_code == 410
    models.SavedSearch.objects.update(address="")
    assert Reader(HOST).get(link).status_code == 410


def test_a_reader_has_so_many_and_is_told_what_to_do():
    ask()
    link, row = link_in_mail(), models.SavedSearch.objects.get()
    for number in range(MOST_SAVED):
        models.SavedSearch.objects.create(
            masthead=row.masthead, person=row.person, key=str(number), asked_at=NOON,
            confirmed_at=NOON, due_at=NOON + DAY, pace="daily", time_zone="UTC",
        )  # fmt: skip

    answer = post(link)
    page = html.document_fromstring(answer.content)

    assert answer.status_code == 409
    assert "20 searches by mail already" in one(page, ".letters-problem")
    assert page.cssselect('main a[href^="/search/mail/choose/"]')


def test_what_is_new_comes_once_and_nothing_comes_where_nothing_is_new(noon):
    found("An old ferry", at=NOON - DAY)
    row = saved()
    tomorrow(noon)
    assert Mailing.objects.count() == 0

    found("A ferry sinks", at=noon.at)
    found("A bus stops", at=noon.at, body=[("text", "<p>It rained.</p>")], standfirst="")
    tomorrow(noon)
    told = texts()
    assert "A ferry sinks" in told
    assert "An old ferry" not in told
    assert "A bus stops" not in told
    assert Entry.objects.get().address == ANA

    tomorrow(noon)
    tomorrow(noon)
    assert Mailing.objects.count() == 1
    row.refresh_from_db()
    assert row.looked_at == noon.at


def test_a_mail_has_both_parts_its_ways_out_and_its_own_name(noon):
    row = saved()
    story = found("⟦Ferry⟧ sinks", at=noon.at + timedelta(hours=1))
    tomorrow(noon)
    told = texts()

    assert "text/plain" in told
    assert "text/html" in told
    assert f"List-Id: <search-{row.pk}.alerts.{HOST}>" in told
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in told
    assert "[Ferry] sinks" in told
    assert str(story.pk) in told


@pytest.mark.parametrize("way", ["killed", "withdrawn", "embargoed", "licence"])
def test_what_may_not_be_shown_is_never_told(noon, way):
    saved()
    story = found("CANARY ferry", at=noon.at + timedelta(hours=1))
    close(story, way, noon)

    tomorrow(noon)

    assert Mailing.objects.count() == 0
    assert models.SearchHit.objects.count() == 0


def close(story, way, noon):
    """Let the gate close for a story, while the index says what it said before."""
    if way == "killed":
        kill_story(story.pk, reason="Wrong.", by="Kei", at=noon.at)
    elif way == "withdrawn":
        publishing.withdraw_story(story.pk, reason="Wrong.", by="Kei", at=noon.at)
    else:
        changes = {"embargo_until": noon.at + DAY * 9, "licensed_uses": ["web"]}
        name = "embargo_until" if way == "embargoed" else "licensed_uses"
        type(story).objects.filter(pk=story.pk).update(**{name: changes[name]})


def test_a_kill_takes_a_story_out_of_a_mail_that_has_not_left(noon):
    saved()
    story = found("CANARY ferry", at=noon.at + timedelta(hours=1))
    found("A ferry sinks", at=noon.at + timedelta(hours=2))
    tomorrow(noon)
    assert "CANARY" in texts()

    kill_story(story.pk, reason="Wrong.", by="Kei", at=noon.at)
    deliver()

    assert "CANARY" not in texts()
    assert "A ferry sinks" in texts()


def test_a_kill_stops_a_mail_in_which_nothing_is_left(noon):
    saved()
    story = found("CANARY ferry", at=noon.at + timedelta(hours=1))
    tomorrow(noon)

    kill_story(story.pk, reason="Wrong.", by="Kei", at=noon.at)
    deliver()

    assert Mailing.objects.get().state == MailingState.STOPPED.value


def test_a_kill_between_freezing_and_leaving_stops_it(noon, monkeypatch):
    saved()
    story = found("CANARY ferry", at=noon.at + timedelta(hours=1))
    freeze = search_digests.freeze_once

    def freeze_and_kill(*args, **options):
        number = freeze(*args, **options)
        kill_story(story.pk, reason="Wrong.", by="Kei", at=noon.at)
        return number

    monkeypatch.setattr(search_digests, "freeze_once", freeze_and_kill)
    tomorrow(noon)

    assert Mailing.objects.get().state == MailingState.STOPPED.value


def test_a_digest_that_was_written_down_goes_out_with_the_next_run_and_only_once(noon, monkeypatch):
    saved()
    found(at=noon.at + timedelta(hours=1))
    freeze = search_digests.freeze_once
    monkeypatch.setattr(search_digests, "freeze_once", lambda *_, **__: None)  # another has it
    tomorrow(noon)
    assert Mailing.objects.count() == 0
    monkeypatch.setattr(search_digests, "freeze_once", freeze)

    search_digests.gather(at=noon.at)
    digest = models.SearchDigest.objects.get()
    search_digests._let_go(digest.pk, digest.mailing_id, at=noon.at)
    search_digests.gather(at=noon.at)

    assert Entry.objects.count() == 1


def test_two_workers_write_one_digest(noon):
    row = saved()
    story = found(at=noon.at + timedelta(hours=1))
    noon.at += DAY
    for _ in range(2):
        search_digests._write_down(row, [story.pk], at=noon.at)

    assert models.SearchDigest.objects.count() == 1


def test_it_waits_while_search_does_not_answer(noon, monkeypatch):
    saved()
    found(at=noon.at + timedelta(hours=1))

    def away(*_, **__):
        raise EngineAway("gone")

    with monkeypatch.context() as patched:
        patched.setattr(searching, "find", away)
        tomorrow(noon)
        assert Mailing.objects.count() == 0
    search_digests.gather(at=noon.at)

    assert Mailing.objects.count() == 1


def test_many_are_named_in_part_and_counted_whole(noon):
    saved()
    for number in range(MOST_LISTED + 3):
        found(f"Ferry {number}", at=noon.at + timedelta(minutes=number))
    tomorrow(noon)

    assert "And 3 more" in texts()
    assert models.SearchHit.objects.filter(listed=True).count() == MOST_LISTED
    tomorrow(noon)
    assert Mailing.objects.count() == 1  # those that were counted are told too


def test_one_click_ends_this_search_alone(noon):
    row, other = saved(), saved(q="night ferry")
    found("A night ferry sinks", at=noon.at + timedelta(hours=1))
    tomorrow(noon)
    mailing = models.SearchDigest.objects.get(saved=row).mailing
    token = links.token_for("newsletters.out", row.person, mailing.pk)

    answer = post(f"/newsletters/out/{token}/", {"List-Unsubscribe": "One-Click"}, origin="")
    deliver()

    row.refresh_from_db()
    other.refresh_from_db()
    assert answer.status_code == 200
    assert (row.due_at, other.due_at is None) == (None, False)
    assert is_withheld(ANA, f"alerts:search:{row.pk}")
    models.SearchDigest.objects.filter(saved=row).update(closed_at=None)
    search_digests.gather(at=noon.at)  # what was written down before it ended
    assert models.SearchDigest.objects.filter(closed_at=None).count() == 0


def test_who_comes_back_gets_it_again(noon):
    row = saved()
    saved_searches.choose(row.person, {row.pk: "off"}, "", at=noon.at)
    assert is_withheld(ANA, f"alerts:search:{row.pk}")

    again = saved(pace="weekly")
    assert (again.pk, again.pace) == (row.pk, "weekly")
    assert not is_withheld(ANA, f"alerts:search:{row.pk}")


def test_an_address_that_takes_no_mail_ends_all_of_them(noon):
    row = saved()
    suppression.suppress(ANA, scope="", reason=Reason.BOUNCE, source="test", at=noon.at)
    deliver()
    row.refresh_from_db()
    count = len(mail.outbox)
    assert row.due_at is None

    ask(q="bus")
    deliver()

    assert len(mail.outbox) == count


def test_the_centre_shows_them_and_keeps_what_is_chosen(noon):
    row = saved()
    address = f"/search/mail/choose/{choose_token_of(row.person)}/"
    page = Reader(HOST).page(address)
    assert every(page, ".search-mine label") == ["ferry"]
    centre = Reader(HOST).page(f"/newsletters/choose/{choose_token_of(row.person)}/")
    assert centre.cssselect('main a[href^="/search/mail/choose/"]')

    done = post(
        address, {f"pace_{row.pk}": "weekly", "zone": "UTC", "pace_x": "off", "pace_99": "off"}
    )
    row.refresh_from_db()
    assert done.status_code == 200
    assert (row.pace, row.time_zone) == ("weekly", "UTC")
    assert post(address, {f"pace_{row.pk}": "hourly"}).status_code == 422

    post(address, {f"pace_{row.pk}": "off", "zone": "nowhere"})
    assert searches.mine(row.person) == []
    assert "You get no search by mail" in Reader(HOST).get(address).content.decode()
    assert Reader(HOST).get("/search/mail/choose/nonsense/").status_code == 410


def test_it_follows_an_address_that_moves(noon):
    row = saved()
    letters.Subscriber.objects.filter(pk=row.person).update(address="new@example.test")

    handlers.follow_move(SubscriberMoved(subscriber_id=row.person, at=noon.at))

    row.refresh_from_db()
    assert (row.address, row.key_address) == ("new@example.test", "new@example.test")


def test_an_account_takes_a_copy_of_them_and_its_end_is_theirs():
    saved()
    reader = a_reader(email=ANA)

    assert [one["label"] for one in own_data.copy_of_alerts(str(reader.pk))["searches"]] == [
        "ferry"
    ]
    assert own_data.forget_alerts(str(reader.pk), "")["searches"] == 1
    assert models.SavedSearch.objects.count() == 0


def test_what_was_never_confirmed_is_forgotten(noon):
    kept = saved()
    ask(q="bus", address="bo@example.test")
    deliver()
    noon.at += DAY * 31

    schedule.forget_asked()
    schedule.mail_searches()

    assert list(models.SavedSearch.objects.values_list("pk", flat=True)) == [kept.pk]
    assert letters.Subscriber.objects.filter(pk=kept.person).exists()


def test_a_mail_for_a_search_that_is_forgotten_meanwhile_is_not_written():
    ask()
    models.SavedSearch.objects.all().delete()
    deliver()
    assert mail.outbox == []


def test_the_japanese_edition_asks_in_japanese():
    a_masthead("miyako", language="ja")
    page = Reader("miyako.localhost").page("/search/mail?q=%E9%9B%A8")

    assert one(page, "h1") == "新しい検索結果をメールで"


def test_who_asks_again_for_what_they_have_changes_nothing():
    row = saved()
    ask(pace="weekly", zone="UTC")
    row.refresh_from_db()

    assert (row.pace, row.time_zone) == ("daily", "Asia/Tokyo")
    assert str(row) == f"saved search {row.pk}"


def test_a_digest_counts_so_many_and_no_more(noon, monkeypatch):
    monkeypatch.setattr(search_digests, "MOST_TOLD", searching.PAGE)
    saved()
    for number in range(searching.PAGE + 1):
        found(f"Ferry {number}", at=noon.at + timedelta(minutes=number))
    tomorrow(noon)
    digest, hit = models.SearchDigest.objects.get(), models.SearchHit.objects.first()

    assert digest.total == searching.PAGE
    assert str(digest) == f"search digest {digest.pk}"
    assert str(hit) == f"saved search {hit.saved_id}, story {hit.story_id}"
