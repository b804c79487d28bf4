"""Names of pages and tags: one address, one name; no tag is lost on the way to an outer cache."""

import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edge import keys

QUERIES = st.lists(
    st.tuples(
        st.sampled_from([b"page", b"v", b"after", b"pa%67e", b"utm_source", b"", b"page;v"]),
        st.sampled_from([b"", b"1", b"2", b"a+b", b"a%20b", b"%00", b"%zz", b"1;page=3", b"\xff"]),
    ),
    max_size=6,
)
TAGS = st.sets(
    st.builds("{}:{}".format, st.sampled_from([*keys.EXACT_FIRST, "later"]), st.integers(0, 300)),
    max_size=200,
)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        (b"", b""),
        (b"utm_source=x&gclid=1&=2&&", b""),
        (b"v=2&page=1", b"page=1&v=2"),
        (b"page=1&page=2", b"page=1"),
        (b"pa%67e=2&page=3", b"page=2"),  # a renderer reads the first name as `page` too
        (b"page=1;v=2", b"page=1%3Bv%3D2"),  # only & parts fields
        (b"page=a+b", b"page=a%20b"),
        (b"after=%e3%81%82", b"after=%E3%81%82"),
        (b"page", b"page="),
        (b"PAGE=1", b""),
    ],
)
def test_a_query_is_written_in_one_way(query, canonical):
    assert keys.canonical_query(query) == canonical


@given(QUERIES)
def test_a_canonical_query_says_the_same_and_stays_as_it_is(fields):
    query = b"&".join(name + b"=" + value for name, value in fields)

    canonical = keys.canonical_query(query)

    assert keys.canonical_query(canonical) == canonical
    names = [name for name, _ in parse_qsl(canonical.decode(), keep_blank_values=True)]
    assert names == sorted(set(names))
    assert set(names) <= keys.ALLOWED_QUERY
    assert re.fullmatch(rb"[A-Za-z0-9_.~%=&-]*", canonical)


def test_an_address_has_one_key_and_no_two_share_one():
    key = keys.page_key(b"Musashi.localhost:8000", b"/a/", b"v=2&utm_source=x&page=1")

    assert key == keys.page_key(b"musashi.localhost:8000", b"/a/", b"page=1&v=2")
    assert len(key) == 32
    others = [
        keys.page_key(b"musashi.localhost", b"/a/", b"page=1&v=2"),
        keys.page_key(b"musashi.localhost:8000", b"/A/", b"page=1&v=2"),
        keys.page_key(b"musashi.localhost:8000", b"/a/", b"page=1"),
        keys.page_key(b"musashi.localhost:8000/a", b"/", b"page=1&v=2"),
        keys.page_key(b"", b"musashi.localhost:8000/a/", b"page=1&v=2"),
    ]
    assert len({key, *others}) == 6


def test_tags_say_what_they_are():
    assert keys.story(12) == "s:12"
    assert keys.card(12) == "sh:12"
    assert keys.list_of(3, 7) == "l:3:7"
    assert keys.list_of(3) == keys.list_of(3, None) == "l:3:0"
    assert keys.thread(12, 3) == "c:12:3"
    assert keys.chrome(3) == "n:3"
    assert keys.network() == "n:*"
    assert keys.picture(5) == "p:5"
    assert keys.topic("海") == "t:海"
    assert keys.far("l:3:7") == "l:3:7:far"
    assert keys.person(4) == "t:person:4"
    assert keys.subject(4) == "t:subject:4"
    assert keys.provider(4) == "t:provider:4"
    assert keys.release() == "r:code"


def test_few_tags_stay_exact_on_the_wire():
    tags = [keys.story(number) for number in range(60)]

    wire = keys.wire_tags(tags)

    assert len(set(wire)) == 60
    assert {len(tag) for tag in wire} == {8}
    assert set(keys.wire_purge(["s:7"])) & set(wire)
    assert not set(keys.wire_purge(["s:61"])) & set(wire)


def test_many_tags_keep_lists_exact_and_name_cards_by_bucket():
    lists = [keys.list_of(1, number) for number in range(20)]
    cards = [keys.card(number) for number in range(200)]

    wire = keys.wire_tags([*cards, *lists])

    exact = {tag for tag in wire if "~" not in tag}
    assert set(keys.wire_tags(lists)) <= exact
    assert {tag for tag in wire if "~" in tag} == {f"sh~{bucket}" for bucket in range(6)}
    assert not set(keys.wire_purge(["s:1"])) & set(wire)  # a body that this page does not show


@given(TAGS)
def test_whatever_a_page_depends_on_purges_it_in_an_outer_cache(tags):
    wire = keys.wire_tags(tags)

    assert len(wire) <= 60
    assert len(" ".join(wire)) <= 1024  # bunny.net's whole header
    assert all(re.fullmatch(r"[A-Za-z0-9_~-]{1,8}", tag) for tag in wire)
    assert all(set(keys.wire_purge([tag])) & set(wire) for tag in tags)


def test_every_kind_at_once_still_fits():
    tags = [f"{kind}:{number}" for kind in [*keys.EXACT_FIRST, "x", "y"] for number in range(99)]

    wire = keys.wire_tags(tags)

    assert len(wire) == 60
    assert len({tag for tag in wire if "~" in tag}) == 54
