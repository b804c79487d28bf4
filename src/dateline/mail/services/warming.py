"""Let a new route or sender's domain begin with few mails a day, and with more day by day.

Allowances are taken from the database before mails leave, a handful at a time, and what was not
used is given back at the end. A process that dies keeps what it had: never too many leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from dateline.mail import models
from dateline.mail.domain.curve import allowance, day_of, next_day

MOST_AT_ONCE = 500  # mails; a dead process costs the day so many at most, and a tenth of it


@dataclass(slots=True)
class Purse:
    """What a process may still send of one day's allowance. No `left`: there is no limit."""

    day: date
    left: int | None = 0
    is_empty: bool = False  # for the rest of the day


@transaction.atomic
def take(way: str, receiver: str, first: int, *, day: date) -> int | None:
    """Take some of a day's allowance; return how many mails, none where the way is warm.

    A day's allowance is settled when its first mail is asked for; zero: it is used up.
    """
    rows = models.WarmDay.objects.filter(way=way, receiver=receiver)
    today = rows.select_for_update().filter(day=day).first()
    if today is None:
        allowed = allowance(first, rows.filter(day__lt=day).values_list("allowed", "taken"))
        if allowed is None:
            return None
        rows.get_or_create(way=way, receiver=receiver, day=day, defaults={"allowed": allowed})
        today = rows.select_for_update().get(day=day)
    share = max(1, min(MOST_AT_ONCE, today.allowed // 10))
    count = min(share, today.allowed - today.taken)
    rows.filter(day=day).update(taken=F("taken") + count)
    return count


def give_back(way: str, receiver: str, count: int, *, day: date) -> None:
    """Return what was taken of a day's allowance and not used."""
    rows = models.WarmDay.objects.filter(way=way, receiver=receiver, day=day, taken__gte=count)
    rows.update(taken=F("taken") - count)


@dataclass(slots=True)
class WarmUp:
    """One process's part of all allowances. `firsts`: receiver (empty: all) → first day's mails.

    `may_leave` and `spare` do not speak with the database; `refill` and `end` do.
    """

    route: str
    firsts: Mapping[str, int]
    zone: ZoneInfo
    purses: dict[tuple[str, str], Purse] = field(default_factory=dict)
    wanted: set[tuple[str, str]] = field(default_factory=set)
    day: date | None = None
    tomorrow: datetime | None = None

    def turned(self, at: datetime) -> bool:
        """Say whether another day has begun: what was taken of the last is void. Aware UTC."""
        if self.tomorrow is not None and self.tomorrow > at and self.day == day_of(at, self.zone):
            return False
        is_first = self.day is None
        self.day, self.tomorrow = day_of(at, self.zone), next_day(at, self.zone)
        self.purses.clear()
        self.wanted.clear()
        return not is_first

    def may_leave(self, sender: str, receiver: str) -> bool:
        """Take one mail's allowance, of all receivers and of its own, or none of both."""
        keys = self._keys(sender, receiver)
        purses = [self.purses.get(key) for key in keys]
        lacking = [
            key for key, purse in zip(keys, purses, strict=True)
            if purse is None or purse.left == 0
        ]  # fmt: skip
        if lacking:
            self.wanted.update(lacking)
            return False
        for purse in purses:
            if purse is not None and purse.left is not None:
                purse.left -= 1
        return True

    def waits_for(self, sender: str, receiver: str) -> datetime | None:
        """When a mail may leave whose allowance is used up today, aware UTC; none: it is not."""
        found = [self.purses.get(key) for key in self._keys(sender, receiver)]
        return self.tomorrow if any(purse and purse.is_empty for purse in found) else None

    def is_full(self, sender: str) -> bool:
        """Whether nothing more leaves today from this sender's domain, to nobody."""
        purse = self.purses.get((f"{self.route} {sender}", ""))
        return purse is not None and purse.is_empty

    def spare(self, sender: str, receiver: str, day: date | None) -> None:
        """Return the allowance of a mail that did not leave; that of another day is void."""
        for key in self._keys(sender, receiver) if day == self.day else ():
            purse = self.purses.get(key)
            if purse is not None and purse.left is not None:
                purse.left += 1
                purse.is_empty = False

    def refill(self) -> None:
        """Take more of what mails lacked."""
        day = self.day
        for key in sorted(self.wanted) if day is not None else ():
            purse = self.purses.setdefault(key, Purse(cast("date", day)))
            if not purse.left and not purse.is_empty and purse.left is not None:
                purse.left = take(*key, self.firsts[key[1]], day=purse.day)
                purse.is_empty = purse.left == 0
        self.wanted.clear()

    def end(self) -> None:
        """Give back all that was not used."""
        for (way, receiver), purse in self.purses.items():
            if purse.left:
                give_back(way, receiver, purse.left, day=purse.day)
        self.purses.clear()

    def _keys(self, sender: str, receiver: str) -> list[tuple[str, str]]:
        way = f"{self.route} {sender}"
        return [(way, name) for name in ("", receiver) if name in self.firsts]
