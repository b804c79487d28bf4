"""What the front refuses, strips and says about the reader."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.project.front import heads
from dateline.project.front.heads import Refused, Sender

HOST = (b"host", b"post.localhost:8000")
PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1"))


@pytest.mark.parametrize(
    "path",
    [b"/", b"/world/a-story-12", b"/a/b.xml", b"/%E6%97%A5", b"/~x/-_.!'()*,@:$&+=", b"//x"],
)
def test_ordinary_addresses_pass(path):
    heads.check("GET", path, [HOST])


@pytest.mark.parametrize(
    "path",
    [
        b"/a%2fb", b"/a%2Fb", b"/a%5cb", b"/a%00b", b"/a%3bb", b"/a%0d%0ab", b"/a;b", b"/a\\b",
        b"/a/../b", b"/..", b"/a..b", b"/%2e%2e/b", b"/a/.%2e/b", b"/a b", pytest.param(b"/a\x7f", id="delete"), b"a", b"*",
        b"", b"/%ff", b"/a%2e%2e",
    ],
)  # fmt: skip
def test_an_address_that_can_be_read_in_two_ways_is_refused(path):
    with pytest.raises(Refused) as refused:
        heads.check("GET", path, [HOST])

    assert refused.value.status == 400


@given(st.binary(max_size=40))
def test_no_path_that_passes_hides_a_slash_a_dot_pair_or_a_zero(tail):
    path = b"/" + tail
    try:
        heads.check_path(path)
    except Refused:
        return
    decoded = heads.unquote_to_bytes(path)
    assert decoded.count(b"/") == path.count(b"/")
    assert not any(trap in decoded for trap in (b"..", b"\\", b"\x00", b"\n", b"\r", b";"))
    decoded.decode()


@pytest.mark.parametrize(
    "hosts",
    [[], [HOST, HOST], [(b"host", b"")], [(b"host", b"a b")], [(b"host", b"a/b")],
     [(b"host", b"user@a")], [(b"host", b"a,b")]],
)  # fmt: skip
def test_a_request_has_one_well_formed_host(hosts):
    with pytest.raises(Refused, match="exactly one well-formed Host"):
        heads.check("GET", b"/", hosts)


@pytest.mark.parametrize("host", [b"a.test", b"a.test:8000", b"127.0.0.1", b"[::1]:80"])
def test_usual_hosts_pass(host):
    heads.check("GET", b"/", [(b"host", host)])


def test_unknown_methods_and_bodies_under_get_are_refused():
    with pytest.raises(Refused) as method:
        heads.check("TRACE", b"/", [HOST])
    with pytest.raises(Refused) as body:
        heads.check("GET", b"/", [HOST, (b"content-length", b"5")])

    assert (method.value.status, body.value.status) == (405, 400)
    heads.check("GET", b"/", [HOST, (b"content-length", b"0")])


def test_the_length_of_a_body_is_read_from_its_header():
    assert heads.declared_length([HOST, (b"content-length", b"12")]) == 12
    assert heads.declared_length([HOST, (b"transfer-encoding", b"chunked")]) is None
    assert heads.has_body([(b"transfer-encoding", b"chunked")])
    assert not heads.has_body([HOST])


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        ("192.0.2.1", [(b"x-forwarded-for", b"1.2.3.4")], Sender("192.0.2.1", "http")),
        ("192.0.2.1", [(b"x-forwarded-proto", b"https")], Sender("192.0.2.1", "http")),
        ("10.0.0.1", [], Sender("10.0.0.1", "http")),
        (
            "10.0.0.1",
            [(b"x-forwarded-for", b"6.6.6.6, 198.51.100.7"), (b"x-forwarded-proto", b"https")],
            Sender("198.51.100.7", "https"),
        ),
        (
            "::1",
            [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"198.51.100.7, 10.0.0.9")],
            Sender("198.51.100.7", "http"),
        ),
        ("10.0.0.1", [(b"x-forwarded-for", b"10.0.0.3, 10.0.0.2")], Sender("10.0.0.3", "http")),
        ("10.0.0.1", [(b"x-forwarded-for", b"junk, 10.0.0.2")], Sender("10.0.0.2", "http")),
        ("10.0.0.1", [(b"x-forwarded-proto", b"javascript")], Sender("10.0.0.1", "http")),
        ("", [(b"x-forwarded-for", b"1.2.3.4")], Sender("", "http")),
    ],
)
def test_only_a_declared_proxy_says_who_the_reader_is(peer, headers, expected):
    assert heads.sender(peer, headers, PROXIES) == expected


def test_what_a_client_must_not_say_is_not_passed_on():
    tricks = [
        b"x-forwarded-for", b"x-forwarded-host", b"forwarded", b"x-real-ip", b"x-original-url",
        b"x-rewrite-url", b"x-http-method-override", b"proxy", b"x-dateline-token",
        b"x-dateline-client", b"x_dateline_client", b"x_forwarded_for", b"transfer-encoding",
        b"te", b"upgrade", b"keep-alive", b"expect", b"connection", b"via",
    ]  # fmt: skip
    headers = [HOST, (b"cookie", b"a=1"), *((name, b"spoofed") for name in tricks)]

    passed = heads.passed_on(headers, Sender("192.0.2.1", "https"), b"token")

    assert passed == [
        ("host", "post.localhost:8000"),
        ("cookie", "a=1"),
        ("x-dateline-token", "token"),
        ("x-dateline-client", "192.0.2.1"),
        ("x-dateline-scheme", "https"),
    ]


def test_a_client_may_name_headers_of_its_own_hop_but_not_take_ours_away():
    headers = [HOST, (b"connection", b"close, X-Mine, Host"), (b"x-mine", b"1"), (b"x-not", b"2")]

    names = [name for name, _ in heads.passed_on(headers, Sender("", "http"), b"")]

    assert names[:2] == ["host", "x-not"]


def test_an_answer_loses_what_belongs_to_the_hop_behind_us():
    headers = [
        (b"Content-Type", b"text/html"), (b"Server", b"granian"), (b"Date", b"now"),
        (b"Connection", b"keep-alive"), (b"Transfer-Encoding", b"chunked"),
        (b"Content-Length", b"3"), (b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2"),
    ]  # fmt: skip

    kept = heads.answered(headers, 200)

    assert kept == [
        (b"content-type", b"text/html"), (b"content-length", b"3"),
        (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"),
    ]  # fmt: skip
    assert (b"content-length", b"3") not in heads.answered(headers, 304)
