"""Outer caches as an operator writes them."""

import pytest

from dateline.edge.domain.outer import OuterCache, outer_caches, standing


def test_addresses_are_read_in_order_and_once():
    found = outer_caches(
        ["varnish+http://127.0.0.1:6081", "null", "varnish+https://[::1]/", "null"]
    )

    assert found == (
        OuterCache("varnish", "http://127.0.0.1:6081"),
        OuterCache("null", ""),
        OuterCache("varnish", "https://[::1]"),
    )
    assert [str(cache) for cache in found] == [
        "varnish+http://127.0.0.1:6081",
        "null",
        "varnish+https://[::1]",
    ]


def test_a_standing_says_which_counters_and_how_often_something_was_purged():
    assert standing((7 << 40) + 12) == "7-12"
    assert standing((2**23 << 40) + 2**40 - 1) == "8388608-1099511627775"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://127.0.0.1",
        "fastly+http://127.0.0.1",
        "varnish+ftp://127.0.0.1",
        "varnish+http://",
        "varnish+http://127.0.0.1:0",
        "varnish+http://127.0.0.1:99999",
        "varnish+http://[::1",
        "varnish+http://127.0.0.1/purge",
        "varnish+http://127.0.0.1?x",
        "varnish+http://127.0.0.1#x",
        "varnish+http://me@127.0.0.1",
    ],
)
def test_anything_else_is_refused_with_an_example(address):
    with pytest.raises(ValueError, match="write one as varnish"):
        outer_caches([address])
