"""Varnish: who may purge, what is kept, and what it says when a purge cannot be done."""

import socket

import pytest

from dateline.edge import keys, services
from dateline.edge.adapters.outer.connect import connect
from dateline.edge.adapters.outer.interface import NotPurged
from dateline.edge.domain import outer
from dateline.edge.domain.verdict import Mode
from tests import varnishd
from tests.edge.adapters.outer import worlds


@pytest.mark.stack
def test_only_dateline_itself_may_purge(varnish):
    varnish.tell("/1/", "Old.", ["s:1"])
    varnish.read("/1/")
    varnish.tell("/1/", "New.", ["s:1"])
    tags = " ".join(keys.wire_purge(["s:1"]))

    for told in [{"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-Proto": "https"}]:
        through_a_proxy = {"Host": "x", "xkey-purge": tags} | told
        assert varnish.ask("PURGE", "/", through_a_proxy)[0] == 403
    assert varnish.ask("PURGE", "/", {"Host": "x"})[0] == 400
    assert varnish.read("/1/") == "Old."

    assert varnish.ask("PURGE", "/", {"Host": "x", "xkey-purge": tags})[0] == 200
    assert varnish.read("/1/") == "New."


@pytest.mark.stack
def test_a_machine_that_is_not_declared_may_not_purge_nor_say_who_asks(varnish):
    varnish.tell("/1/", "Old.", ["s:1"], xkey="")
    claims = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    tags = " ".join(keys.wire_purge(["s:1"]))
    asked = {"Host": varnish.host} | claims

    assert varnish.ask("PURGE", "/", {"xkey-purge": tags}, sender="127.0.0.2")[0] == 403
    varnish.ask("GET", "/1/", asked, sender="127.0.0.2")
    assert varnish.heard["X-Forwarded-For"] == "127.0.0.2"
    assert varnish.heard["X-Forwarded-Proto"] is None
    varnish.ask("GET", "/1/", asked)
    assert varnish.heard["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert varnish.heard["X-Forwarded-Proto"] == "https"


@pytest.mark.stack
def test_a_page_that_is_fetched_anew_is_fetched_whole_because_its_tags_may_be_others(varnish):
    """A 304 repeats no tags. Varnish would keep the old ones."""
    varnish.tell("/1/", "Page.", ["cc:1"], ETag='"1"')
    varnish.read("/1/")
    varnish.tell("/1/", "Page.", ["cc:1", "s:1"], ETag='"1"')
    services.purge(["cc:1"], mode=Mode.SOFT, cause="test")
    before = varnish.fetches
    varnish.read("/1/")
    while varnish.fetches == before:
        pass

    assert varnish.heard["If-None-Match"] is None


@pytest.mark.stack
def test_a_page_that_is_purged_while_it_is_fetched_is_fetched_again(varnish):
    """Nobody waits for the second purge: whoever asked for the old page gets the new one."""

    def publish():
        services.purge(["s:1"], cause="test")
        varnish.tell("/1/", "New.", ["s:1"], **standing_now())

    varnish.tell("/1/", "Old.", ["s:1"], **standing_now())
    before = varnish.fetches
    varnish.origin.during = [publish]

    assert [varnish.read("/1/") for _ in range(3)] == ["New."] * 3
    assert varnish.fetches - before == 2


@pytest.mark.stack
def test_an_answer_that_stays_behind_the_purges_is_not_kept(varnish):
    services.purge(["s:7"], cause="test")
    behind = {"x-dateline-standing": outer.standing(services.sequence() - 1)}
    varnish.tell("/1/", "Old.", ["s:1"], **behind)
    before = varnish.fetches
    assert varnish.read("/1/") == "Old."
    assert varnish.fetches - before == 3  # asked twice more

    varnish.tell("/1/", "New.", ["s:1"], **standing_now())

    assert varnish.read("/1/") == "New."


@pytest.mark.stack
@pytest.mark.parametrize("standing", ["", "0-0", "nonsense"])
def test_of_other_counters_varnish_has_heard_nothing(varnish, standing):
    services.purge(["s:7"], cause="test")
    varnish.tell("/1/", "Page.", ["s:1"], **{"x-dateline-standing": standing})
    before = varnish.fetches

    assert [varnish.read("/1/") for _ in range(2)] == ["Page."] * 2
    assert varnish.fetches - before == 1


@pytest.mark.stack
@pytest.mark.parametrize(
    "changes",
    [
        {"xkey": ""},
        {"Set-Cookie": "session=1"},
        {"Cache-Control": "private"},
        {"Cache-Control": "No-Store"},
        {"Cache-Control": "max-age=600", "Surrogate-Control": ""},
        {"Surrogate-Control": "max-age=0"},
        {"Surrogate-Control": "no-store, max-age=600"},
        {"Surrogate-Control": "s-max-age=600"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Encoding, Accept-Language"},
        {"Vary": "*"},
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
    never_stale = {"Surrogate-Control": "max-age=600"}
    varnish.tell("/1/", "Old.", ["s:1"], **never_stale)
    varnish.read("/1/")
    varnish.tell("/1/", "New.", ["s:1"], **never_stale)

    services.purge(["s:1"], mode=Mode.SOFT, cause="test")

    assert varnish.read("/1/") == "New."


@pytest.mark.stack
def test_while_nobody_answers_an_old_page_is_shown_but_none_that_is_gone(impatient):
    pages = {"/soft/": ["s:1"], "/killed/": ["s:2"], "/closes/": ["s:3"]}
    for path, tags in pages.items():
        life = "max-age=600" + ", stale-if-error=600" * (path != "/closes/")
        told = {"Surrogate-Control": life, "Connection": "close"}  # no thread answers on
        impatient.tell(path, "Old.", tags, **told)
        assert impatient.read(path) == "Old."
    impatient.purge("xkey-softpurge", "s:1", "s:3")
    impatient.purge("xkey-purge", "s:2")
    impatient.origin.end()

    status, text, headers = impatient.ask("GET", "/soft/", {"Host": impatient.host})
    assert (status, text) == (200, "Old.")
    assert headers["Cache-Status"] == "varnish; hit; detail=stale-if-error"
    for path in ("/killed/", "/closes/", "/unknown/"):
        status, text, headers = impatient.ask("GET", path, {"Host": impatient.host})
        assert (status, headers["Retry-After"]) == (503, "5")
        assert text.startswith("The newsroom's server does not answer just now.")


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


def standing_now():
    """What the front says of its counters now."""
    return {"x-dateline-standing": outer.standing(services.sequence())}


@pytest.fixture
def impatient(tmp_path):
    """A Varnish that shows no old page while a server answers, not even for a minute."""
    if not varnishd.VARNISHD:
        pytest.skip("varnishd is not installed: python3 bin/system_packages.py")
    world = worlds.Varnish(tmp_path, **{"set req.grace = 60s;": "set req.grace = 0s;"})
    yield world
    world.server.end()
