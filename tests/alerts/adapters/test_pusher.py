"""The client of push services: kept connections, no way to a private address, no endless wait."""

import asyncio
import time

import pytest
from aiohttp import web

from dateline.alerts.adapters import pusher as pushing
from dateline.alerts.adapters.channel import Broken, Channel
from dateline.alerts.adapters.pusher import Parcel, Pusher
from dateline.alerts.domain.endpoints import Endpoint, endpoint_of
from tests.push_service import PushService, text_of

HEADERS = {"TTL": "60", "Urgency": "high", "Topic": "m1-s1"}
PAYLOAD = b'{"notification":{"body":"Ferry"}}'


@pytest.fixture
def service():
    started = PushService()
    yield started
    started.stop()


@pytest.fixture
def push(service):
    made = []

    def to(*browsers, **options):
        client = made[0] if made else Pusher(
            lambda _: "vapid", **{"trusted": {service.origin}, "limit_s": 0.5, **options}
        )  # fmt: skip
        made[:] = [client]
        parcels = [
            Parcel(n, endpoint_of(b.endpoint, trusted={service.origin}), b.point, b.auth)
            for n, b in enumerate(browsers)
        ]
        return sorted(client.push(parcels, PAYLOAD, HEADERS))

    to.client = made
    yield to
    for client in made:
        client.close()


@pytest.fixture(autouse=True)
def no_tokens(monkeypatch):
    monkeypatch.setattr(PushService, "_check", lambda *_: None)


def test_each_gets_its_own_answer(service, push):
    browsers = [service.browser(name) for name in "abc"]
    service.answers["b"] = [410]
    service.answers["c"] = [{"Retry-After": "7"}]

    assert push(*browsers) == [(0, 201, 0), (1, 410, 0), (2, 429, 7)]
    assert browsers[0].texts == ["Ferry"]


def test_an_answer_that_does_not_come_is_not_waited_for(service, push):
    async def sleep(_request):
        await asyncio.sleep(5)

    service.answers["slow"] = [sleep]
    began = time.monotonic()

    assert push(service.browser("slow"), service.browser("quick")) == [(0, 0, 0), (1, 201, 0)]
    assert time.monotonic() - began < 3


def test_a_kept_connection_that_ended_unnoticed_is_made_anew(service, push):
    async def drop(request):
        request.transport.abort()
        return web.Response()

    one = service.browser("one")
    assert push(one) == [(0, 201, 0)]
    service.answers["one"] = [drop]
    assert push(one) == [(0, 201, 0)]
    assert len(one.got) == 2


def test_a_connection_that_never_worked_is_not_tried_twice(service, push):
    async def drop(request):
        request.transport.abort()
        return web.Response()

    service.answers["one"] = [drop, drop]
    assert push(service.browser("one")) == [(0, 0, 0)]
    assert service.answers["one"] == [drop]


def test_what_says_it_closes_is_not_used_again(service, push):
    async def close(_request):
        return web.Response(status=201, headers={"Connection": "close"})

    one = service.browser("one")
    service.answers["one"] = [close]

    assert [push(one), push(one)] == [[(0, 201, 0)]] * 2
    assert len(service.connections) == 2


def test_what_is_no_http_is_no_answer(service, push):
    async def babble(request):
        request.transport.write(b"SSH-2.0-OpenSSH\r\n")
        await asyncio.sleep(0.2)
        return web.Response()

    service.answers["one"] = [babble]
    assert push(service.browser("one")) == [(0, 0, 0)]


def test_a_word_on_the_way_is_not_the_answer(service, push):
    async def hint(request):
        request.transport.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        return web.Response(status=201)

    service.answers["one"] = [hint]
    assert push(service.browser("one")) == [(0, 201, 0)]


def test_a_service_that_only_fails_is_left_alone_for_a_while(service, push, monkeypatch):
    monkeypatch.setattr(pushing, "REST_S", 0.05)
    browsers = [service.browser(str(number)) for number in range(12)]
    for browser in browsers:
        service.answers[browser.name] = [500]

    statuses = [status for _, status, _ in push(*browsers, at_once=1)]
    assert statuses == [500] * 8 + [-1] * 4
    time.sleep(0.06)  # the rest itself is what is tested
    assert push(browsers[0]) == [(0, 201, 0)]


def test_a_name_that_leads_inside_is_not_spoken_to(service, push):
    one = service.browser("one")
    push(one)
    client = push.client[0]
    inside = Endpoint("", "localhost", service.port, False, "/push/one")

    assert client.push([Parcel(1, inside, one.point, one.auth)], PAYLOAD, HEADERS) == [(1, 0, 0)]
    assert len(one.got) == 1


def test_a_key_that_is_none_is_refused_by_ourselves(service, push):
    one = service.browser("one")
    one.point = b"\x04" + bytes(range(64))

    assert push(one) == [(0, 400, 0)]


def test_tls_is_spoken_where_it_is_asked_for(service, push):
    one = service.browser("one")
    push(one)
    secure = Endpoint("", "127.0.0.1", service.port, True, "/push/one")
    client = push.client[0]
    client.trusted = {secure.origin}

    assert client.push([Parcel(1, secure, one.point, one.auth)], PAYLOAD, HEADERS) == [(1, 0, 0)]


def test_a_channel_that_has_ended_takes_no_request():
    with pytest.raises(Broken):
        asyncio.run(Channel().ask(b""))
    Channel().close()
    assert text_of(b"") == ""


def test_an_answer_that_nobody_asked_for_is_nobodys():
    channel = Channel()
    channel.data_received(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")

    assert (channel.waiting, channel.is_open) == (None, False)


def test_a_request_names_a_port_that_is_not_the_usual_one():
    plain = endpoint_of("https://push.example/a?b=1")
    other = endpoint_of("http://push.example:81/a", trusted={"http://push.example:81"})

    assert b"POST /a?b=1 HTTP/1.1\r\nHost: push.example\r\n" in pushing._request(plain, "", b"")
    assert b"Host: push.example:81\r\n" in pushing._request(other, "", b"")


class Answers(asyncio.Transport):
    """Answers each request at once, and says then that its time is over."""

    def __init__(self, channel):
        super().__init__()
        self.channel = channel

    def is_closing(self):
        return False

    def write(self, _):
        self.channel.data_received(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
        self.channel._late()


def test_an_answer_that_came_as_its_time_ended_is_one():
    channel = Channel()
    channel.connection_made(Answers(channel))

    assert asyncio.run(channel.ask(b"")).status == 201
