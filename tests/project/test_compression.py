"""Text goes out compressed, to who takes it; everything else as it is."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from dateline.project.compression import Compression

PAGE = "<p>The ferry came back at noon.</p>" * 50


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/css", "application/rss+xml"])
def test_text_goes_out_compressed(kind):
    response = answered(HttpResponse(PAGE, content_type=kind, headers={"ETag": '"a"'}))

    assert gzip.decompress(response.content).decode() == PAGE
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"] == 'W/"a"'
    assert "Accept-Encoding" in response["Vary"]


def test_who_does_not_take_gzip_gets_the_text_itself():
    response = answered(HttpResponse(PAGE, content_type="text/html"), takes="identity")

    assert response.content.decode() == PAGE
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE, content_type="image/jpeg"),
        StreamingHttpResponse([PAGE.encode()], content_type="text/plain"),
        HttpResponse(status=304),
    ],
    ids=["picture", "stream", "nothing"],
)
def test_what_is_no_whole_text_goes_as_it_is(response):
    assert "Content-Encoding" not in answered(response)


def answered(response, *, takes="gzip"):
    request = RequestFactory().get("/", headers={"accept-encoding": takes})
    return Compression(lambda _: response)(request)
