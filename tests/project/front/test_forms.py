"""Gzip, Brotli or plain: each reader gets the form it takes, under an ETag of its own."""

import asyncio
import gzip
import hashlib

import brotli
import pytest

from dateline.project.front import fill
from dateline.project.front.fetched import Fetched
from tests.project.front.conftest import ask

LONG = "<p>" + "The ferry came back at noon. " * 40


@pytest.mark.parametrize(
    ("accept", "coding", "plain"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        (None, None, bytes),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_each_reader_gets_the_form_it_takes(cached, renderer, edge, accept, coding, plain, times):
    renderer.answers = [edge.page(LONG)]
    headers = {"accept_encoding": accept} if accept else {}

    for _ in range(times):
        response, body = ask(cached, "/", **headers)

    assert plain(body).decode() == LONG
    assert response.headers["content-encoding"] == coding
    assert response.headers["vary"] == "Accept-Encoding"
    assert int(response.headers["content-length"]) == len(body)
    assert (len(body) < len(LONG)) == bool(coding)


def test_each_form_has_an_etag_of_its_own(cached, renderer, edge):
    renderer.answers = [edge.page(LONG)]

    tags = {
        ask(cached, "/", accept_encoding=name)[0].headers["etag"] for name in ("br", "gzip", "x")
    }

    assert len(tags) == 3
    assert all(tag[0] == tag[-1] == '"' for tag in tags)


@pytest.mark.parametrize("as_sent", ["{}", 'W/{}, "other"', "*"])
@pytest.mark.parametrize("expect", ["", "x"])
def test_who_has_the_page_is_told_so(cached, renderer, edge, as_sent, expect):
    """The second form takes the long way: an Expect field is read with care."""
    renderer.answers = [edge.page(LONG)]
    first, _ = ask(cached, "/", accept_encoding="gzip")
    sent = {"expect": expect} if expect else {}

    response, body = ask(
        cached, "/", accept_encoding="gzip", if_none_match=as_sent.format(first.headers["etag"]),
        **sent,
    )  # fmt: skip

    assert (response.status, body) == (304, b"")
    assert response.headers["etag"] == first.headers["etag"]
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-length"] is None


def test_a_tag_of_another_form_is_no_match(cached, renderer, edge):
    renderer.answers = [edge.page(LONG)]
    first, _ = ask(cached, "/", accept_encoding="gzip")

    response, _ = ask(cached, "/", accept_encoding="br", if_none_match=first.headers["etag"])

    assert response.status == 200


def test_a_picture_is_kept_as_it_is(cached, renderer, edge):
    fields = "Content-Type: image/webp\r\nCache-Control: max-age=60\r\n"
    renderer.answers = [edge.page("x" * 5000, headers=fields)]
    ask(cached, "/p.webp")

    response, body = ask(cached, "/p.webp", accept_encoding="br, gzip")

    assert (len(body), response.headers["content-encoding"]) == (5000, None)
    assert (response.headers["vary"], response.headers["cache-control"]) == (None, "max-age=60")


def test_text_that_does_not_shrink_is_kept_as_it_is():
    dense = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(20))

    answer = Fetched(200, [(b"content-type", b"text/plain")], dense, "")

    assert asyncio.run(fill._forms(answer, dense)) == {"identity": dense}
