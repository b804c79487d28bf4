"""Where the warm-up of each way of sending stands."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Sum

from dateline.mail import models
from dateline.mail.domain.curve import allowance, day_of, next_day
from dateline.mail.domain.states import MailingState
from dateline.mail.queries.mailings import SETTLED


@dataclass(frozen=True, slots=True)
class WarmLine:
    """One way's day. `receiver` is empty for all; no `tomorrow`: it is warm from then on."""

    way: str
    receiver: str
    allowed: int
    used: int
    tomorrow: int | None


@dataclass(frozen=True, slots=True)
class WarmUpNow:
    """Today's allowances, and how many mails wait for the next day, which begins then (UTC)."""

    lines: list[WarmLine]
    waiting: int
    next_day_at: datetime


def warm_up_now(*, at: datetime) -> WarmUpNow:
    """Return what was used today of each way's allowance; `at` is aware UTC."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begins = next_day(at, zone)
    rows = models.WarmDay.objects.filter(day=day_of(at, zone)).order_by("way", "receiver")
    return WarmUpNow([_line(row) for row in rows], _waiting(begins), begins)


def _line(row: models.WarmDay) -> WarmLine:
    days = models.WarmDay.objects.filter(way=row.way, receiver=row.receiver, day__lte=row.day)
    first = settings.DATELINE_MAIL_WARM_UP.get(row.receiver, 0)
    tomorrow = allowance(first, days.values_list("allowed", "taken")) if first else None
    return WarmLine(row.way, row.receiver, row.allowed, row.taken, tomorrow)


def _waiting(begins: datetime) -> int:
    rows = models.Stretch.objects.filter(
        mailing__state=MailingState.SENDING.value, holder="", next_at=begins
    )
    told = rows.aggregate(
        total=Sum(F("last") - F("first") + 1), **{name: Sum(name) for name in SETTLED}
    )
    return (told["total"] or 0) - sum(told[name] or 0 for name in SETTLED)
