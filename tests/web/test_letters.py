"""Readers' pages about newsletters: sign up, confirm, leave, choose; nothing tells who is on a list."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from dateline import clock
from dateline.mail import models as mail_models
from dateline.mail.domain.states import Reason
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression
from dateline.mastheads.models import Masthead
from dateline.newsletters import models
from dateline.newsletters.domain.links import OUT, scope_of
from dateline.newsletters.queries.holders import choose_token, out_token
from dateline.newsletters.queries.subscribers import known
from dateline.outbox import services as outbox
from tests.factories.newsletters import a_confirm_token, a_list, a_subscriber
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.people import Browser, a_reader
from tests.factories.web import Reader, every, one, path_of

pytestmark = pytest.mark.django_db
HOST = "musashi.localhost"
ORIGIN = f"http://{HOST}"
ADDRESSES = ("ana@example.test", "new@example.test", "complained@example.test")


def post(path, data, *, origin=ORIGIN, ip="203.0.113.7", csrf=True, **headers):
    """What a form of a page sends; Django's own check of tokens is on."""
    client = Client(enforce_csrf_checks=csrf, REMOTE_ADDR=ip)
    given = {"host": HOST, **({"origin": origin} if origin else {}), **headers}
    return client.post(path, data, headers=given)


def sign_up(address="new@example.test", lists=("morning",), **more):
    data = {"address": address, "list": list(lists), **more.pop("data", {})}
    return post("/newsletters/sign-up", data, **more)


def deliver():
    while outbox.deliver_due():
        pass


def text_of(answer):
    return re.sub(r"\S+@example\.test", "ADDRESS", answer.content.decode())


@pytest.fixture
def masthead():
    return a_masthead()


@pytest.fixture
def morning(masthead):
    return a_list(masthead)


@pytest.fixture
def ana(morning):
    who = a_subscriber(morning)
    deliver()
    mail.outbox.clear()
    return who


def test_the_page_shows_every_list_with_its_sentence_and_rhythm(morning):
    a_list(None, "network", name="Network Weekly", about="Once a week.", rhythm="Sundays")
    a_list(None, "ja", name="Japanese", language="ja")
    page = Reader().page("/newsletters/")

    assert every(page, ".letters-form .letters-name") == ["Musashi Morning", "Network Weekly"]
    assert every(page, ".letters-rhythm") == ["Weekdays at 7", "Sundays · From the whole network"]
    assert len(page.cssselect("input[name=list][checked]")) == 1
    assert page.cssselect("aside.letter") == []
    archives = [a.get("href") for a in page.cssselect(".letters-archive a")]
    assert archives == ["/newsletters/morning/", "/newsletters/network/"]


def test_without_a_list_there_are_feeds(masthead):
    page = Reader().page("/newsletters/")

    assert page.cssselect(".letters-form") == []
    assert page.cssselect(".feeds a")


def test_the_box_stands_on_fronts_sections_and_stories_and_holds_no_token(morning):
    story = a_story("First")
    for path in ("/", "/world/", path_of(story)):
        page = Reader().page(path)
        assert one(page, "aside.letter h2") == "Musashi Morning"
        fields = [field.get("name") for field in page.cssselect("aside.letter [name]")]
        assert fields == ["list", "address", "website"]


def test_where_there_is_no_list_the_box_is_a_door(masthead):
    page = Reader().page("/")

    assert page.cssselect("aside.letter form") == []
    assert page.cssselect("aside.letter a[href='/newsletters/']")


def test_the_page_says_the_same_of_every_address(morning, ana):
    suppression.suppress(
        ADDRESSES[2], scope="", reason=Reason.COMPLAINT, source="test", at=clock.now()
    )
    answers = [sign_up(address) for address in ADDRESSES]

    assert {answer.status_code for answer in answers} == {200}
    assert len({text_of(answer) for answer in answers}) == 1
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answers[0].headers
    deliver()
    assert [letter.to[0] for letter in mail.outbox] == ["ana@example.test", "new@example.test"]


@pytest.mark.parametrize(
    ("more", "status", "word"),
    [
        ({"origin": "http://evil.test"}, 403, "another site"),
        ({"origin": "null"}, 403, "another site"),
        ({"origin": None, "sec-fetch-site": "cross-site"}, 403, "another site"),
        ({"lists": ()}, 422, "at least one"),
        ({"lists": ("gone",)}, 422, "takes nobody"),
        ({"address": "no address"}, 422, "no address we can write to"),
    ],
    ids=["another site", "a frame", "no origin", "nothing ticked", "gone", "no address"],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(morning, more, status, word):
    answer = sign_up(**more)
    html = answer.content.decode()

    assert answer.status_code == status
    assert word in html
    assert f'value="{more.get("address", "new@example.test")}"' in html
    assert models.Subscriber.objects.count() == 0


def test_a_browser_that_names_no_origin_is_let_in(morning):
    assert sign_up(origin=None).status_code == 200
    assert models.Subscriber.objects.count() == 1


def test_a_program_that_fills_in_every_field_is_thanked_and_ignored(morning):
    assert sign_up(data={"website": "http://spam.test"}).status_code == 200
    assert models.Subscriber.objects.count() == 0


def test_one_place_may_ask_twenty_times_an_hour(morning):
    answers = [sign_up(f"r{n}@example.test").status_code for n in range(21)]

    assert answers == [200] * 20 + [429]
    assert sign_up("other@example.test", ip="203.0.113.8").status_code == 200


def test_one_address_is_written_to_four_times_an_hour_and_nobody_is_told(morning):
    answers = [sign_up(ip=f"203.0.113.{n}") for n in range(6)]
    deliver()

    assert len({text_of(answer) for answer in answers}) == 1
    assert len(mail.outbox) == 4


def test_to_look_at_the_link_of_a_mail_changes_nothing_and_its_button_does(morning):
    who = a_subscriber(address="new@example.test")
    path = f"/newsletters/confirm/{a_confirm_token(who, morning)}/"
    for _ in range(3):
        page = Reader().page(path)
        assert one(page, "h1") == "Confirm your newsletters"
    assert known(who.pk).on == frozenset()

    answer = post(path, {}, origin="null")
    assert "You are on the list" in answer.content.decode()
    assert known(who.pk).on == {morning.pk}


@pytest.mark.parametrize("verb", ["confirm", "out", "choose", "move"])
def test_a_link_that_is_none_of_ours_is_gone(morning, verb):
    path = f"/newsletters/{verb}/1-2-forged/"

    assert Reader().get(path).status_code == 410
    assert post(path, {"verb": "save"}).status_code == 410


def test_a_mail_programs_post_acts_at_once_without_token_or_session(morning, ana):
    path = f"/newsletters/out/{out_token(ana, morning.pk)}/"
    assert Reader().get(path).status_code == 200
    assert known(ana.pk).on == {morning.pk}
    answer = post(path, {"List-Unsubscribe": "One-Click"}, origin=None)

    assert (answer.status_code, known(ana.pk).on) == (200, frozenset())
    assert is_withheld(ana.address, scope_of(morning.pk))
    assert "Set-Cookie" not in answer.headers


def test_within_three_minutes_of_the_mail_the_button_asks_once_more(morning, ana, monkeypatch):
    row = mail_models.Mailing.objects.create(
        subject_key="x", scope=scope_of(morning.pk), envelope_from="b@x.test",
        created_at=clock.now(), touched_at=clock.now(),
    )  # fmt: skip
    mail_models.Entry.objects.create(
        mailing=row, number=1, address=ana.address, key=ana.key, person=ana.pk, copy=0,
        settled_at=clock.now(),
    )  # fmt: skip
    path = f"/newsletters/out/{links.token_for(OUT, ana.pk, row.pk)}/"
    assert b"Some mail programs press every button" in post(path, {}).content
    assert known(ana.pk).on == {morning.pk}
    assert b"you get no more of it" in post(path, {"sure": "yes"}).content
    assert known(ana.pk).on == frozenset()

    later = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert b"press every button" not in Reader().get(path).content


def test_an_alerts_way_out_stops_that_alert(ana):
    row = mail_models.Mailing.objects.create(
        subject_key="x",
        scope="alerts:story:7",
        envelope_from="b@x.test",
        created_at=clock.now(),
        touched_at=clock.now(),
    )
    path = f"/newsletters/out/{links.token_for(OUT, ana.pk, row.pk)}/"
    assert one(Reader().page(path), "h1") == "Stop this mail"
    post(path, {})

    assert is_withheld(ana.address, "alerts:story:7")


def test_the_preference_centre_saves_leaves_and_undoes(morning, ana):
    evening = a_list(None, "evening", name="Evening")
    path = f"/newsletters/choose/{choose_token(ana)}/"
    page = Reader().page(path)
    ticked = [box.get("value") for box in page.cssselect("input[name=list][checked]")]
    assert ticked == ["morning"]

    saved = post(path, {
        "verb": "save", "list": "evening", "shown": ["morning", "evening"],
        "name": "Ana <b>", "language": "ja", "time_zone": "Europe/Lisbon",
    })  # fmt: skip
    assert b"Saved." in saved.content
    assert b'value="Ana &lt;b&gt;"' in saved.content
    assert known(ana.pk).on == {evening.pk}

    left = post(path, {"verb": "leave"})
    assert known(ana.pk).on == frozenset()
    undo = re.search(r'name="undo" value="([^"]+)"', left.content.decode())[1]
    assert b"You are back: Evening." in post(path, {"verb": "undo", "undo": undo}).content
    assert known(ana.pk).on == {evening.pk}
    assert b"You are back" not in post(path, {"verb": "undo", "undo": undo}).content
    assert post(path, {"verb": "undo", "undo": "forged"}).status_code == 410
    assert post(path, {"verb": "dance"}).status_code == 200


def test_another_address_is_asked_for_at_both(morning, ana):
    path = f"/newsletters/choose/{choose_token(ana)}/"
    assert post(path, {"verb": "move", "address": "no"}).status_code == 422
    same = post(path, {"verb": "move", "address": ana.address})
    assert (same.status_code, b"we write to now" in same.content) == (422, True)
    assert b"both addresses" in post(path, {"verb": "move", "address": "b@example.test"}).content
    deliver()
    paths = [re.search(r"(/newsletters/move/[^/]+/)", letter.body)[1] for letter in mail.outbox]

    assert b"are to come to b@example.test" in Reader().get(paths[0]).content
    assert b"We wait for the other" in post(paths[0], {}).content
    assert b"Letters come to b@example.test" in post(paths[1], {}).content
    assert known(ana.pk).address == "b@example.test"


def test_what_is_about_one_reader_is_kept_by_nobody_and_found_by_nobody(morning, ana):
    answer = Reader().get(f"/newsletters/choose/{choose_token(ana)}/")

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert b'name="robots" content="noindex"' in answer.content


def test_an_account_leads_to_the_choices_of_its_address(morning):
    a_reader()
    browser = Browser().sign_in(HOST).go(f"{HOST}/account/")
    assert browser.says("Choose what comes to rieko@example.test.")
    browser.send(action="/account/newsletters/")

    assert browser.title == "What we send you"
    assert browser.says("Letters to rieko@example.test.")


def test_who_is_signed_out_meanwhile_or_has_not_confirmed_is_sent_elsewhere(morning):
    answer = post("/account/newsletters/", {}, csrf=False)
    assert answer.headers["Location"] == "/account/enter/?next=/account/"

    a_reader()
    browser = Browser().sign_in(HOST).go(f"{HOST}/account/")
    EmailAddress.objects.update(verified=False)
    browser.send(action="/account/newsletters/")
    assert browser.path == f"{HOST}/newsletters/"


def test_pages_of_a_japanese_title_are_in_japanese(morning):
    models.Newsletter.objects.update(language="ja")
    Masthead.objects.update(language="ja")
    page = Reader().page("/newsletters/")

    assert one(page, "h1") == "ニュースレター"
    assert "メールをご確認ください" in sign_up().content.decode()
