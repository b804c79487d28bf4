"""When a picture was taken: only a time with a zone counts."""

from datetime import UTC, datetime

import pytest

from dateline.media.domain import taken
from dateline.media.domain.taken import Said


@pytest.mark.parametrize(
    ("date", "time", "iso"),
    [
        ("20261121", "100500+0900", "2026-11-21T10:05:00+09:00"),
        ("20261121", "1005", "2026-11-21"),
        ("20261121", None, "2026-11-21"),
        ("21 Nov", "100500+0900", "21 Nov"),
        (None, None, None),
    ],
)
def test_joins_the_two_fields_of_iim(date, time, iso):
    assert taken.from_iim(date, time) == iso


@pytest.mark.parametrize(
    ("at", "offset", "iso"),
    [
        ("2026:11:21 10:05:00", "+09:00", "2026-11-21T10:05:00+09:00"),
        ("2026:11:21 10:05:00", None, "2026-11-21T10:05:00"),
        ("    :  :  ", None, "    :  :  "),
        (None, "+09:00", None),
    ],
)
def test_joins_the_two_fields_of_exif(at, offset, iso):
    assert taken.from_exif(at, offset) == iso


def test_takes_the_first_time_that_has_a_zone():
    said = [
        Said("XMP", "2026-11-21T10:05:00"),
        Said("IIM", "2026-11-21T10:05:00+09:00"),
        Said("EXIF", "2026-11-21T10:06:00+09:00"),
    ]

    assert taken.decide(said) == (datetime(2026, 11, 21, 1, 5, tzinfo=UTC), ())


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2026-11-21T10:05:00", "without a time zone"),
        ("2026-11-21", "without a time zone"),
        ("2026-11", "which is no time"),
        ("0001-01-01T00:00:00Z", "which is no time"),
        ("2026-11-21T10:57:38-10:57", "which is no time"),
        ("2026-11-21T10:57:38+15:00", "which is no time"),
    ],
)
def test_guesses_nothing_and_says_what_was_found(value, why):
    moment, warnings = taken.decide([Said("XMP", value)])

    assert moment is None
    assert warnings == (f"XMP says it was taken at {value!r}, {why}.",)
