"""A push says the same to services and browsers, and fits what each of them takes."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.domain.kinds import AlertClass, Change
from dateline.alerts.domain.push import MOST_BYTES, Notice

NOTICE = {
    "title": "The Musashi Daily · Breaking", "text": "Ferry returns to harbour", "language": "en",
    "url": "https://musashi.example/world/ferry-7", "masthead_id": 2, "story_id": 7,
    "alert_class": AlertClass.BREAKING,
}  # fmt: skip


def test_a_breaking_alert_is_urgent_and_soon_over():
    assert Notice(**NOTICE).headers() == {"TTL": "14400", "Urgency": "high", "Topic": "m2-s7"}


def test_what_takes_its_place_has_the_same_topic_lives_longer_and_is_silent():
    later = Notice(**{**NOTICE, "alert_class": AlertClass.TOPIC, "change": Change.REPLACES})

    assert later.headers() == {"TTL": "86400", "Urgency": "high", "Topic": "m2-s7"}
    assert json.loads(later.payload())["notification"]["silent"] is True


def test_a_topic_alert_can_wait():
    assert Notice(**{**NOTICE, "alert_class": AlertClass.TOPIC}).urgency == "normal"


def test_the_payload_is_declarative():
    said = json.loads(Notice(**NOTICE, icon="https://musashi.example/icon.svg").payload())

    assert said["web_push"] == 8030
    assert said["notification"] == {
        "title": "The Musashi Daily · Breaking", "body": "Ferry returns to harbour",
        "navigate": "https://musashi.example/world/ferry-7", "lang": "en", "dir": "auto",
        "tag": "m2-s7", "silent": False, "icon": "https://musashi.example/icon.svg",
    }  # fmt: skip


def test_a_notice_that_no_push_holds_is_refused():
    with pytest.raises(ValueError, match=r"a push holds 3,800"):
        Notice(**{**NOTICE, "text": "字" * 1_300}).payload()


@given(masthead=st.integers(1, 2**31), story=st.integers(1, 2**63 - 1))
def test_a_topic_fits_the_standard(masthead, story):
    notice = Notice(**{**NOTICE, "masthead_id": masthead, "story_id": story})

    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", notice.topic)
    assert len(notice.payload()) <= MOST_BYTES
