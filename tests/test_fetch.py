"""Which addresses outside may be spoken to."""

import pytest

from dateline.fetch import NotPublic, address_of, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_the_open_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "224.0.0.1", "0.0.0.1", "::1",
        "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "100.64.0.1",
    ],
)  # fmt: skip
def test_this_network_is_not_whatever_it_is_wrapped_in(address):
    assert not is_public(address)


def test_a_name_is_looked_up_once_and_judged():
    with pytest.raises(NotPublic, match=r"^localhost is no public address\.$"):
        address_of("localhost", 80)
    assert address_of("127.0.0.1", 80, private_allowed=True) == "127.0.0.1"


def test_a_name_below_localhost_is_this_machine_where_that_is_allowed():
    assert address_of("musashi.localhost", 80, private_allowed=True) == "127.0.0.1"
    with pytest.raises(NotPublic):
        address_of("musashi.localhost", 80)


def test_a_name_that_is_none_is_said_to_be_none():
    with pytest.raises(NotPublic, match="cannot be found"):
        address_of("no-such-host.invalid", 80)
