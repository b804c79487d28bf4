"""What the alarm is: for a reader's page, for the desk, for the operator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.fronts import models
from dateline.fronts.domain.alarm import Level, Link, Told, links, paragraphs
from dateline.mastheads.domain.site import Site

RAISE = "fronts.raise_alarm"
MOST = 50


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a page says first. `since` is aware UTC."""

    level: Level
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The alarm as it is. `number` is 0 where there never was one; `at` is aware UTC."""

    number: int
    level: Level
    told: Told
    at: datetime | None


def is_emergency(site: Site) -> bool:
    """Whether a masthead's pages are text only now. Asks nothing: its row says so."""
    return site.alarm == Level.EMERGENCY


def pinned(site: Site) -> Pinned | None:
    """What a masthead's pages say first, in its language; None, and no query, without an alarm."""
    if not site.alarm:
        return None
    edge.depend(keys.network())
    row = _newest()
    if row is None or not row.level:
        return None
    text, lines = _told(row).in_language(site.language)
    return Pinned(Level(row.level), tuple(paragraphs(text)), tuple(links(lines)), row.at)


def standing() -> Standing:
    """The alarm as it is now. One query."""
    row = _newest()
    if row is None:
        return Standing(0, Level.OFF, Told(), None)
    return Standing(row.pk, Level(row.level), _told(row), row.at)


def history() -> list[models.Alarm]:
    """What was done, newest first. One query."""
    return list(models.Alarm.objects.select_related("by").order_by("-pk")[:MOST])


def may_raise(user_id: UUID) -> bool:
    """Whether somebody may raise and end alarms."""
    person: Any = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    return bool(person and person.has_perm(RAISE))


def _newest() -> models.Alarm | None:
    return models.Alarm.objects.order_by("-pk").first()


def _told(row: models.Alarm) -> Told:
    return Told(row.english, row.japanese, row.links_english, row.links_japanese)
