"""The script of the ticking wire: read, refused, and turned into files."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.demo.domain.content import ContentError
from dateline.demo.domain.script import CUT_AT, document, family_of, file_name, read_script
from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError

AT = datetime(2026, 11, 23, 6, 30, 12, 999, tzinfo=UTC)
TYPED = """# fog
after: 3s
agency: kna
format: newsml
headline: Fog closes the harbour's mouth
dateline: Corle
Fog came on {day}.

It stays.

# fog-2
family: fog
version: 5
correction: yes
after: 30s
agency: kna
format: ninjs3
embargo: 4m
headline: Mist

# half
after: 1m
agency: kna
format: broken
headline: Half
Words that do not arrive.
"""


def test_a_step_is_what_its_lines_say():
    fog, mist, half = read_script(TYPED, source="wire.md")

    assert (fog.after, fog.agency, fog.format) == (timedelta(seconds=3), "kna", "newsml")
    assert (fog.family, fog.version, fog.status) == ("fog", 1, "usable")
    assert fog.paragraphs == ("Fog came on {day}.", "It stays.")
    assert (mist.family, mist.version, mist.correction) == ("fog", 5, True)
    assert mist.embargo == timedelta(minutes=4)
    assert (fog.embargo, half.format) == (None, "broken")


def test_versions_share_an_id_within_a_turn_and_not_with_the_next():
    fog, mist, _ = read_script(TYPED, source="wire.md")

    assert family_of(fog, "1") == family_of(mist, "1") == "urn:newsml:kna.example:1:fog"
    assert family_of(fog, "2") != family_of(fog, "1")
    assert (file_name(fog, "1"), file_name(mist, "1")) == ("1-fog.xml", "1-fog-2.json")


def test_a_file_says_when_it_was_sent():
    fog, mist, _ = read_script(TYPED, source="wire.md")

    (first,) = formats.read(document(fog, agency="KNA", run="1", at=AT, local=AT), source="a")
    (second,) = formats.read(document(mist, agency="KNA", run="1", at=AT, local=AT), source="b")

    sent = AT.replace(microsecond=0)
    assert (first.version_created_at, first.copyright) == (sent, "© 2026 KNA")
    assert first.headline == "Fog closes the harbour’s mouth"
    assert first.body_text == "Fog came on Monday.\n\nIt stays."
    assert second.embargo_until == sent + timedelta(minutes=4)


def test_a_broken_file_is_cut_and_cannot_be_read():
    *_, half = read_script(TYPED, source="wire.md")
    data = document(half, agency="KNA", run="1", at=AT, local=AT)

    assert 0 < len(data) < 2_000 * CUT_AT
    with pytest.raises(WireFormatError):
        formats.read(data, source=file_name(half, "1"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("dateline:", "from:"), "there is no header from."),
        (("after: 3s\n", ""), "it has no after."),
        (("newsml", "fax"), "'fax' is no format."),
        (("3s", "soon"), "'soon' is no span of time"),
    ],
)
def test_what_means_nothing_is_refused_by_name(change, problem):
    with pytest.raises(ContentError) as refused:
        read_script(TYPED.replace(*change, 1), source="wire.md")

    assert str(refused.value).startswith("wire.md: fog: ")
    assert problem in str(refused.value)
