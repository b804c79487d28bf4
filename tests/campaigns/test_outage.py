"""The database stops, renderers die: readers notice nothing, and the desk loses no word.

Pages are visited once. Then nobody can read the database: first every lock that SQLite has is held
by a process that does not let go, then there is no file any more, and the render processes are
killed beside. Readers ask 200 times a second all the while. CAMPAIGN_SECONDS says how long.
"""

import html
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from tests.campaigns.network import CSRF, Network, chance
from tests.project.conftest import wait_until

RATE, READERS = 200, 10
RIGHTS_S = 14.0  # and a tenth of the outage: a long one has time for a slow machine
TYPED = "Ferry <ran> aground & nobody was hurt"
NOTE = "It was the small ferry.\nNot the large one."
LISTS = ("/", "/world/", "/feed.xml", "/world/feed.xml", "/look.css")
SLOWEST_S = 8.0  # the library gives a locked file up after ten; the front waits two seconds
POLLED = "/new.json"  # lives for five seconds: in an outage it can only be an old one


@pytest.mark.stack
@pytest.mark.soak
def test_readers_notice_no_outage_and_editors_lose_no_word(network, soaking, capsys):
    seconds = float(os.environ.get("CAMPAIGN_SECONDS") or (600 if soaking else 12))
    known = visit(network, rights_for_s=RIGHTS_S + seconds / 10)
    edit, form = editing(network, known.stories[0])
    books = Books()
    lasting = [network.running.pid_of(name) for name in ("front", "worker")]

    with readers(network, known, books):
        with locked(network.data_dir):
            fell_at = time.monotonic()
            check_desk(network, edit, form)
            until(fell_at + seconds / 2)
        with taken_away(network.data_dir):
            check_desk(network, edit, form)
            network.kill("renderer")
            network.kill("render")
            until(max(fell_at + seconds, known.ends_at + 1))
            again = check_desk(network, edit, form)
            assert_gone(network, known)
    took = time.monotonic() - fell_at

    with capsys.disabled():
        sys.stdout.write(f"\n{took:.0f} s, {books.figures()}\n")
        sys.stdout.writelines(f"{one}\n" for one in books.wrong[:20])
    assert books.wrong == []
    assert books.answers > 0.8 * RATE * took, "the readers were too slow to prove anything"
    assert books.old, "the page that lives for seconds was not asked for"
    assert books.oldest >= int(took) - 1
    assert books.slowest_s < SLOWEST_S, "somebody waited for the locked file"
    assert_it_goes_on(network, known, edit, again)
    assert [network.running.pid_of(name) for name in ("front", "worker")] == lasting


def until(moment):
    """The outage lasts as long as it lasts; readers ask meanwhile."""
    threading.Event().wait(max(0.0, moment - time.monotonic()))


@dataclass
class Known:
    """Pages that were visited: (host, path) → (status, body)."""

    pages: dict
    stories: list
    gone: set
    closing: set
    ends_at: float


@dataclass
class Books:
    """What readers were given."""

    answers: int = 0
    old: int = 0
    oldest: int = 0
    slowest_s: float = 0.0
    wrong: list = field(default_factory=list)

    def figures(self):
        return {"answers": self.answers, "old": self.old, "oldest_s": self.oldest,
                "slowest_ms": round(self.slowest_s * 1000, 1), "wrong": len(self.wrong)}  # fmt: skip


def visit(network, *, rights_for_s):
    """Ask for everything once, and once more until it is from the cache; kill one story first."""
    ask = network.newsroom.ask
    edited = ask("start", headline="Being written", public=True)["story"]
    stories = [edited, *(n for (n,) in network.rows("SELECT id FROM stories_story LIMIT 3"))]
    killed = ask("start", headline="To be killed", public=True)["story"]
    places = [("musashi", network.path_of(story)) for story in [*stories, killed]]
    ask("title", slug="tatami", language="ja")
    ask("verb", name="kill", story=killed, text="Wrong.", fall_at=0)
    places += [("musashi", path) for path in (*LISTS, POLLED)]
    network.wait_until_told()
    pages = {}
    remember(network, places, pages)
    ends_at = time.monotonic() + rights_for_s
    ending = ask(
        "start", headline="Ending soon", public=True, on="tatami", rights_for_s=rights_for_s
    )["story"]
    own = ("tatami", network.path_of(ending, "tatami"))
    network.wait_until_told()
    remember(network, [own, *(("tatami", path) for path in (*LISTS, POLLED))], pages)
    gone = {place for place, (status, _) in pages.items() if status == 410}
    closing = {place for place, (_, body) in pages.items() if b"Ending soon" in body}
    assert gone == {("musashi", places[4][1])}
    assert own in closing
    assert not closing & set(places[:4])
    assert time.monotonic() < ends_at, "the machine is too slow: the rights ended too early"
    return Known(pages, stories, gone, closing, ends_at)


def remember(network, places, pages):
    """Ask for each of these until it is from the cache."""
    for place in places:
        wait_until(lambda place=place: known(network, place, pages), what=f"{place} in the cache")


def known(network, place, pages):
    title, path = place
    response, body = network.running.ask(path, host=f"{title}.localhost")
    pages[place] = response.status, body
    return "hit" in response.headers.get("Cache-Status", "")


def editing(network, story):
    """The address of a story's form, and what an editor has typed into it."""
    told = {"headline": TYPED, "change_kind": "correction", "change_note": NOTE}
    form = network.newsroom.ask("form", story=story, **told)["form"]
    return f"/snippets/stories/story/edit/{story}/", form


def check_desk(network, edit, form):
    """Reading and writing on the desk are refused in words; return the form that is given back."""
    answer, page = network.send("/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "The database does not answer" in page
    assert "Readers are still shown the " in page
    assert re.search(r"was made \d+ (s|min) ago", page)
    answer, page = network.send(edit, form)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing was saved." in page
    assert "Traceback" not in page
    given = GivenBack(page)
    assert given.action == edit
    sent = {name: str(value) for name, value in form.items()}
    assert given.fields == sent | {"csrfmiddlewaretoken": CSRF}
    return given.fields


def assert_gone(network, known):
    """Nobody is shown what ended meanwhile, or what was never there."""
    for title, path in [*known.closing, ("musashi", "/world/nobody-asked-before-999")]:
        response, body = network.running.ask(path, host=f"{title}.localhost")
        assert response.status == 503, (title, path)
        assert response.headers["Retry-After"] == "5"
        assert b"Ending soon" not in body


def assert_it_goes_on(network, known, edit, again):
    """With the database back, everything works as it did, and nothing was restarted by hand."""
    wait_until(network.answers, what="the database")
    assert network.rows("SELECT headline FROM stories_story WHERE id = ?", known.stories[0]) == [
        ("Being written",)
    ]
    again.pop("csrfmiddlewaretoken")
    answer, page = network.send(edit, again)
    assert (answer.status, answer.headers["Location"]) == (302, "/snippets/stories/story/"), page
    assert html.escape(TYPED) in network.read(network.path_of(known.stories[0]))[1]
    assert [c for (c,) in network.rows("SELECT text FROM stories_correction")] == [NOTE]
    network.wait_until_told()
    for title, path in known.pages:
        status, _ = network.read(path, masthead=title)
        assert status == (410 if (title, path) in known.gone | ended(known) else 200), path
    network.check_rows()


def ended(known):
    """The page of the story whose rights ended; the lists are there without it."""
    return {(title, path) for title, path in known.closing if path.rpartition("-")[2].isdigit()}


@contextmanager
def readers(network, known, books):
    """Readers at a steady rate, each on a kept connection, and one who polls."""
    over = threading.Event()
    lasting = [p for p in known.pages if p not in known.closing and p[1] != POLLED]
    polled = [p for p in known.pages if p not in known.closing and p[1] == POLLED]
    sorts = [(lasting, READERS / RATE)] * READERS + [(polled, 0.2)]
    threads = [
        threading.Thread(target=read, args=(network, known, books, over, n, *sort), daemon=True)
        for n, sort in enumerate(sorts)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


def read(network, known, books, over, number, places, every_s):
    """Ask for one page after another, `every_s` seconds apart."""
    rng = chance(number)
    line = http.client.HTTPConnection("127.0.0.1", network.running.port, timeout=60)
    due = time.monotonic()
    while not over.wait(max(0.0, due - time.monotonic())):
        due += every_s
        title, path = place = rng.choice(places)
        began = time.monotonic()
        try:
            line.request("GET", path, headers={"Host": f"{title}.localhost"})
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            books.wrong.append((place, repr(error)))
            line.close()
            continue
        books.answers += 1
        books.slowest_s = max(books.slowest_s, time.monotonic() - began)
        told = answer.headers.get("Cache-Status", "")
        books.old += told == "dateline; hit; detail=stale-if-error"
        books.oldest = max(books.oldest, int(answer.headers.get("Age", -1)))
        is_known = (answer.status, body) == known.pages[place]
        from_cache = told.startswith("dateline; hit") and answer.headers.get("Age", "").isdigit()
        if not (is_known and (from_cache or path == POLLED)):
            books.wrong.append((place, answer.status, told, answer.headers.get("Age")))
    line.close()


LOCKER = """
import fcntl, os, sqlite3, sys, time
name = sys.argv[1]
connection = sqlite3.connect(name)
connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
shared = os.open(name + "-shm", os.O_RDWR)
fcntl.lockf(shared, fcntl.LOCK_EX, 8, 120)  # https://sqlite.org/walformat.html#locks
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(data_dir):
    """Another process holds every lock of the file: who reads or writes waits, then fails."""
    holder = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(data_dir / "dateline.sqlite3")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == b"locked\n"
        yield
    finally:
        holder.stdin.close()
        holder.wait(30)
        holder.stdout.close()


@contextmanager
def taken_away(data_dir):
    """There is no database where it should be, as after a disk went away."""
    file, elsewhere = data_dir / "dateline.sqlite3", data_dir / "elsewhere.sqlite3"
    file.rename(elsewhere)
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        elsewhere.rename(file)


class GivenBack(HTMLParser):
    """The form of a page: where it is sent, and its fields as a browser would send them."""

    def __init__(self, page):
        super().__init__()
        self.action, self.fields, self.open = None, {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.action = attrs["action"]
        elif tag == "input":
            self.fields[attrs["name"]] = attrs["value"]
        elif tag == "textarea":
            self.open, self.fields[attrs["name"]] = attrs["name"], ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields[self.open] = self.fields[self.open].removeprefix("\n")
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.fields[self.open] += data


@pytest.fixture
def network(installation, start):
    running = Network(
        installation, lambda *a, **s: start(*a, RENDER_PROCESSES=2, FRONT_PROCESSES=2, **s)
    )
    yield running
    running.close()
