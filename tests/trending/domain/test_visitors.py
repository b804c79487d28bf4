"""The same reader is the same visitor on one site and one day, and on no other."""

from dateline.trending.domain.visitors import Visitors

TODAY, TOMORROW = Visitors(b"t" * 32), Visitors(b"m" * 32)
FIREFOX = b"Mozilla/5.0 Firefox/145.0"


def test_a_reader_is_one_visitor_of_a_site_for_a_day():
    assert TODAY.of(1, "203.0.113.9", FIREFOX) == TODAY.of(1, "203.0.113.9", FIREFOX)


def test_nothing_leads_from_one_site_or_day_or_reader_to_another():
    found = {
        TODAY.of(1, "203.0.113.9", FIREFOX),
        TODAY.of(2, "203.0.113.9", FIREFOX),
        TODAY.of(1, "203.0.113.10", FIREFOX),
        TODAY.of(1, "203.0.113.9", b"Mozilla/5.0 Safari/605"),
        TOMORROW.of(1, "203.0.113.9", FIREFOX),
        TODAY.of(11, "03.0.113.9", FIREFOX),
    }

    assert len(found) == 6
    assert all(0 <= one < 2**64 for one in found)
