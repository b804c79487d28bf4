"""The alarm of the network: one switch, every title, two languages, and back."""

import gzip
import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dateline import clock
from dateline.fronts import handlers, models, queries, services, wagtail_hooks
from dateline.fronts.domain.alarm import MOST_LINKS, Level, Told, links, paragraphs, problems
from dateline.fronts.domain.errors import AlarmRefused, NotYours
from dateline.fronts.domain.words import ENGLISH, JAPANESE, words_for
from dateline.fronts.events import AlarmChanged
from dateline.mastheads.models import Masthead
from dateline.mastheads.queries import by_slug
from dateline.mastheads.services import save_masthead
from dateline.outbox.models import FactRecord
from dateline.web import pages
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.people import a_reader
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, path_of, shelve, words_of
from tests.factories.web import links as addresses
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db
QUAKE = Told(
    "Earthquake off Minasato. Go uphill now.", "水里沖で地震。すぐ高台へ。",
    "Weather agency https://weather.example/en", "気象台 https://weather.example/",
)  # fmt: skip


@pytest.fixture
def musashi(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return a_masthead()


@pytest.fixture
def ana():
    yield client_for(an_editor())
    cache.clear()


def switch(level, told=QUAKE, **fields):
    return services.switch(level, told, **{"by": None, "at": NOON, **fields})


def test_a_banner_stands_above_every_page_in_its_language(musashi):
    a_masthead("musashi-ja", language="ja", edition_of=musashi)
    a_story(at=NOON)
    switch(Level.BANNER)

    page = Reader().page("/")
    assert every(page, ".alarm strong") == ["Earthquake off Minasato. Go uphill now."]
    assert "https://weather.example/en" in addresses(page)
    assert page.cssselect("header.top")
    assert page.cssselect(".card")
    twin = Reader(host="musashi-ja.localhost").page("/about/")
    assert every(twin, ".alarm strong") == ["水里沖で地震。すぐ高台へ。"]
    assert every(Reader().page("/lite/"), ".alarm strong")
    assert every(Reader().page("/nowhere/", 404), ".alarm strong")


def test_in_an_emergency_every_page_is_one_request_of_ten_thousand_bytes(musashi):
    picture = a_picture("bay")
    shelve([f"Something that readers must know, number {n}" for n in range(60)])
    story = a_story("Ferry returns", at=NOON, lead_picture=picture)
    switch(Level.EMERGENCY)

    for address in ("/", "/world/", "/world/?page=2", path_of(story), "/about/", "/newsletters/"):
        answer = Reader().get(address)
        page = Reader().page(address)
        assert every(page, ".alarm strong"), address
        assert page.xpath("//link[@rel='stylesheet'] | //script[@src] | //svg") == [], address
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "img-src data:;" in answer["Content-Security-Policy"]
        assert len(answer.content) <= 10_000, (address, len(answer.content))
        assert len(gzip.compress(answer.content)) <= 5_000


def test_in_an_emergency_addresses_stay_what_they_are(musashi):
    story = a_story("Ferry returns", at=NOON)
    switch(Level.EMERGENCY)

    front = Reader().page("/")
    assert path_of(story) in addresses(front)
    assert not any("/lite/" in address for address in addresses(front))
    Reader().page("/world/?page=9", 404)
    Reader().page("/world/?page=x", 404)
    Reader().page("/nowhere/", 404)


def test_nothing_of_trending_or_offers_is_asked_for(musashi):
    a_story(at=NOON)
    switch(Level.EMERGENCY)
    kept = Kept()

    note = kept.keep("musashi.localhost", "/").note

    assert not any(tag.startswith(("tr:", "o:")) for tag in (*note.hard, *note.soft))


def test_a_page_that_was_kept_is_made_again_at_the_switch_and_at_its_end(musashi):
    kept = Kept()
    for level, number in ((Level.EMERGENCY, 1), (Level.OFF, 2)):
        before = kept.keep("musashi.localhost", "/")
        switch(level)
        handlers.show(AlarmChanged(alarm_id=number, level=level, by="", at=NOON))
        assert kept.verdict(before).name == "EXPIRED"
        assert not kept.fill("musashi.localhost", "/").same_as(before)


def test_without_an_alarm_nobody_asks(musashi):
    site = Reader().get("/").wsgi_request.masthead
    with CaptureQueriesContext(connection) as asked:
        assert queries.pinned(site) is None
        assert not queries.is_emergency(site)
    assert len(asked) == 0


def test_it_ends_as_it_was_and_keeps_what_was_said(musashi):
    before = Reader().get("/world/").content
    switch(Level.EMERGENCY)
    switch(Level.OFF, Told())

    assert Reader().get("/world/").content == before
    assert queries.standing().told == QUAKE
    facts = FactRecord.objects.filter(name="alarm.changed").order_by("pk")
    assert [fact.payload["level"] for fact in facts] == [2, 0]


def test_a_title_that_comes_or_changes_during_an_emergency_is_in_it(musashi):
    switch(Level.EMERGENCY)
    stale = Masthead.objects.get(pk=musashi.pk)
    stale.alarm = 0

    save_masthead(stale, by="test")
    a_masthead("kinako")

    assert set(Masthead.objects.values_list("alarm", flat=True)) == {2}


def test_a_row_that_was_removed_by_hand_breaks_no_page(musashi):
    switch(Level.BANNER)
    models.Alarm.objects.all().delete()

    assert Reader().page("/").cssselect(".alarm") == []


def test_an_error_asks_the_database_nothing(musashi, django_assert_num_queries):
    request = Reader().get("/").wsgi_request
    switch(Level.BANNER)
    request.masthead = by_slug("musashi")
    with django_assert_num_queries(0):
        answer = pages.server_error(request)
    assert answer.status_code == 500


def test_only_who_may_raises_it(musashi):
    stranger = a_reader("ken@example.test")

    with pytest.raises(NotYours):
        switch(Level.BANNER, by=stranger.pk)
    assert not models.Alarm.objects.exists()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"english": ""}, {"english": "no_text"}),
        ({"japanese": " "}, {"japanese": "no_text"}),
        ({"english": "a" * 601}, {"english": "long_text"}),
        ({"links_english": "no address"}, {"links_english": "bad_links"}),
        ({"links_japanese": "気象台 javascript:alert(1)"}, {"links_japanese": "bad_links"}),
        ({"links_english": "x https://[bad/"}, {"links_english": "bad_links"}),
        ({"links_english": "x https://a.example\n" * 7}, {"links_english": "bad_links"}),
    ],
)
def test_a_notice_that_helps_nobody_is_refused(musashi, change, found):
    told = Told(**{**{n: getattr(QUAKE, n) for n in QUAKE.__slots__}, **change})

    with pytest.raises(AlarmRefused) as refused:
        switch(Level.EMERGENCY, told)

    assert refused.value.problems == found
    assert problems(Level.OFF, told) == {}


@given(st.text())
def test_only_web_addresses_become_links(text):
    found = links(text)

    assert len(found) <= MOST_LINKS
    assert all(link.address.lower().startswith("http") for link in found)
    assert all(part == part.strip() != "" for part in paragraphs(text))


def test_a_language_that_says_nothing_hears_the_other():
    assert Told(english="Go uphill.").in_language("ja") == ("Go uphill.", "")
    assert QUAKE.in_language("ja-JP")[0] == QUAKE.japanese
    assert links("https://weather.example/")[0].words == "https://weather.example/"


# The desk


def sent(level, **changes):
    return {
        "level": level, "expected": 0,
        **{name: getattr(QUAKE, name) for name in QUAKE.__slots__}, **changes,
    }  # fmt: skip


def test_it_takes_a_second_press(ana, musashi):
    ana.get("/emergency/")
    first = ana.post("/emergency/", sent(2)).content.decode()

    assert ENGLISH["do_2"] in first
    assert not models.Alarm.objects.exists()
    second = ana.post("/emergency/", sent(2, sure="yes"), follow=True).content.decode()
    assert ENGLISH["was_done"] in second
    assert ENGLISH["level_2"] in second
    row = models.Alarm.objects.get()
    assert (row.level, row.by.email, str(row)) == (
        2,
        "ana@dateline.example",
        f"Alarm {row.pk}, emergency",
    )


def test_one_may_think_again(ana, musashi):
    again = ana.post("/emergency/", sent(2, back="yes")).content.decode()

    assert ENGLISH["next"] in again
    assert QUAKE.english in again
    assert not models.Alarm.objects.exists()


def test_what_is_wrong_stands_at_its_field(ana, musashi):
    first = ana.post("/emergency/", sent(2, english=""))
    straight = ana.post("/emergency/", sent(2, english="", sure="yes"))
    nothing = ana.post("/emergency/", {"sure": "yes"})

    assert ENGLISH["no_text"] in first.content.decode()
    assert {first.status_code, straight.status_code, nothing.status_code} == {422}
    assert not models.Alarm.objects.exists()


def test_two_who_decide_at_once_do_not_undo_each_other(ana, musashi):
    switch(Level.EMERGENCY)

    answer = ana.post("/emergency/", sent(0, sure="yes"))

    assert ENGLISH["stale"] in answer.content.decode()
    assert queries.standing().level is Level.EMERGENCY


def test_who_may_not_sees_no_door(musashi):
    own = client_for(a_reader("ken@example.test"))

    assert own.get("/emergency/").status_code in {302, 403}


def test_a_group_can_be_given_it(musashi):
    (permission,) = wagtail_hooks.alarm_permission()

    assert f"fronts.{permission.codename}" == queries.RAISE


# The operator


def run(*arguments):
    out = StringIO()
    call_command("emergency", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_operator_switches_and_asks(musashi):
    assert run("status") == {"level": "off", "since": None, "english": "", "japanese": ""}

    told = run(
        "on",
        "--english",
        "Go uphill.",
        "--japanese",
        "高台へ。",
        "--link-english",
        "Map https://map.example/",
    )
    assert (told["level"], told["english"]) == ("emergency", "Go uphill.")
    assert "https://map.example/" in addresses(Reader().page("/"))
    assert run("banner")["english"] == "Go uphill."
    assert run("off")["level"] == "off"
    assert words_of(Reader().page("/")).count("Go uphill") == 0


def test_the_operator_is_told_what_is_missing(musashi):
    with pytest.raises(CommandError, match="--english: Write the notice") as refused:
        run("on")
    assert refused.value.returncode == 2


def test_both_languages_have_the_same_words():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert words_for("ja") is JAPANESE
