"""Nothing that anybody sends runs in Chromium: on the site, the desk, in letters and in feeds.

The policy that would stop it (Content-Security-Policy) is switched off: cleaning and escaping hold
alone. Every page is also searched for what could act if somebody touched it, and touched.
"""

import os
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from dateline import markup
from dateline.accounts.domain.ways import safe_path
from dateline.accounts.signing_in import AccountAdapter
from dateline.demo import adapters, queries
from dateline.discussion.domain import text as typing
from dateline.discussion.domain.notices import Given, NoticeRefused
from dateline.discussion.services import notices
from tests import database
from tests.hostile import corpus, world
from tests.hostile.watch import ARGUMENTS, Place, Watch

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FEWEST = 20  # items of a feed, so that it is one
LISTS = ["own", *(pytest.param(name, marks=pytest.mark.samples) for name in corpus.KNOWN)]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no browser at {CHROMIUM}"),
]

SITE = Place(".comment-text, .comment-quote, .prose, .own-text, .lead-caption", ours=(".scroll",))
DESK = Place(".wire-body, .mod-text, .mod-quote")
PLAIN = Place("body", ours=("body > pre:only-child",))  # as Chromium shows plain text


@pytest.mark.parametrize("name", LISTS)
def test_nothing_runs_on_the_pages_of_readers(hostile, watch, at, name):
    problems = []
    for host, path in hostile.site[name]:
        problems += watch.see(at(host, path), SITE)

    assert problems == []
    assert watch.unread(hostile.texts[name]) == []


@pytest.mark.parametrize("name", LISTS)
def test_nothing_runs_on_the_desk(hostile, watch, at, name):
    problems = []
    for path in hostile.desk[name]:
        problems += watch.see(at("desk.localhost", path), DESK)

    assert problems == []
    assert watch.unread(hostile.texts[name]) == []


def test_nothing_runs_where_a_form_gives_back_what_was_typed(hostile, watch, at):
    problems = []
    for host, path, html in hostile.shown:
        place = DESK if host.startswith("desk") else SITE
        problems += watch.see(at(host, path), place, answer=("text/html", html))

    assert problems == []
    assert watch.unread([corpus.ATTACK]) == []


@pytest.mark.parametrize("name", LISTS)
def test_nothing_runs_in_a_feed_or_in_a_reader_of_feeds(hostile, watch, at, name):
    """A feed reader takes a description for HTML and a title for text, as RSS says."""
    problems = []
    for host, path in hostile.feeds[name]:
        problems += watch.see(at(host, path), PLAIN)
        items = watch.page.evaluate(ITEMS, at(host, path))
        assert len(items) >= FEWEST
        html = f"<!doctype html><title>a</title><body>{''.join(items)}"
        problems += watch.see(at(host, "/reader"), PLAIN, answer=("text/html", html))

    assert problems == []
    assert watch.unread(hostile.texts[name]) == []


ITEMS = """async address => {
  const feed = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/xml');
  const words = document.createElement('p');
  return [...feed.querySelectorAll('item')].map(item => {
    words.textContent = item.querySelector('title')?.textContent ?? '';
    return words.outerHTML + (item.querySelector('description')?.textContent ?? '');
  });
}"""


@pytest.mark.parametrize("name", LISTS)
def test_nothing_runs_in_a_letter(hostile, letters, watch, at, name):
    """As a program for mail shows it: plain text as such, HTML as a page of its own."""
    problems = []
    for one in letters[name]:
        problems += watch.see(at("mail.localhost", "/"), PLAIN, answer=("text/plain", one.text))
    missing = watch.unread(hostile.texts[name])
    for one in filter(lambda one: one.html, letters[name]):
        problems += watch.see(at("mail.localhost", "/a"), PLAIN, answer=("text/html", one.html))
    missing += watch.unread(texts_of_a_mail(hostile.texts[name]))

    assert problems == []
    assert missing == []


def texts_of_a_mail(texts):
    """As much of each text as the mail about answers repeats."""
    return [text[: world.TOLD].rstrip() for text in texts]


def test_nothing_runs_where_a_demo_shows_its_letters(hostile, letters, watch, at):
    problems = []
    for kept in queries.mailbox()[:1]:
        path = f"/mailbox/{quote(kept.file)}/{kept.place}/"
        problems += watch.see(at("account.localhost", path), SITE)
        problems += watch.see(at("desk.localhost", path), DESK)

    assert problems == []


WHERE = """([base, addresses]) => addresses.map(address => {
  try { const found = new URL(address, base); return [found.protocol, found.host] } catch { return null }
})"""


def test_no_address_that_we_take_leads_a_browser_elsewhere(watch, taken):
    """What our checks let through, as the parser of a browser reads it."""
    musashi, account = "http://musashi.localhost/", "http://account.localhost/"
    for base, path in ((musashi, "safe_path"), (account, "next")):
        places = watch.page.evaluate(WHERE, [base, taken[path]])
        assert {tuple(at) for at in places if at} == {("http:", base.split("/")[2])}
    for at in watch.page.evaluate(WHERE, [musashi, taken["notice"]]):
        assert at[1].partition(":")[0] in {"musashi.localhost", "kinako.localhost"}
    protocols = {at[0] for at in watch.page.evaluate(WHERE, [musashi, taken["comment"]]) if at}
    assert protocols <= {"http:", "https:"}
    for address, at in zip(
        taken["wire"], watch.page.evaluate(WHERE, [musashi, taken["wire"]]), strict=True
    ):
        own = at is None or at == ["http:", "musashi.localhost"]
        assert own or address.lower().startswith(("http://", "https://", "mailto:", "tel:")), (
            address
        )


LIVE = {
    "a script": "<script>ran()</script>",
    "a handler": "<img src=x onerror=ran()>",
    "a hand": "<p onmouseover=ran()>a</p>",
    "an address": "<a href='java\tscript:ran()'>a</a>",
    "a frame": "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "elsewhere": "<img src=//evil.example/a>",
    "a way": "<meta http-equiv=refresh content='0;url=/elsewhere'>",
    "a form": "<form action=//evil.example/><button>a</button></form>",
    "a look": "<p style='background:url(//evil.example/a)'>a</p>",
    "a name": "<img name=cookie>",
}


@pytest.mark.parametrize("name", LIVE)
def test_what_would_run_is_noticed(watch, at, name):
    page = f"<!doctype html><title>a</title><body><div>{LIVE[name]}</div>"

    seen = watch.see(at("musashi.localhost", "/live"), PLAIN, answer=("text/html", page))

    assert seen != []


def test_a_quiet_page_is_quiet(watch, at):
    page = "<!doctype html><title>a</title><body><p>It rains.</p>"

    seen = watch.see(at("musashi.localhost", "/"), PLAIN, answer=("text/html", page))

    assert seen == []
    assert watch.unread(["It rains.", "It snows."]) == ["It snows."]


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    """A server over the database of this process, with everybody's real sessions."""
    place = tmp_path_factory.mktemp("hostile")
    changed = override_settings(
        MIDDLEWARE=settings.PRODUCT_MIDDLEWARE,
        MEDIA_ROOT=str(place / "media"),
        DATELINE_DATA_DIR=place,
        DATELINE_INTAKE_DIR=place / "intake",
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=str(place / "mail"),
    )
    with django_db_blocker.unblock(), changed:
        adapters.write_marker({})  # a demo keeps its letters where one can read them
        started = LiveServer("localhost")
        yield started
        started.stop()
        database.put_back(settings.SCRATCH / "migrated.sqlite3")


@pytest.fixture(scope="module")
def hostile(server):
    return world.lay_out(corpus.corpora())


@pytest.fixture(scope="module")
def letters(hostile):
    """Every letter that has left, by the list whose words are in it."""
    return hostile.letters


@pytest.fixture(scope="module")
def taken(hostile):
    """The addresses that pass each of our checks, by what takes them."""
    every = corpus.addresses()
    every += [
        f"http:{slashes}musashi.localhost{more}"
        for slashes in ("//", "/\\", "\\\\")
        for more in (
            "/",
            "@evil.example/",
            "\\@evil.example",
            ":80@evil.example",
            "#@evil.example/",
        )
    ]
    cleaned = [markup.clean(f'<a href="{escape(one)}">a</a>') for one in every]
    written = " ".join(typing.html_of(f"See {one} there") for one in every)
    return {
        "safe_path": [safe_path(one) for one in every],
        "next": [one for one in every if AccountAdapter().is_safe_url(one)],
        "notice": [one for one in every if _is_taken(one)],
        "comment": re.findall(r'href="([^"]*)"', written),
        "wire": [unescape(one) for html in cleaned for one in re.findall(r'href="([^"]*)"', html)],
    }  # fmt: skip


def _is_taken(address):
    given = Given(
        address=address, kind="other", reasons="It is not lawful here.", name="A",
        email="a@readers.example", good_faith=True,
    )  # fmt: skip
    try:
        notices.give_notice(given, masthead_id=1)
    except NoticeRefused:
        return False
    return True


@pytest.fixture(scope="module")
def browser(hostile, letters, taken):
    """One Chromium, gone before the database is put back: Django refuses to work beside its loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def at(server):
    """at(host, path): the address of a page."""
    return lambda host, path: f"http://{host}:{server.thread.port}{path}"


@pytest.fixture(scope="module")
def watch(hostile, browser, at):
    """Everybody's own browser, signed in on every host."""
    watching = Watch(browser)
    watching.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": at(host, "/")}
        for host, key in hostile.cookies.items()
    ])  # fmt: skip
    yield watching
    watching.leave()
