"""Times of wire lines: as ISO 8601, as they are where unclear, or no time."""

import pytest

from dateline.wire.domain import stamps


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("131137 GMT Nov 13", "2013-11-13T11:37+00:00"),
        (" 101137 GMT Dez 18 ", "2018-12-10T11:37+00:00"),
        ("091223 dec 18", "2018-12-09T12:23"),
        ("091223 déc. 2018", "2018-12-09T12:23"),
        ("071341 MESZ Okt 15", "2015-10-07T13:41+02:00"),
        ("010000 août 99", "1999-08-01T00:00"),
        ("010000 juin 26", "2026-06-01T00:00"),
        ("010000 juil 26", "2026-07-01T00:00"),
        ("010000 März 26", "2026-03-01T00:00"),
        ("010000 XYZ Nov 26", "010000 XYZ Nov 26"),
        ("010000 Nov", "010000 Nov"),
        ("010000 Foo 26", "010000 Foo 26"),
        ("later", None),
        ("123", None),
    ],
)
def test_the_last_line_of_iptc_7901(text, read):
    assert stamps.of_7901(text) == read


def test_the_day_of_a_time():
    assert stamps.day_of("2013-11-13T11:37+00:00") == "20131113"
    assert stamps.day_of("later") is None
    assert stamps.day_of(None) is None


def test_months_are_known_by_name_or_number():
    parts = {"year": "26", "day": "3", "hour": "6", "minute": "05", "zone": "gmt"}

    assert stamps.iso(month="11", **parts) == "2026-11-03T06:05+00:00"
    assert stamps.iso(month=12, **parts) == "2026-12-03T06:05+00:00"
    assert stamps.iso(month="brumaire", **parts) is None
