"""So many connections an address; a household of IPv6 is one."""

import socket
from ipaddress import ip_network

import pytest

from dateline.project.front import peers
from dateline.project.front.peers import Peers
from tests.project.front.conftest import ask, wait_until

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def test_an_address_may_hold_so_many_connections_and_others_theirs():
    counted = Peers((), limit=2)

    assert [counted.enter("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert counted.enter("192.0.2.2")
    counted.leave("192.0.2.1")

    assert counted.enter("192.0.2.1")
    assert counted.refused == 1


def test_who_left_is_forgotten():
    counted = Peers((), limit=2)

    counted.enter("192.0.2.1")
    counted.leave("192.0.2.1")

    assert counted.counts == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_a_64_of_ipv6_is_one_address(one, other, same):
    counted = Peers((), limit=1)

    assert counted.enter(one)
    assert counted.enter(other) is not same


def test_declared_proxies_have_no_limit():
    counted = Peers(PROXIES, limit=1)

    assert all(counted.enter("10.1.2.3") for _ in range(5))
    counted.leave("10.1.2.3")
    assert counted.is_trusted("::1")
    assert not counted.is_trusted("192.0.2.1")
    assert not counted.is_trusted("nonsense")
    assert counted.counts == {}


def test_any_number_of_addresses_takes_little_memory(monkeypatch):
    monkeypatch.setattr(peers, "REMEMBER_AT_MOST", 10)
    counted = Peers(PROXIES, limit=5)

    for number in range(50):
        counted.enter(f"192.0.2.{number}")

    assert len(counted.known) <= 10
    assert len(counted.counts) == 50


def test_one_connection_too_many_is_refused_until_another_ends(front_at, renderer, say):
    with front_at(address_connections=2) as port:
        kept = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        for line in kept:
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 200")
        refused = say(port, b"")
        for line in kept:
            line.close()

        wait_until(lambda: ask(port, "/livez")[0].status == 200)

    assert refused.startswith(b"HTTP/1.1 429 ")
    assert b"too many connections from this address" in refused
