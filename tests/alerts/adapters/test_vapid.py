"""One signature serves a push service for eleven hours."""

import json
from datetime import timedelta

from dateline.alerts.adapters.vapid import Vapid, key_from
from tests.factories.alerts import NOON
from tests.push_service import bytes_of

HOUR = timedelta(hours=1)


def test_it_is_made_once_for_each_origin_and_anew_before_it_ends():
    vapid = Vapid(key_from(bytes(31) + b"\x07"), "https://dateline.example")
    first = vapid.authorization("https://push.example", at=NOON)

    assert vapid.authorization("https://push.example", at=NOON + 10 * HOUR) == first
    assert vapid.authorization("https://other.example", at=NOON) != first
    later = vapid.authorization("https://push.example", at=NOON + 11 * HOUR)
    assert later != first
    claims = json.loads(bytes_of(later.split(".")[1]))
    assert claims == {
        "aud": "https://push.example",
        "exp": int((NOON + 23 * HOUR).timestamp()),
        "sub": "https://dateline.example",
    }
