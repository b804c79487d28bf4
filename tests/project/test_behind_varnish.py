"""A real network behind a real Varnish with the VCL of deploy/: fast, and never a stale page."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

from tests import varnishd
from tests.campaigns.network import Network
from tests.project.conftest import Serving, environment_of, install, wait_until

pytestmark = pytest.mark.stack

HIT, MADE, PASSED = "varnish; hit", "varnish; fwd=uri-miss", "varnish; fwd=bypass"
OTHER_MACHINE = "127.0.0.2"  # an address of ours too, but none that the VCL knows
BETWEEN_CACHES = {"xkey", "surrogate-key", "surrogate-control", "cache-tag", "cache-groups"}


def test_the_second_reader_is_answered_by_varnish_and_sees_no_tags(behind):
    path = behind.path_of(1)
    ways = [cache_of(behind.ask(path)) for _ in range(2)]

    assert ways == [MADE, HIT]
    answer, text = behind.ask(path, Cookie="session=x; a=b", Host="musashi.localhost")
    assert (answer.status, cache_of((answer, text))) == (200, HIT)
    assert b"Standing story 0" in text
    assert not BETWEEN_CACHES & {name.lower() for name in answer.headers}
    assert answer.headers["Cache-Control"] == "no-cache"  # browsers ask again, each time


def test_heads_parts_and_known_pages_are_answered_from_the_same_copy(behind):
    path = behind.path_of(2)
    whole, text = behind.ask(path)

    head, nothing = behind.ask(path, method="HEAD")
    assert (head.status, nothing, cache_of((head, b""))) == (200, b"", HIT)
    assert head.headers["Content-Length"] == str(len(text))
    known, nothing = behind.ask(path, **{"If-None-Match": whole.headers["ETag"]})
    assert (known.status, nothing, cache_of((known, b""))) == (304, b"", HIT)
    script = re.search(rb'src="(/static/[^"]+\.js)"', text)[1].decode()
    _, lines = behind.ask(script, **{"Accept-Encoding": "gzip"})
    part, some = behind.ask(script, Range="bytes=0-9", **{"Accept-Encoding": "gzip"})
    assert (part.status, some, cache_of((part, b""))) == (206, lines[:10], HIT)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br", "br"),
        ("deflate, gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("zstd", None),
    ],
)
def test_a_browser_gets_the_smallest_form_it_reads_which_is_kept_once(behind, asked, given):
    path = "/"
    for known in ("br", "gzip", "identity"):
        behind.ask(path, **{"Accept-Encoding": known})

    answer, _ = behind.ask(path, **{"Accept-Encoding": asked})

    assert (answer.headers["Content-Encoding"], cache_of((answer, b""))) == (given, HIT)


def test_what_the_newsroom_does_is_true_for_the_next_reader(behind):
    """Each verb has returned before the reader asks; within a second there is no other answer."""
    story = behind.start_story("A first headline")
    path = behind.path_of(story)
    for place in (path, "/"):
        behind.ask(place)
        assert cache_of(behind.ask(place)) == HIT

    behind.does("correct", story, "The right headline")

    for place in (path, "/"):
        answer, text = behind.ask(place)
        assert (answer.status, b"The right headline" in text) == (200, True)
        assert b"A first headline" not in re.sub(rb"<aside.*?</aside>", b"", text, flags=re.DOTALL)
        assert cache_of((answer, text)) == MADE

    behind.does("kill", story, "It was wrong.")

    for _ in range(3):
        answer, text = behind.ask(path)
        assert (answer.status, b"The right headline" in text) == (410, False)
    assert b"The right headline" not in behind.ask("/")[1]
    draft = behind.newsroom.ask("start", headline="A draft comes out", public=False)["story"]
    assert b"A draft comes out" not in behind.ask("/")[1]

    behind.does("publish", draft, "A draft comes out")

    assert b"A draft comes out" in behind.ask("/")[1]


def test_two_titles_of_one_address_are_two_pages(behind):
    pages = {
        title: behind.ask("/", host=f"{title}.localhost")[1] for title in ("musashi", "kinako")
    }

    for title, page in pages.items():
        answer, again = behind.ask("/", host=f"{title}.localhost")
        assert (cache_of((answer, again)), again == page) == (HIT, True)
    assert pages["musashi"] != pages["kinako"]


def test_the_desk_and_what_is_said_to_one_reader_are_never_kept(behind):
    editor = {"Cookie": f"session={behind.session}"}
    ours = {"Cookie": f"session={behind.reader_session}"}
    for host, path in [("desk", "/"), ("account", "/login/"), ("musashi", "/me")]:
        for headers in (editor, ours, {}, ours):
            answer = behind.ask(path, host=f"{host}.localhost", **headers)
            assert cache_of(answer) == PASSED
            assert "Age" not in answer[0].headers or answer[0].headers["Age"] == "0"
    asked = (ours, editor, {})  # a session of the desk is nobody's on a masthead
    told = [json.loads(behind.ask("/me", **headers)[1])["signed_in"] for headers in asked]
    assert told == [True, False, False]
    cookies = [behind.ask("/me")[0].headers["Set-Cookie"] for _ in range(2)]
    assert all(cookie.startswith("known=") for cookie in cookies)


def test_only_dateline_may_purge(behind):
    path = behind.path_of(3)
    behind.ask(path)
    tags = {"Host": "purge", "xkey-purge": "anything"}

    for sender, headers, expected in [
        (OTHER_MACHINE, tags, 403),
        ("127.0.0.1", tags | {"X-Forwarded-For": "203.0.113.9"}, 403),
        ("127.0.0.1", tags, 200),
    ]:
        answer, _ = behind.varnish.ask("PURGE", path, headers, sender=sender)
        assert answer.status == expected
    assert cache_of(behind.ask(path)) == HIT


def test_the_front_learns_who_asks(behind):
    claims = {"Host": "musashi.localhost", "X-Forwarded-For": "203.0.113.9"}

    behind.varnish.ask("GET", "/me?1", claims)
    behind.varnish.ask("GET", "/me?2", claims, sender=OTHER_MACHINE)

    wait_until(lambda: "/me?2" in behind.access_log(), 30, "a line in the access log")
    who = dict(re.findall(r'(\S+) - - \[.*?\] "GET /me\?(\d)', behind.access_log()))
    assert who == {"203.0.113.9": "1", OTHER_MACHINE: "2"}


def test_without_any_front_known_pages_are_shown_and_killed_ones_are_not(behind):
    """The last test: it ends the network."""
    story = behind.start_story("Soon to be killed")
    path, known = behind.path_of(story), behind.path_of(4)
    assert behind.ask(path)[0].status == 200
    behind.does("kill", story, "It was wrong.")
    wait_until(behind.owes_nothing, 60, "the second purge")
    behind.ask(known)
    behind.running.stop()

    answer = behind.ask(known)
    assert (answer[0].status, cache_of(answer)) == (200, HIT)
    answer, text = behind.ask(path)
    assert (answer.status, b"Soon to be killed" in text) == (503, False)
    assert text.startswith(b"The newsroom's server does not answer just now.")
    assert answer.headers["Cache-Control"] == "no-store"


def cache_of(asked):
    """What Varnish says it did: the last member of Cache-Status (RFC 9211)."""
    return asked[0].headers["Cache-Status"].split(", ")[-1]


class Behind(Network):
    """A network whose public port is that of Varnish; everything asks there."""

    def __init__(self, folder):
        front, port = varnishd.free_port(), varnishd.free_port()
        self.log = folder / "access.log"
        settings = {
            "PORT": front,
            "PUBLIC_PORT": port,
            "EDGE_OUTER": f"varnish+http://127.0.0.1:{port}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "ACCESS_LOG": self.log,
        }
        self.varnish = varnishd.Varnishd(folder, front, port)
        try:
            super().__init__(install(folder / "var"), serve, **settings)
        except BaseException:
            self.varnish.end()
            raise

    def ask(self, path, *, host="musashi.localhost", method="GET", **headers):
        return self.varnish.ask(method, path, {"Host": host} | headers)

    def start_story(self, headline):
        return self.newsroom.ask("start", headline=headline, public=True)["story"]

    def does(self, verb, story, text):
        done = self.newsroom.ask("verb", name=verb, story=story, text=text, fall_at=None)
        assert done["acknowledged"]

    def owes_nothing(self):
        """Whether Varnish has confirmed every purge, and the second one of each."""
        with closing(sqlite3.connect(self.data_dir / "edge" / "purges.sqlite3")) as ledger:
            return self.outbox_is_empty() and not ledger.execute("SELECT * FROM owed").fetchall()

    def access_log(self):
        return self.log.read_text()

    def close(self):
        super().close()
        self.varnish.end()
        if self.running.process.poll() is None:
            self.running.stop()


def serve(data_dir, **settings):
    return Serving(environment_of(data_dir, **settings), data_dir.parent / "serve.log")


@pytest.fixture(scope="module")
def behind(tmp_path_factory, migrated):
    if not varnishd.VARNISHD:
        pytest.skip("varnishd is not installed: python3 bin/system_packages.py")
    network = Behind(tmp_path_factory.mktemp("behind"))
    yield network
    network.close()
