"""Whatever arrives: a refusal in a sentence, or items that fail closed. Never anything else."""

import json
import string

from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.inspect import as_json
from dateline.wire.domain.instants import Doubt, read_instant
from tests.media.builders import iim, jpeg
from tests.wire.domain.test_golden import DOCUMENTS

SEEDS = [file.read_bytes() for file in DOCUMENTS] + [jpeg(iim=iim((120, b"The ferry.")))]
TOKENS = [
    b"<", b">", b"</", b"/>", b"&", b"]]>", b"<![CDATA[", b"{", b"}", b"[", b'"', b"\x00", b"\xff",
    b"<pubStatus/>", b"<embargoed>x</embargoed>", b"<Status/>", b"<NewsComponent>", b"<NewsItem>",
    b'<docdata management-status="x">', b"<StatusWillChange/>", b"<!DOCTYPE x>", b"<ContentItem>",
    b'"pubstatus":', b'"embargoed": "x",', b"\xed\xa0\x80",
    b"\x01", b"\x02", b"\x03\x04", b"\x1f", b"^", b"\r\n\r\n", b"--b1", b"Sperrfrist ", b" =\n",
]  # fmt: skip
NAMES = ["uri", "guid", "pubstatus", "pubStatus", "embargoed", "embargoedUntil", "version", "type",
         "headline", "headlines", "body_html", "bodies", "associations", "subject", "renditions",
         "urgency", "standard", "item", "source-feed", "usn", "signals", "by", "ednote"]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["usable", "canceled", "x", "urn:x:1", "2026-11-20T12:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
WORDS = st.text(string.printable, max_size=25)


def read_or_refuse(data):
    """Read, and check what holds for every answer."""
    items, refusal = [], None
    try:
        items = formats.read(data, source="x")
    except WireFormatError as refused:
        refusal = refused
    assert items or (refusal.problem and str(refusal).startswith("x: "))
    for item in items:
        json.dumps(as_json(item)).encode()
        assert (item.reason is None) == (item.usability == "usable")
        assert item.family
        assert "\x00" not in f"{item.headline}{item.body_text}{item.family}"
    return items


@given(st.binary(max_size=400))
def test_random_bytes(data):
    for start in (
        b"",
        b"<",
        b"<nitf>",
        b"<NewsML><NewsItem>",
        b"<!DOCTYPE nitf [",
        b"{",
        b"\xff\xd8\xff",
        b'<newsItem guid="urn:x:1">',
        b'{"uri":"1",',
    ):
        read_or_refuse(start + data)


@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 6), st.sampled_from(TOKENS) | st.binary(max_size=4)
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_real_documents_with_bytes_changed(seed, changes):
    data = seed
    for share, cut, token in changes:
        at = int(len(data) * share)
        data = data[:at] + token + data[at + cut :]

    read_or_refuse(data)


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
def test_json_of_any_shape(values):
    read_or_refuse(json.dumps({"uri": "urn:x:1"} | values).encode())


@given(WORDS, st.booleans())
def test_an_unreadable_embargo_is_never_usable(text, in_json):
    unclear = read_instant(text, zone=None, late=True).doubt is not None

    for item in read_or_refuse(_with(in_json, embargoed=text)):
        assert (item.usability == "held") is unclear
        assert (item.embargo_until is None) is (
            read_instant(text, zone=None, late=True).doubt is Doubt.UNREADABLE
        )


@given(WORDS | st.sampled_from(["usable", "USABLE", "canceled", "withheld"]), st.booleans())
def test_an_unknown_status_is_never_usable(text, in_json):
    word = text.strip().lower()
    expected = {"usable": "usable", "canceled": "killed"}.get(word, "held")

    for item in read_or_refuse(_with(in_json, pubstatus=text)):
        assert item.usability == expected
        assert item.recalls is (word in ("canceled", "withheld"))


def _with(in_json, **said):
    ((name, text),) = said.items()
    if in_json:
        return json.dumps({"uri": "urn:x:1", "headline": "a", name: text}).encode()
    escaped = "".join(f"&#{ord(letter)};" for letter in text if letter not in "\x0b\x0c")
    element = (
        f"<embargoed>{escaped}</embargoed>"
        if name == "embargoed"
        else f'<pubStatus qcode="stat:{escaped}"/>'
    )
    return f'<newsItem guid="urn:x:1"><itemMeta>{element}</itemMeta></newsItem>'.encode()
