"""Whether a thread is open: the desk first, then a moderator, then its age, then the house."""

from datetime import timedelta

import pytest

from dateline.discussion.domain.heat import Heat
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import DoorFacts, shown_score, standing
from tests.factories.discussion import MINUTE, NOON

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "door", "why"),
    [
        ({}, Door.OPEN, ""),
        ({"house": Door.HELD}, Door.HELD, "A moderator reads each comment here before"),
        ({"house": Door.CLOSED}, Door.CLOSED, "This title takes no comments."),
        ({"house": Door.CLOSED, "decided": Door.OPEN}, Door.OPEN, ""),
        ({"decided": Door.CLOSED}, Door.CLOSED, "A moderator closed this thread."),
        ({"placed_open": False, "decided": Door.OPEN}, Door.CLOSED, "The newsroom takes no"),
        ({"close_after_days": 1}, Door.CLOSED, "Comments close 1 day after a story."),
        ({"close_after_days": 2}, Door.OPEN, ""),
        ({"close_after_days": 1, "decided": Door.OPEN}, Door.OPEN, ""),  # sticks
        ({"close_after_days": 1, "published_at": None}, Door.OPEN, ""),
    ],
)
def test_who_has_the_last_word(facts, door, why):
    plain = DoorFacts(
        **{
            "house": Door.OPEN, "decided": None, "placed_open": True, "published_at": NOON - DAY,
            "close_after_days": 0, **facts,
        }
    )  # fmt: skip

    found = standing(plain, at=NOON)

    assert found.door is door
    assert found.why.startswith(why)
    assert bool(found.why) == (door is not Door.OPEN)


def test_it_closes_at_its_moment_not_before():
    facts = DoorFacts(Door.OPEN, None, True, NOON, 3)

    before = standing(facts, at=NOON + 3 * DAY - timedelta(microseconds=1))

    assert (before.door, before.until) == (Door.OPEN, NOON + 3 * DAY)
    assert standing(facts, at=NOON + 3 * DAY).door is Door.CLOSED


def test_scores_are_shown_late():
    def shown(at):
        return shown_score(6, 1, created_at=NOON, minutes=30, at=at)

    assert shown(NOON + 29 * MINUTE) is None
    assert shown(NOON + 30 * MINUTE) == (6, 1)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("The ferry came back at noon, as it always does.", 0.0),
        ("NHK and JR", 0.0),
        ("THIS IS ALL CAPITALS AND LOUD", 0.5),
        ("WHY ARE YOU SO STUPID?? YOU ARE SO WROOOOONG!! EVERY DAY!! YOU!!", 0.9),
    ],
)
def test_heat_is_shouting(text, score):
    assert Heat().score(text) == pytest.approx(score, abs=0.06)
