"""Documents changed at random never become usable when what forbids it is still in them."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from dateline.wire.domain import formats, xmltree
from dateline.wire.domain.errors import WireFormatError
from tests.conftest import SAMPLES as REAL
from tests.wire.domain.test_golden import DOCUMENTS

SOURCES = [
    file
    for folder in ("nitf", "newsml-1.2")
    for file in (sorted((REAL / folder).glob("*.xml")) if REAL.is_dir() else ())
    if file.name != "nitf-starline.xml"
] + [file for file in DOCUMENTS if file.name.startswith(("nitf-", "newsml1-"))]
BAD_STATUS = st.sampled_from(
    ["Canceled", "withheld", "Embargoed", "OPEN", "killed", " ", "useable"]
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["double", "drop", "turn", "shout", "cut"]), st.integers(0, 10_000)),
    max_size=6,
)
slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@slow
@given(st.sampled_from(SOURCES), BAD_STATUS, CHANGES)
def test_a_status_that_forbids_use_outlives_every_change(file, status, changes):
    root = xmltree.parse(file.read_bytes(), source=file.name, named_dtd=True)
    guards = _forbid(root, status)
    _change(root, guards, changes)

    for item in _read(root):
        waits = status == "Embargoed" and item.embargo_until is not None
        assert item.usability != "usable" or waits
        assert item.reason or waits


@slow
@given(st.sampled_from(SOURCES), st.sampled_from(["Next Monday", "", "YYYYMMDD"]), CHANGES)
def test_an_embargo_nobody_can_read_outlives_every_change(file, when, changes):
    root = xmltree.parse(file.read_bytes(), source=file.name, named_dtd=True)
    guards = _embargo(root, when)
    _change(root, guards, changes)

    for item in _read(root):
        assert item.usability != "usable"
        assert item.embargo_until is None or item.reason


@slow
@given(st.sampled_from(SOURCES), st.floats(0, 0.999))
def test_a_document_cut_short_is_refused_whole(file, share):
    data = file.read_bytes().rstrip()
    cut = data[: int(len(data) * share)]
    assume(cut != data)

    with pytest.raises(WireFormatError, match=r"^x: \(document\): "):
        formats.read(cut, source="x")


def _read(root):
    try:
        return formats.read(etree.tostring(root), source="x")
    except WireFormatError:
        return ()


def _forbid(root, status):
    """Give each item a status that forbids use; what carries it comes back."""
    if xmltree.name_of(root) == "nitf":
        head = xmltree.child(root, "head")
        head = etree.SubElement(root, "head") if head is None else head
        return [etree.SubElement(head, "docdata", {"management-status": status.strip() or "none"})]
    return [
        etree.SubElement(managed, "Status", FormalName=status)
        for managed in root.iter("NewsManagement")
    ]


def _embargo(root, when):
    if xmltree.name_of(root) == "nitf":
        head = xmltree.child(root, "head")
        head = etree.SubElement(root, "head") if head is None else head
        return [etree.SubElement(head, "date.release", norm=when)]
    guards = []
    for managed in root.iter("NewsManagement"):
        change = etree.SubElement(managed, "StatusWillChange")
        guards.append(etree.SubElement(change, "FutureStatus", FormalName="Usable"))
        guards.append(etree.SubElement(change, "DateAndTime"))
        guards[-1].text = when
    return guards


def _change(root, guards, changes):
    """Double, drop, turn round, rename in capitals or empty elements that guard nothing."""
    kept = {one for guard in guards for one in (guard, *guard.iterancestors())}
    for what, number in changes:
        every = [one for one in root.iter() if one is not root and one not in kept]
        if every:
            _DO[what](every[number % len(every)])


def _double(one):
    one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))


def _drop(one):
    one.getparent().remove(one)


def _turn(one):
    one.getparent()[:] = reversed(one.getparent())


def _shout(one):
    one.tag = one.tag.upper()


def _cut(one):
    one.text = None
    one[:] = []
    one.attrib.clear()


_DO = {"double": _double, "drop": _drop, "turn": _turn, "shout": _shout, "cut": _cut}
