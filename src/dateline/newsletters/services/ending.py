"""Ways off a list: one click, a form, an editor, a mailbox that is gone, a complaint; and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.states import Reason
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mail.services import suppression
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.errors import LinkVoid
from dateline.newsletters.domain.kinds import Act, Ending, Standing
from dateline.newsletters.domain.links import UNDO, UNDO_LIVES, is_over, minute_of
from dateline.newsletters.queries import lists
from dateline.newsletters.queries.holders import holder_of_out
from dateline.newsletters.services.standing import put_on, take_off


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody left. `name` is the list's, empty for mail of another room; `undo` a token."""

    name: str
    undo: str
    choose: str


@transaction.atomic
def end_by_link(token: str, *, told: Told, at: datetime) -> Left:
    """Take whoever received a letter off its list, now; safe to run twice. `at` is aware UTC.

    The link of a letter of another room (an alert) has mail of that kind withheld.

    Raises:
        LinkVoid: the link is none of ours.

    """
    held = holder_of_out(token)
    if held.newsletter is None:
        suppression.suppress(
            held.who.address, scope=held.scope, reason=Reason.REQUEST, source="one click", at=at
        )
        return Left("", "", held.choose)
    proof = {"mailing": held.mailing_id} if held.mailing_id else None
    take_off(held.who, held.newsletter, why=Ending.REQUEST, told=told, at=at, proof=proof)
    return Left(held.newsletter.name, _undo(held.who, [held.newsletter.pk], at=at), held.choose)


@transaction.atomic
def leave_all(who: models.Subscriber, *, told: Told, at: datetime) -> str:
    """Take somebody off every list of the network; return the token that undoes it for a day."""
    return _undo(who, end_all(who, why=Ending.REQUEST, told=told, at=at), at=at)


def end_all(
    who: models.Subscriber, *, why: Ending, told: Told, at: datetime, by: str = ""
) -> list[int]:
    """End everything somebody is on or has asked for; return of which lists they were, confirmed.

    To be called inside a transaction. `at` is aware UTC.
    """
    open_ones = who.subscriptions.exclude(standing=Standing.ENDED.value)
    rows = list(open_ones.select_related("newsletter"))
    for row in rows:
        take_off(who, row.newsletter, why=why, told=told, at=at, by=by)
    return [row.newsletter_id for row in rows if row.standing == Standing.CONFIRMED]


@transaction.atomic
def end_for(
    address: str, *, why: Ending, told: Told, at: datetime, newsletter_id: int | None = None
) -> int:
    """End what an address is on, one list or all: it bounced, or its owner complained; count it.

    For an address that is nobody's here it does nothing. `at` is aware UTC.
    """
    who = models.Subscriber.objects.filter(key=key_of(address)).first()
    if who is None:
        return 0
    rows = who.subscriptions.exclude(standing=Standing.ENDED.value).select_related("newsletter")
    if newsletter_id is not None:
        rows = rows.filter(newsletter_id=newsletter_id)
    return sum(take_off(who, row.newsletter, why=why, told=told, at=at) for row in rows)


def end_alerts(address: str, masthead_id: str, *, at: datetime) -> int:
    """Take an address off a masthead's list of alerts: it left them by the link of one. Aware UTC.

    `masthead_id` is a number as a scope has it. Safe to run twice.
    """
    row = lists.alerts_of(int(masthead_id)) if masthead_id.isdecimal() else None
    if row is None:
        return 0
    told = Told(shown="", where="the link of an alert", ip="")
    return end_for(address, why=Ending.REQUEST, told=told, at=at, newsletter_id=row.pk)


@transaction.atomic
def undo(token: str, *, told: Told, at: datetime) -> list[str]:
    """Put somebody back on what they left within a day; return the names. Safe to run twice.

    A list they came back to, or that an editor took them off since, is left as it is.

    Raises:
        LinkVoid: it is none of ours, or a day is over.

    """
    try:
        person, turn, minute, *ids = links.numbers_of(UNDO, token)
    except (TokenRefused, ValueError) as error:
        raise LinkVoid("The link is not one of ours, or was changed on its way.") from error
    who = models.Subscriber.objects.filter(pk=person, turn=turn).first()
    if who is None or is_over(minute, lives=UNDO_LIVES, at=at):
        raise LinkVoid("It can be undone for a day.")
    rows = who.subscriptions.filter(
        newsletter_id__in=ids, standing=Standing.ENDED.value, ended_why=Ending.REQUEST.value
    ).select_related("newsletter")
    return [
        row.newsletter.name
        for row in list(rows)
        if put_on(who, row.newsletter, act=Act.CHANGED, told=told, at=at, proof={"undo": True})
    ]


def _undo(who: models.Subscriber, ids: Iterable[int], *, at: datetime) -> str:
    ended = list(ids)
    return links.token_for(UNDO, who.pk, who.turn, minute_of(at), *ended) if ended else ""
