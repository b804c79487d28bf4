"""Varnish: who may purge, what is kept, and what it says when a purge cannot be done."""

import socket

import pytest

from dateline.edge import keys, services
from dateline.edge.adapters.outer.connect import connect
from dateline.edge.adapters.outer.interface import NotPurged
from dateline.edge.domain.verdict import Mode
from tests.edge.adapters.outer import worlds

CACHED = "public, s-maxage=600"


@pytest.mark.stack
def test_only_dateline_itself_may_purge(varnish):
    varnish.tell("/1/", "Old.", ["s:1"])
    varnish.read("/1/")
    varnish.tell("/1/", "New.", ["s:1"])
    tags = " ".join(keys.wire_purge(["s:1"]))

    through_a_proxy = {"Host": "x", "xkey-purge": tags, "X-Forwarded-For": "192.0.2.7"}
    assert varnish.ask("PURGE", "/", through_a_proxy)[0] == 403
    assert varnish.ask("PURGE", "/", {"Host": "x"})[0] == 400
    assert varnish.read("/1/") == "Old."

    assert varnish.ask("PURGE", "/", {"Host": "x", "xkey-purge": tags})[0] == 200
    assert varnish.read("/1/") == "New."


@pytest.mark.stack
@pytest.mark.parametrize(
    "changes",
    [
        {"xkey": ""},
        {"Set-Cookie": "session=1"},
        {"Cache-Control": "private, s-maxage=600"},
        {"Cache-Control": "no-store, s-maxage=600"},
        {"Cache-Control": "max-age=600"},
        {"Vary": "Cookie"},
    ],
    ids=str,
)
def test_what_could_not_be_purged_or_is_personal_is_not_kept(varnish, changes):
    varnish.tell("/1/", "First.", ["s:1"], **changes)
    assert varnish.read("/1/") == "First."
    varnish.tell("/1/", "Second.", ["s:1"], **changes)

    assert varnish.read("/1/") == "Second."


@pytest.mark.stack
def test_readers_with_cookies_share_the_page_and_see_no_tags(varnish):
    varnish.tell("/1/", "Page.", ["s:1"])
    varnish.read("/1/")
    before = varnish.fetches

    status, text, headers = varnish.ask("GET", "/1/", {"Host": varnish.host, "Cookie": "a=1"})

    assert (status, text, varnish.fetches) == (200, "Page.", before)
    assert "xkey" not in headers


@pytest.mark.stack
def test_a_page_that_may_not_be_shown_stale_is_new_even_after_a_soft_purge(varnish):
    varnish.tell("/1/", "Old.", ["s:1"], **{"Cache-Control": CACHED})
    varnish.read("/1/")
    varnish.tell("/1/", "New.", ["s:1"], **{"Cache-Control": CACHED})

    services.purge(["s:1"], mode=Mode.SOFT, cause="test")

    assert varnish.read("/1/") == "New."


def test_a_cache_that_is_not_there_says_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        (cache,) = connect([f"varnish+http://127.0.0.1:{taken.getsockname()[1]}"])

        with pytest.raises(NotPurged, match=r"varnish\+http://127.0.0.1:\d+ does not answer"):
            cache.purge(["a"], soft=False)


def test_a_server_that_knows_no_purge_is_told_apart():
    origin = worlds.Origin()
    (cache,) = connect([f"varnish+http://127.0.0.1:{origin.port}"])

    with pytest.raises(NotPurged, match=r"answered 501 .*deploy/varnish/dateline.vcl"):
        cache.purge(["a"], soft=True)

    origin.end()


def test_a_cache_behind_tls_is_spoken_to_in_tls():
    origin = worlds.Origin()
    (cache,) = connect([f"varnish+https://127.0.0.1:{origin.port}"])

    with pytest.raises(NotPurged, match="SSL"):
        cache.purge(["a"], soft=True)

    origin.end()
