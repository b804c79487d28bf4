"""The quick map: what stays in memory, what leaves it, and when it is looked at anew."""

import shutil

import pytest

from dateline.edge import queries
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
from dateline.edge.domain.verdict import Mode, Verdict
from dateline.project.front.hits import ENTRY_BYTES, Entry, Hits, Plain

NOON = 1_795_435_200.0
HOST = b"post.test"


def test_a_plain_request_is_answered_whole(hits):
    keep(hits, b"/world/", body=b"<p>", headers=((b"content-type", b"text/html"),))

    assert answer(hits, b"/world/").decode() == (
        "HTTP/1.1 200 OK\r\n"
        "content-type: text/html\r\n"
        'etag: "abc"\r\n'
        "content-length: 3\r\n"
        "cache-status: dateline; hit\r\n"
        "date: Mon, 23 Nov 2026 12:00:00 GMT\r\n"
        "age: 0\r\n"
        "\r\n"
        "<p>"
    )


def test_date_and_age_follow_the_clock(hits, clock):
    keep(hits, b"/")
    answer(hits, b"/")
    clock.now += 61.5

    head = answer(hits, b"/")

    assert b"\r\nage: 61\r\n" in head
    assert b"\r\ndate: Mon, 23 Nov 2026 12:01:01 GMT\r\n" in head


def test_the_greatest_age_that_was_shown_is_told_for_a_minute_or_two(hits, clock):
    keep(hits, b"/")
    clock.now += 30
    answer(hits, b"/")
    clock.now += 1
    hits.tick(clock.now)
    assert hits.counts.oldest_seconds == 30

    clock.now += 60
    hits.tick(clock.now)
    assert hits.counts.oldest_seconds == 30

    clock.now += 60
    hits.tick(clock.now)
    assert hits.counts.oldest_seconds == 0


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        (b"/unknown", {b"host": HOST}),
        (b"/", {b"host": b"other.test"}),
        (b"/", {b"host": b"POST.test"}),
        (b"/", {}),
        (b"/?page=2", {b"host": HOST}),
        (b"/x?", {b"host": HOST}),
        (b"//", {b"host": HOST}),
        (b"/", {b"host": b"post.test/"}),
        (b"x/", {b"host": b"post.tes"}),
    ],
)
def test_what_is_not_exactly_known_takes_the_long_way(hits, url, fields):
    keep(hits, b"/")

    assert hits.answer(url, Plain(fields, "192.0.2.1", outer=False)) is None


def test_a_query_that_says_nothing_to_us_changes_nothing(hits):
    keep(hits, b"/", body=b"one")
    keep(hits, b"/?page=2", body=b"two")

    assert answer(hits, b"/?utm_source=x").endswith(b"\r\n\r\none")
    assert answer(hits, b"/?a=1&page=2&page=3").endswith(b"\r\n\r\ntwo")


def test_a_purge_is_seen_at_the_next_request(hits, counters):
    keep(hits, b"/", tags=("s:1", "n:1"))
    keep(hits, b"/other", tags=("s:2",))
    assert answer(hits, b"/")

    counters.purge(["n:1"], Mode.HARD)

    assert answer(hits, b"/") is None
    assert answer(hits, b"/other")


def test_what_was_purged_softly_takes_the_long_way_ten_seconds_after_it_was_made(
    hits, counters, clock
):
    keep(hits, b"/", tags=("s:1",))
    counters.purge(["s:1"], Mode.SOFT)

    clock.now = NOON + 9.99
    assert answer(hits, b"/")
    clock.now = NOON + 10

    assert answer(hits, b"/") is None
    assert hits.verdict(hits.find(HOST, b"/"), clock.now) is Verdict.SOFT


def test_a_page_that_rests_is_still_purged_hard(hits, counters):
    keep(hits, b"/", tags=("s:1",))
    counters.purge(["s:1"], Mode.SOFT)
    assert answer(hits, b"/")

    counters.purge(["s:1"], Mode.HARD)

    assert answer(hits, b"/") is None


@pytest.mark.parametrize("field", ["opens", "closes"])
def test_a_moment_is_kept_to_the_fraction_of_a_second(hits, clock, field):
    keep(hits, b"/", **{field: NOON + 10.25})
    clock.now = NOON + 10.2
    assert answer(hits, b"/")

    clock.now = NOON + 10.25

    assert answer(hits, b"/") is None


def test_a_clock_that_was_set_back_makes_every_page_looked_at_anew(hits, clock):
    keep(hits, b"/")
    clock.now += 60
    assert answer(hits, b"/")

    clock.now -= 3600

    assert answer(hits, b"/") is None  # it was stored in the future


def test_a_clock_that_steps_back_a_little_changes_nothing(hits, clock):
    keep(hits, b"/")
    clock.now += 60
    answer(hits, b"/")

    clock.now -= 1.5

    assert b"age: 58\r\n" in answer(hits, b"/")


def test_when_the_counters_are_replaced_no_old_page_is_shown(hits, clock, tmp_path):
    keep(hits, b"/")
    assert answer(hits, b"/")
    shutil.rmtree(tmp_path / "edge")
    queries.open_counters(tmp_path / "edge").purge(["s:1"], Mode.GONE)
    clock.now += 1

    assert answer(hits, b"/") is None
    keep(hits, b"/")
    assert answer(hits, b"/")


def test_when_the_counters_cannot_be_opened_again_nothing_is_shown(hits, clock, tmp_path, logged):
    keep(hits, b"/")
    shutil.rmtree(tmp_path / "edge")
    (tmp_path / "edge").write_text("a file where the folder should be")
    clock.now += 1

    assert answer(hits, b"/") is None
    assert "edge_unavailable" in logged()
    keep(hits, b"/")
    assert answer(hits, b"/") is None
    clock.now += 1
    assert answer(hits, b"/") is None
    assert logged() == ""

    (tmp_path / "edge").unlink()
    clock.now += 1
    answer(hits, b"/")
    keep(hits, b"/")
    assert answer(hits, b"/")


def test_memory_is_bounded_and_what_nobody_asked_for_leaves_first(hits, clock):
    hits.limit_bytes = 4 * (ENTRY_BYTES + 2 * 1000)
    for name in b"abcd":
        keep(hits, b"/%c" % name, body=b"x" * 1000)
    for number in range(4):
        answer(hits, b"/a")
        keep(hits, b"/new-%d" % number, body=b"x" * 1000)

    assert answer(hits, b"/a")
    assert answer(hits, b"/b") is None
    assert hits.size <= hits.limit_bytes
    assert sum(len(site) for site in hits.sites.values()) == 4


def test_a_new_page_takes_the_place_and_the_memory_of_the_old_one(hits):
    keep(hits, b"/", body=b"x" * 5000)
    keep(hits, b"/", body=b"new")
    hits.limit_bytes = 1
    keep(hits, b"/other", host=b"other.test")
    keep(hits, b"/third", host=b"other.test")

    assert [set(site) for site in hits.sites.values()] == [{b"/third"}]
    assert hits.size == ENTRY_BYTES + 2 * len(b"<p>")
    assert len(hits.order) == 1


def keep(hits, address, *, host=HOST, body=b"<p>", headers=(), tags=("s:1",), **moments):
    path, _, query = address.partition(b"?")
    page = StoredPage(
        host=host, path=path, query=query, status=200, headers=headers,
        bodies={"identity": body}, etag="abc", stored_at=hits.clock(), made_ms=1.0,
        note=PageNote(start=hits.counters.sequence(), hard=tags, **moments),
    )  # fmt: skip
    hits.keep(Entry(page, address))


def answer(hits, url, **fields):
    return hits.answer(url, Plain({b"host": HOST, **fields}, "192.0.2.1", outer=False))


@pytest.fixture
def clock():
    class Clock:
        now = NOON

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def counters(tmp_path):
    return queries.open_counters(tmp_path / "edge")


@pytest.fixture
def hits(tmp_path, counters, clock):
    return Hits(tmp_path / "edge", counters, clock=clock)
