"""When a saved search is due, by its reader's clock; and by what `mail` knows it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.domain.search_words import ENGLISH, JAPANESE, search_words_for
from dateline.alerts.domain.searches import SearchPace, Wanted, next_due, saved_of, scope_of

ZONES = ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC"]
MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda s: datetime.fromtimestamp(s, UTC))


def test_daily_is_at_eight_on_the_readers_clock():
    evening = datetime(2026, 11, 30, 12, tzinfo=UTC)  # 21:00 in Tokyo

    due = next_due(SearchPace.DAILY, "Asia/Tokyo", after=evening)

    assert due.astimezone(UTC) == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_weekly_is_on_monday():
    monday = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("Asia/Tokyo"))
    before = monday - timedelta(seconds=1)

    assert next_due(SearchPace.WEEKLY, "Asia/Tokyo", after=before) == monday
    assert next_due(SearchPace.WEEKLY, "Asia/Tokyo", after=monday) == monday + timedelta(days=7)


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(SearchPace))
def test_the_next_one_is_later_and_the_first_of_its_kind(after, zone, pace):
    due = next_due(pace, zone, after=after)
    here = due.astimezone(ZoneInfo(zone))

    assert (here.hour, here.minute) == (8, 0)
    assert after < due <= after + timedelta(days=8 if pace == SearchPace.WEEKLY else 2, hours=1)
    assert pace is SearchPace.DAILY or here.weekday() == 0


def test_the_same_search_is_the_same_in_whatever_order_it_was_narrowed():
    one = Wanted("ferry", "/a", "ferry", {"s": "sport", "k": "opinion"})

    assert one.key == Wanted("ferry", "/b", "f", {"k": "opinion", "s": "sport"}).key
    assert one.key != Wanted("ferry", "/a", "ferry", {"s": "sport"}).key


@pytest.mark.parametrize("scope", ["", "alerts:topic:1:2", "alerts:search:", "alerts:search:x",
                                   "newsletter:3", "alerts:search:٣", "alerts:search:-1"])  # fmt: skip
def test_a_scope_of_something_else_is_no_saved_search(scope):
    assert saved_of(scope) is None


def test_a_scope_is_read_as_it_was_written():
    assert saved_of(scope_of(17)) == 17


def test_both_languages_say_the_same_things():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert search_words_for("ja-JP")["save"] == "保存"
    assert search_words_for("fr")["save"] == "Save"
    assert {len(words["months"].split()) for words in (ENGLISH, JAPANESE)} == {12}
