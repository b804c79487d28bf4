"""Followers by mail: who they are, what they follow, how soon they get it, and their way out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from dateline.alerts import models
from dateline.alerts.domain.by_mail import DIGEST, Scope, read_scope, scope_of
from dateline.alerts.domain.kinds import AlertClass, Fate, Pace, Way
from dateline.alerts.services import following
from dateline.alerts.services.following import Wish
from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.states import Reason
from dateline.mail.services import suppression
from dateline.mastheads.domain.site import Site

PACES: Mapping[AlertClass, Pace] = dict.fromkeys(AlertClass, Pace.INSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom mail goes to: a subscriber of the newsletters, with the clock they told."""

    id: int
    address: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody wants by mail: one topic, one story, or, with neither, breaking news."""

    topic_id: int = 0
    story_id: int = 0

    @property
    def kind(self) -> AlertClass:
        """The class of alerts it is."""
        if self.topic_id:
            return AlertClass.TOPIC
        return AlertClass.STORY if self.story_id else AlertClass.BREAKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a preference centre was sent back with."""

    wish: Wish
    paces: Mapping[AlertClass, Pace] = field(default_factory=lambda: dict(PACES))


@transaction.atomic
def add(site: Site, who: Person, subject: Subject, *, at: datetime) -> models.Follower:
    """Let somebody have alerts on a subject by mail, beside what they have. Safe to run twice.

    They have proven that the address is theirs. Mail of that kind is no longer withheld. `at` is
    aware UTC.
    """
    row = _of(site.id, who.id) or _new(site, who, at=at)
    row.address, row.key_address = who.address, key_of(who.address)
    if subject.kind is AlertClass.BREAKING:
        row.breaking = True
    elif subject.topic_id:
        row.followings.get_or_create(topic_id=subject.topic_id, defaults={"since": at})
    else:
        row.followings.get_or_create(story_id=subject.story_id, defaults={"since": at})
    row.left_at, row.left_why, row.seen_at = None, "", at
    row.save()
    _lift(row, at=at)
    return row


@transaction.atomic
def add_all(site: Site, people: Sequence[Person], *, at: datetime) -> None:
    """Let all of these have breaking news by mail, who came onto the list of it together.

    Who ended alerts by mail stays without, and what is withheld from an address stays withheld:
    somebody else brought them. Safe to run twice; `at` is aware UTC. Two statements.
    """
    rows = models.Follower.objects.filter(way=Way.MAIL, masthead=site.id, left_at=None)
    rows.filter(person__in=[who.id for who in people]).update(breaking=True)
    made = [_made(site, who, breaking=True, at=at) for who in people]
    models.Follower.objects.bulk_create(made, ignore_conflicts=True)


@transaction.atomic
def choose(site: Site, who: Person, chosen: Chosen, *, at: datetime) -> models.Follower | None:
    """Keep what somebody chose for a masthead's alerts by mail; None where that is nothing.

    `at` is aware UTC.

    Raises:
        FollowRefused: a choice is none of those there are; nothing was changed.

    """
    told = {
        "way": Way.MAIL, "person": who.id, "address": who.address,
        "key_address": key_of(who.address), "p256dh": b"", "auth": b"",
        **{f"pace_{name}": pace.value for name, pace in chosen.paces.items()},
    }  # fmt: skip
    row = following.keep(site, _key(site.id, who.id), chosen.wish, told, at=at)
    _lift(row, at=at)
    return None if _end_if_empty(row, at=at) else row


@transaction.atomic
def end(masthead_id: int, person: int, *, at: datetime) -> bool:
    """End all alerts of a masthead by mail for somebody; say whether they had any. Aware UTC."""
    row = _of(masthead_id, person)
    if row is None or row.left_at is not None:
        return False
    address = row.address
    scopes = [*_scopes(row), scope_of(masthead_id, AlertClass.BREAKING)]
    following.leave(row, at=at)
    for scope in scopes:
        suppression.suppress(
            address, scope=scope, reason=Reason.REQUEST, source="alerts", at=at
        )  # fmt: skip
    return True


@transaction.atomic
def end_breaking(masthead_id: int, person: int, *, at: datetime) -> None:
    """End breaking news by mail for somebody who left the list of it. Safe twice; aware UTC."""
    row = _of(masthead_id, person)
    if row is not None and row.left_at is None:
        scope = scope_of(masthead_id, AlertClass.BREAKING)
        suppression.suppress(
            row.address, scope=scope, reason=Reason.REQUEST, source="alerts", at=at
        )
        _drop(row, Scope(AlertClass.BREAKING, masthead_id, None), at=at)


@transaction.atomic
def follow_suppression(address: str, scope: str, *, at: datetime) -> int:
    """End what an address may not be written of any more, one kind or all; return for how many.

    `scope` is of `mail`; one of another room changes nothing. `at` is aware UTC. Safe to run twice.
    """
    rows = models.Follower.objects.filter(
        way=Way.MAIL, left_at=None, key_address=key_of(address)
    )  # fmt: skip
    said = read_scope(scope)
    if scope and said is None:
        return 0
    if said is None:
        return sum(_left(row, at=at) for row in rows)
    return sum(_drop(row, said, at=at) for row in rows.filter(masthead=said.masthead_id))


def moved(person: int, address: str) -> int:
    """Write to somebody elsewhere from now on; return on how many mastheads."""
    rows = models.Follower.objects.filter(way=Way.MAIL, person=person, left_at=None)
    return rows.update(address=address, key_address=key_of(address))


def _of(masthead_id: int, person: int) -> models.Follower | None:
    rows = models.Follower.objects.select_for_update().filter(way=Way.MAIL)
    return rows.filter(masthead=masthead_id, person=person).first()


def _key(masthead_id: int, person: int) -> str:
    return hashlib.sha256(f"mail {masthead_id} {person}".encode()).hexdigest()


def _new(site: Site, who: Person, *, at: datetime) -> models.Follower:
    row = _made(site, who, breaking=False, at=at)
    row.save()
    return row


def _made(site: Site, who: Person, *, breaking: bool, at: datetime) -> models.Follower:
    return models.Follower(
        masthead_id=site.id, way=Way.MAIL, key=_key(site.id, who.id), person=who.id,
        address=who.address, key_address=key_of(who.address), p256dh=b"", auth=b"",
        language=site.language, time_zone=who.time_zone or site.time_zone, breaking=breaking,
        created_at=at, seen_at=at,
    )  # fmt: skip


def _scopes(row: models.Follower) -> list[str]:
    """By what `mail` knows what a follower gets now, digests too."""
    found = [scope_of(row.masthead_id, DIGEST)]
    if row.breaking:
        found.append(scope_of(row.masthead_id, AlertClass.BREAKING))
    for one in row.followings.all():
        kind = AlertClass.TOPIC if one.topic_id else AlertClass.STORY
        found.append(scope_of(row.masthead_id, kind, one.topic_id or one.story_id))
    return found


def _lift(row: models.Follower, *, at: datetime) -> None:
    for scope in _scopes(row):
        suppression.lift(row.address, scope=scope, by="alerts: chosen", at=at)


def _drop(row: models.Follower, said: Scope, *, at: datetime) -> int:
    """End one kind for a follower, with what is held of it; all of it where nothing is left."""
    held = models.Push.objects.filter(
        follower=row.pk, fate__in=[Fate.WAITING, Fate.CHOSEN, Fate.HELD], digest=None
    )
    if said.kind == DIGEST:
        return _left(row, at=at)
    if said.kind == AlertClass.BREAKING:
        row.breaking = False
        row.save(update_fields=["breaking"])
    else:
        named: dict[str, Any] = {f"{said.kind}_id": said.subject}
        row.followings.filter(**named).delete()
        held = held.filter(**{f"alert__{name}": value for name, value in named.items()})
    held.filter(alert__alert_class=said.kind).update(fate=Fate.STOPPED, at=at)
    _end_if_empty(row, at=at)
    return 1


def _end_if_empty(row: models.Follower, *, at: datetime) -> bool:
    if row.breaking or row.followings.exists():
        return False
    return bool(_left(row, at=at))


def _left(row: models.Follower, *, at: datetime) -> int:
    held = models.Push.objects.filter(
        follower=row.pk, fate__in=[Fate.WAITING, Fate.CHOSEN, Fate.HELD], digest=None
    )
    held.update(fate=Fate.STOPPED, at=at)
    following.leave(row, at=at)
    return 1
