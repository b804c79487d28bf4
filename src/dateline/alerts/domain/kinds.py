"""The words of the room: classes of alerts, where one stands, what became of each push."""

from datetime import timedelta
from enum import StrEnum


class AlertClass(StrEnum):
    """Why somebody gets an alert. Each has a cap of its own."""

    BREAKING = "breaking"
    TOPIC = "topic"  # of a topic that they follow
    STORY = "story"  # of a story that they follow


class Way(StrEnum):
    """How an alert reaches somebody."""

    PUSH = "push"
    MAIL = "mail"


class Pace(StrEnum):
    """How soon a follower by mail gets alerts of one class."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"


class State(StrEnum):
    """Where an alert stands. All from `done` on are the end."""

    ASKING = "asking"  # breaking: waits for a second person
    READY = "ready"  # nothing has left
    SENDING = "sending"
    DONE = "done"
    LAPSED = "lapsed"  # nobody confirmed it in time
    WITHDRAWN = "withdrawn"


class Fate(StrEnum):
    """What became of one alert for one follower. All but `waiting` and `chosen` are the end."""

    WAITING = "waiting"
    CHOSEN = "chosen"  # by mail: it may leave, and is not yet handed to the senders of mail
    SENT = "sent"  # the push service took it on; by mail: it is in the ledger of mail
    GONE = "gone"  # the browser has left: its subscription is removed
    FAILED = "failed"  # refused, or not taken in the time it holds
    HELD = "held"  # quiet hours or a cap: it is for the next digest
    STOPPED = "stopped"  # withdrawn before it left


class Change(StrEnum):
    """What a later alert does with an earlier one that was shown."""

    NONE = ""
    REPLACES = "replaces"  # a corrected story: another text in the same place
    WITHDRAWS = "withdraws"  # a killed or withdrawn one: a notice in its place


LONGEST_TEXT = 120  # characters
CONFIRM_WITHIN = timedelta(minutes=10)
# How long a push service keeps an alert for a browser that is away.
LIVES = {
    AlertClass.BREAKING: timedelta(hours=4),
    AlertClass.TOPIC: timedelta(hours=24),
    AlertClass.STORY: timedelta(hours=24),
}
CAPS = {AlertClass.BREAKING: 5, AlertClass.TOPIC: 4, AlertClass.STORY: 6}  # a day, until chosen
MOST_A_DAY = 20
