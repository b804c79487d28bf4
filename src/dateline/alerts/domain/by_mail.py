"""Alerts by mail: what `mail` knows them by, and when what was held is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.alerts.domain.choices import QUIET, SEND, Clocks, Quiet, Verdict
from dateline.alerts.domain.kinds import AlertClass, Pace

# The ways out of a mail are the newsletters' own: one page, one record of consent.
OUT, CHOOSE, YES = "newsletters.out", "newsletters.choose", "alerts.yes"
YES_LIVES = timedelta(days=7)
MORNING = 8 * 60  # minutes since midnight: when the mail of a day comes
CAP = "cap"
ALERTS, DIGEST = "alerts", "digest"
HOURLY, DAILY = Verdict(False, Pace.HOURLY.value), Verdict(False, Pace.DAILY.value)
VERDICTS = {Pace.INSTANT: SEND, Pace.HOURLY: HOURLY, Pace.DAILY: DAILY}


def scope_of(masthead_id: int, kind: str, subject: int | None = None) -> str:
    """By what `mail` knows alerts of one kind: `alerts:breaking:3`, `alerts:topic:3:17`.

    `kind` is a class of alerts, or `digest` for what was held.
    """
    named = f":{subject}" if subject else ""
    return f"{ALERTS}:{kind}:{masthead_id}{named}"


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope, taken apart. `subject` is the id of a topic or story, or None."""

    kind: str
    masthead_id: int
    subject: int | None


def read_scope(scope: str) -> Scope | None:
    """A scope of alerts taken apart; None for one of another room."""
    room, *parts = scope.split(":")
    known = {*AlertClass, DIGEST}
    if room != ALERTS or len(parts) not in {2, 3} or parts[0] not in known:
        return None
    numbers = parts[1:]
    if not all(one.isascii() and one.isdecimal() for one in numbers):
        return None
    return Scope(parts[0], int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else None)


@dataclass(frozen=True, slots=True)
class Held:
    """Why an alert waits for a digest, and since when (aware UTC); and its reader's clock.

    `last` is when they had their last digest of what quiet hours or a cap held.
    """

    why: str
    since: datetime
    time_zone: str
    quiet: Quiet | None
    last: datetime | None = None


def is_due(held: Held, clocks: Clocks) -> bool:
    """Whether a digest takes it at the moment of `clocks`; never in quiet hours.

    Hourly: with the next full hour. Daily: at 8 in the morning. Quiet hours: when they are over;
    a cap: at 8 on the next morning; of these two at most one digest a day. By the reader's clock.
    """
    today, minute, zone = clocks.here(held.time_zone)
    if held.quiet and held.quiet.covers(minute):
        return False
    since = held.since.astimezone(zone)
    if held.why == Pace.HOURLY:
        return _hour(held.since) < _hour(clocks.at)
    early = held.why == Pace.DAILY and since.hour * 60 + since.minute < MORNING
    mornings = (today - since.date()).days + early - (minute < MORNING)
    if held.why == Pace.DAILY:
        return mornings > 0
    if held.last and held.last.astimezone(zone).date() == today:
        return False
    return held.why == QUIET.why or mornings > 0


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3_600
