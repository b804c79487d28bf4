"""What the desk's screens of alerts show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateline.alerts import models
from dateline.alerts.domain.kinds import Fate, State
from dateline.alerts.domain.refusals import WHY
from dateline.alerts.queries.audience import figures
from dateline.mail.queries.mailings import Progress, progress
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

NEWEST = 50  # alerts
RECENT = 12  # stories
REFUSALS_STAND = timedelta(days=1)
DRILL_OVERDUE = timedelta(minutes=75)  # one is due every half hour


@dataclass(frozen=True, slots=True)
class Line:
    """One alert with what became of it: pushes of each fate, and seconds until the last.

    `mail` is how far its mails are; `may_mail` that those who got it by mail can be told of this.
    """

    alert: models.Alert
    sent: int
    waiting: int
    held: int
    gone: int
    failed: int
    stopped: int
    took_s: int | None
    mail: Progress | None
    may_mail: bool

    @property
    def asks(self) -> bool:
        """Whether it waits for a second person."""
        return self.alert.state == State.ASKING

    @property
    def stands(self) -> bool:
        """Whether it may be taken back."""
        over = {State.WITHDRAWN, State.LAPSED}
        return self.alert.state not in over and not self.alert.change


def lines(masthead_ids: Collection[int], *, newest: int = NEWEST) -> list[Line]:
    """The newest alerts of these mastheads, those that ask first.

    Two queries, and two for each that has mails.
    """
    rows = models.Alert.objects.filter(masthead__in=masthead_ids).order_by("-pk")
    found = list(
        rows.select_related("masthead", "story", "topic", "made_by", "confirmed_by")[:newest]
    )
    numbers = figures([row.pk for row in found])
    ordered = sorted(found, key=lambda row: row.state != State.ASKING)
    told = {(row.instead_of_id, row.change) for row in found if row.change and row.mail_asked_at}
    return [_line(row, numbers[row.pk], told) for row in ordered]


def recent(site: Site, *, at: datetime) -> list[tuple[int, str, datetime]]:
    """The newest stories that this masthead's readers may be alerted to: id, headline, since."""
    rows: Any = stories.open_placements(use=Use.ALERT, at=at).filter(masthead_id=site.id)
    rows = rows.order_by("-published_at").values_list("story_id", "story__headline", "published_at")
    return list(rows[:RECENT])


def last_drill() -> models.Drill | None:
    """The newest drill, or None before the first."""
    return models.Drill.objects.order_by("-at").first()


def drill_problem(*, at: datetime) -> str:
    """What is wrong with the way to readers, as the drills have it, or nothing. `at` is UTC."""
    last = last_drill()
    if last is None:
        return ""
    if last.problem:
        return f"The drill at {last.at:%H:%M UTC, %d %B} did not come through. {last.problem}"
    if at - last.at > DRILL_OVERDUE:
        return f"No drill ran since {last.at:%H:%M UTC, %d %B}: the worker may have stopped."
    return ""


def refusal_problem(*, at: datetime) -> str:
    """Which push services refused what we sent in the last day for a reason of ours; or nothing.

    `at` is aware UTC.
    """
    rows = models.PushRefusal.objects.filter(at__gt=at - REFUSALS_STAND).order_by("-at")
    return " ".join(
        f"{row.origin} {WHY[row.status]} (status {row.status}, {row.at:%H:%M UTC, %d %B})."
        for row in rows
    )


def _line(
    row: models.Alert, numbers: dict[str, int], told: Collection[tuple[int | None, str]]
) -> Line:
    started, ended = row.purged_at, row.ended_at
    took = int((ended - started).total_seconds()) if started and ended else None
    return Line(
        row, sent=numbers.get(Fate.SENT, 0), waiting=numbers.get(Fate.WAITING, 0),
        held=numbers.get(Fate.HELD, 0), gone=numbers.get(Fate.GONE, 0),
        failed=numbers.get(Fate.FAILED, 0), stopped=numbers.get(Fate.STOPPED, 0), took_s=took,
        mail=progress(row.mailing_id) if row.mailing_id else None,
        may_mail=bool(row.change) and row.state not in {State.WITHDRAWN, State.LAPSED}
        and (row.instead_of_id, row.change) not in told,
    )  # fmt: skip
