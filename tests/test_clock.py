"""The clock gives this moment, in UTC."""

from datetime import UTC, datetime

from dateline import clock


def test_now_is_now_and_in_utc():
    before = datetime.now(UTC)

    moment = clock.now()

    assert before <= moment <= datetime.now(UTC)
    assert moment.tzinfo is UTC
