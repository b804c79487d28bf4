"""What declared proxies hear of a page and nobody else does: tags, life, and the counters."""

import re
from ipaddress import ip_network

import pytest

from dateline.edge.domain.outer import standing
from dateline.edge.domain.verdict import Mode
from dateline.project.front import hits
from tests.project.front.conftest import ask, page

PROXY = (ip_network("127.0.0.1"),)
TAGS = ("surrogate-key", "xkey", "cache-tag", "cache-groups")


def test_only_a_declared_proxy_hears_what_a_page_depends_on(front_at, renderer, edge):
    renderer.answers = [edge.page(hard=("s:1", "n:1"))]
    with front_at(edge=edge) as port:
        plain = [ask(port, "/")[0] for _ in range(2)]
    with front_at(edge=edge, trusted=PROXY) as port:
        told = [ask(port, "/", **sent)[0] for sent in ({}, {"expect": "x"})]

    assert not any(name in response.headers for response in plain for name in TAGS)
    for response in told:
        key, xkey, tag, groups = (response.headers[name] for name in TAGS)
        assert key == xkey == tag.replace(",", " ") == groups.replace('"', "").replace(",", "")
        assert len(key.split()) == 2
        assert response.headers["surrogate-control"] is None


def test_a_304_tells_a_declared_proxy_the_tags_of_today(front_at, renderer, edge):
    """The same body may depend on something else by now: a cache takes fields of a 304 over."""
    renderer.answers = [edge.page(hard=("s:1",)), edge.page(hard=("s:1", "n:1"))]
    with front_at(edge=edge, trusted=PROXY, fills={"tells_outer": True}) as port:
        known = ask(port, "/")[0].headers["etag"]
        edge.purge("s:1")
        told = [ask(port, "/", if_none_match=known)[0] for _ in range(2)]
        told.append(ask(port, "/", if_none_match=known, expect="x")[0])

    for response in told:
        assert response.status == 304
        assert [len(re.split("[ ,]+", response.headers[name])) for name in TAGS] == [2] * 4
        assert "max-age=86400" in response.headers["surrogate-control"]
        assert response.headers["x-dateline-standing"] == standing(edge.counters.sequence())


def test_an_outer_cache_may_keep_a_page_until_its_next_moment(front_at, renderer, edge):
    renderer.answers = [edge.page(closes=edge.clock() + 60)]
    with front_at(edge=edge, trusted=PROXY, fills={"tells_outer": True}) as port:
        told = [ask(port, "/", **sent)[0] for sent in ({}, {}, {"expect": "x"})]

    assert [response.headers["cache-status"] for response in told[1:]] == ["dateline; hit"] * 2
    assert {response.headers["surrogate-control"] for response in told} <= {
        "max-age=59", "max-age=60", "max-age=58"
    }  # fmt: skip


def test_an_outer_cache_hears_where_the_counters_stand_now(front_at, renderer, edge):
    """Whatever is purged: a cache compares the number with that of the last purge it heard of."""
    renderer.answers = [edge.page()]
    with front_at(edge=edge, trusted=PROXY, fills={"tells_outer": True}) as port:
        for sent in ({}, {}, {"expect": "x"}):
            edge.purge("s:2")
            told = ask(port, "/", **sent)[0].headers["x-dateline-standing"]

            assert told == standing(edge.counters.sequence())
    with front_at(edge=edge, fills={"tells_outer": True}) as port:
        assert "x-dateline-standing" not in ask(port, "/")[0].headers


@pytest.mark.parametrize(
    ("mode", "ahead_s", "status"),
    [
        (Mode.HARD, 0, "dateline; hit; detail=stale-if-error"),
        (Mode.SOFT, 0, "dateline; hit"),  # it rests: it is made again in some seconds
        (Mode.SOFT, hits.REST_S + 1, "dateline; hit; detail=refreshing"),
    ],
)
@pytest.mark.parametrize("sent", [{}, {"expect": "x"}])
def test_no_outer_cache_keeps_a_page_that_is_shown_in_place_of_a_newer_one(
    front_at, renderer, edge, mode, ahead_s, status, sent
):
    renderer.answers = [edge.page(), page("down", status="503 Service Unavailable")]
    with front_at(edge=edge, trusted=PROXY, fills={"tells_outer": True}) as port:
        assert "surrogate-control" in ask(port, "/")[0].headers
        edge.purge("s:1", mode=mode)
        edge.ahead_s = ahead_s
        response, body = ask(port, "/", **sent)

    assert body == b"<p>story"
    assert response.headers["cache-status"] == status
    assert "surrogate-control" not in response.headers
