"""Facts as data: what is written comes back, and waits grow to an hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from dateline.outbox.domain import LONGEST_WAIT, decode, encode, handler_path, wait_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    name: ClassVar[str] = "everything"
    text: str
    number: int
    ids: tuple[int, ...]
    at: datetime
    until: datetime | None = None


aware = st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        Everything,
        text=st.text(),
        number=st.integers(),
        ids=st.lists(st.integers()).map(tuple),
        at=aware,
        until=st.none() | aware,
    )
)
def test_every_fact_comes_back_as_it_was(fact):
    assert decode(Everything, encode(fact)) == fact


def test_a_field_that_is_gone_and_one_that_is_new_do_not_stop_a_delivery():
    written = {"text": "a", "number": 1, "ids": [], "at": "2026-11-23T10:00:00+00:00", "old": 1}

    assert decode(Everything, written).until is None


def test_waits_double_from_five_seconds_to_an_hour():
    assert [wait_after(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (5, 10, 20)]
    assert wait_after(12) == wait_after(10_000) == LONGEST_WAIT


def test_a_handler_is_remembered_by_its_dotted_name():
    assert handler_path(wait_after) == "dateline.outbox.domain.wait_after"
