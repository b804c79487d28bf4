"""What a browser may ask for itself: alerts, of what, how often, when not, and no more."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from dateline.alerts import models
from dateline.alerts.domain.endpoints import endpoint_of, key_of, secret_of
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import CAPS, MOST_A_DAY, AlertClass, Way
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

MOST_FOLLOWED = 100  # topics and stories of one follower
LONGEST_PAUSE = timedelta(days=90)
GONE_BY_CHOICE = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a follower chose. `quiet` are minutes since midnight, from and to, or None."""

    time_zone: str
    breaking: bool = True
    topics: Collection[int] = ()
    stories: Collection[int] = ()
    quiet: tuple[int, int] | None = None
    caps: dict[AlertClass, int] = field(default_factory=lambda: dict(CAPS))


@dataclass(frozen=True, slots=True)
class Browser:
    """A subscription as `PushManager.subscribe` gives it; the keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


@transaction.atomic
def follow(site: Site, browser: Browser, wish: Wish, *, at: datetime) -> models.Follower:
    """Give a browser alerts of a masthead, or change what it gets. Safe to run again.

    Whoever knows an endpoint is the browser it belongs to: it is told to nobody else. What it
    followed and does not name any more ends. `at` is aware UTC.

    Raises:
        FollowRefused: the browser's words are no subscription, or a choice is none of those there
            are; nothing was changed.

    """
    endpoint_of(browser.endpoint, trusted=settings.DATELINE_PUSH_TRUSTED)
    told = {
        "endpoint": browser.endpoint, "p256dh": key_of(browser.p256dh),
        "auth": secret_of(browser.auth), "way": Way.PUSH,
    }  # fmt: skip
    return keep(site, follower_key(browser.endpoint), wish, told, at=at)


def pause(row: models.Follower, *, until: datetime | None, at: datetime) -> None:
    """Send nothing before `until`, at most ninety days away; None ends a pause. Aware UTC."""
    row.paused_until = min(until, at + LONGEST_PAUSE) if until else None
    row.save(update_fields=["paused_until"])


@transaction.atomic
def leave(row: models.Follower, *, why: str = GONE_BY_CHOICE, at: datetime) -> None:
    """End a follower's alerts, and forget how to reach them. `at` is aware UTC."""
    row.followings.all().delete()
    _forget(models.Follower.objects.filter(pk=row.pk), why=why, at=at)


def drop_gone(ids: Collection[int], *, why: str = "gone", at: datetime) -> None:
    """Remove browsers of which their push service says that they are no more, or of no use."""
    if not ids:
        return
    models.Following.objects.filter(follower__in=ids).delete()
    _forget(models.Follower.objects.filter(pk__in=ids), why=why, at=at)


def follower_key(endpoint: str) -> str:
    """The name under which a browser is kept."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _forget(rows: Any, *, why: str, at: datetime) -> None:
    rows.update(
        endpoint="", p256dh=b"", auth=b"", address="", key_address="", left_at=at, left_why=why
    )


def keep(
    site: Site, key: str, wish: Wish, told: dict[str, Any], *, at: datetime
) -> models.Follower:
    """Keep what a follower of this key chose; `told` is how they are reached. In a transaction.

    Raises:
        FollowRefused: a choice is none of those there are; nothing was changed.

    """
    _check(wish)
    row = models.Follower.objects.filter(key=key).first()
    row = row or models.Follower(key=key, created_at=at)
    quiet_from, quiet_to = wish.quiet or (None, None)
    chosen = {
        "masthead_id": site.id, "language": site.language, "time_zone": wish.time_zone,
        "breaking": wish.breaking, "quiet_from": quiet_from, "quiet_to": quiet_to,
        "seen_at": at, "left_at": None, "left_why": "",
        **{f"cap_{name}": wish.caps[name] for name in AlertClass},
    }  # fmt: skip
    for name, value in (told | chosen).items():
        setattr(row, name, value)
    row.save()
    _follow_these(row, site, wish, at=at)
    return row


def _check(wish: Wish) -> None:
    if wish.time_zone not in available_timezones():
        raise FollowRefused(f"There is no time zone {wish.time_zone[:40]!r}.")
    if wish.quiet and not all(0 <= minute < 24 * 60 for minute in wish.quiet):
        raise FollowRefused("Quiet hours are times of a day.")
    if not all(0 <= wish.caps.get(one, -1) <= MOST_A_DAY for one in AlertClass):
        raise FollowRefused(f"At most {MOST_A_DAY} alerts of a kind a day.")
    if len(wish.topics) + len(wish.stories) > MOST_FOLLOWED:
        raise FollowRefused(f"At most {MOST_FOLLOWED} topics and stories.")


def _follow_these(row: models.Follower, site: Site, wish: Wish, *, at: datetime) -> None:
    topics = stories.topic_names(wish.topics)
    found = stories.open_placements(use=Use.WEB, at=at)
    found = found.filter(masthead_id=site.id, story_id__in=wish.stories)
    shown = set(found.values_list("story_id", flat=True))
    wanted = {("topic_id", one) for one in topics} | {("story_id", one) for one in shown}
    for old in row.followings.all():
        mine = ("topic_id", old.topic_id) if old.topic_id else ("story_id", old.story_id)
        if mine in wanted:
            wanted.remove(mine)
        else:
            old.delete()
    models.Following.objects.bulk_create(
        models.Following(follower=row, since=at, **{name: pk}) for name, pk in wanted
    )
