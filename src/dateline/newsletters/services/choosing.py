"""What a subscriber chooses without logging in: lists, name, language, time zone, address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.mail.domain.addresses import AddressRefused, key_of, normalised
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.errors import LinkVoid, Unfit
from dateline.newsletters.domain.kinds import Act, Ending, Standing
from dateline.newsletters.domain.links import MOVE, MOVE_LIVES, is_over
from dateline.newsletters.domain.names import clean_name, known_language, known_zone
from dateline.newsletters.events import AddressChangeAsked, SubscriberMoved
from dateline.newsletters.services.letters import NEW
from dateline.newsletters.services.standing import keep_proof, put_on, take_off
from dateline.outbox import services as outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a preference centre was sent back with. `lists` are slugs, of those that it showed.

    `uncounted`: nobody shall count which links of their letters they follow.
    """

    lists: Collection[str]
    shown: Collection[str]
    name: str
    language: str
    time_zone: str
    uncounted: bool = False


@transaction.atomic
def choose(subscriber_id: int, chosen: Chosen, *, site: Site, told: Told, at: datetime) -> None:
    """Keep what somebody chose: on these lists, off the others that were shown. `at` is UTC.

    Their link came to their address by mail, so that a list they add needs no other mail. A list
    that the page did not show is left as it is.
    """
    who = models.Subscriber.objects.select_for_update().get(pk=subscriber_id)
    rows = models.Newsletter.objects.filter(slug__in=set(chosen.shown))
    on = set(
        who.subscriptions.filter(standing=Standing.CONFIRMED.value).values_list(
            "newsletter_id", flat=True
        )
    )
    for row in rows:
        if row.slug not in set(chosen.lists):
            if row.pk in on:
                take_off(who, row, why=Ending.REQUEST, told=told, at=at)
        elif row.is_open:
            put_on(who, row, act=Act.CONFIRMED, told=told, at=at, masthead_id=site.id)
    _rename(who, chosen, told=told, at=at)


def _rename(who: models.Subscriber, chosen: Chosen, *, told: Told, at: datetime) -> None:
    said: dict[str, str | bool] = {
        "uncounted": chosen.uncounted,
        "name": clean_name(chosen.name),
        "language": known_language(chosen.language) or who.language,
        "time_zone": known_zone(chosen.time_zone) or who.time_zone,
    }
    changed = {name: value for name, value in said.items() if value != getattr(who, name)}
    if changed:
        models.Subscriber.objects.filter(pk=who.pk).update(**changed)
        proof = {"changed": sorted(changed)}
        keep_proof(Act.CHANGED, who.key, "", told=told, at=at, proof=proof)


@transaction.atomic
def ask_move(subscriber_id: int, typed: str, *, site: Site, told: Told, at: datetime) -> str:
    """Ask both addresses of somebody whether letters may go to another; return the new one.

    Whether the new one is somebody else's already is not told here. `at` is aware UTC.

    Raises:
        AddressRefused: mail cannot be sent to what was typed.
        Unfit: it is the one they have.

    """
    who = models.Subscriber.objects.select_for_update().get(pk=subscriber_id)
    address = normalised(typed)
    if key_of(address) == who.key:
        raise Unfit("address", "same_address")
    change = models.AddressChange.objects.create(
        subscriber=who, address=address, key=key_of(address), asked_at=at
    )
    keep_proof(Act.CHANGED, who.key, "", told=told, at=at, proof={"to": address})
    outbox.record(AddressChangeAsked(change_id=change.pk, masthead_id=site.id, at=at))
    return address


def move_of(token: str, *, at: datetime) -> tuple[str, str]:
    """The old and the new address that a link asks about, at `at` (aware UTC). Changes nothing.

    Raises:
        LinkVoid: it is none of ours, older than three days, or was overtaken.

    """
    change, _ = _move(token, at=at)
    return change.subscriber.address, change.address


@transaction.atomic
def say_yes(token: str, *, told: Told, at: datetime) -> bool:
    """Note that the address a link went to agrees; say whether letters move now. Safe twice.

    With the second yes they move, and every older link of theirs but the ways out is void. Who is
    on lists under the new address already is one subscriber from then on. `at` is aware UTC.

    Raises:
        LinkVoid: as `move_of`.

    """
    change, side = _move(token, at=at)
    if side == NEW:
        change.new_said_at = change.new_said_at or at
    else:
        change.old_said_at = change.old_said_at or at
    is_done = bool(change.old_said_at and change.new_said_at)
    if is_done:
        change.done_at = at
        _move_to(change.subscriber, change, told=told, at=at)
    change.save(update_fields=["old_said_at", "new_said_at", "done_at"])
    return is_done


def _move_to(
    who: models.Subscriber, change: models.AddressChange, *, told: Told, at: datetime
) -> None:
    other = models.Subscriber.objects.filter(key=change.key).exclude(pk=who.pk).first()
    on = who.subscriptions.filter(standing=Standing.CONFIRMED.value).select_related("newsletter")
    rows = list(on)
    proof = {"from": who.address, "to": change.address}
    keep_proof(Act.CHANGED, who.key, "", told=told, at=at, proof=proof)
    keep_proof(Act.CHANGED, change.key, "", told=told, at=at, proof=proof)
    if other:
        for row in rows:
            take_off(who, row.newsletter, why=Ending.REQUEST, told=told, at=at, proof=proof)
            put_on(other, row.newsletter, act=Act.CHANGED, told=told, at=at, proof=proof)
    else:
        models.Subscriber.objects.filter(pk=who.pk).update(
            key=change.key, address=change.address, turn=who.turn + 1
        )
    outbox.record(SubscriberMoved(subscriber_id=other.pk if other else who.pk, at=at))


def _move(token: str, *, at: datetime) -> tuple[models.AddressChange, int]:
    try:
        change_id, side, turn, minute = links.numbers_of(MOVE, token)
    except (TokenRefused, ValueError) as error:
        raise LinkVoid("The link is not one of ours, or was changed on its way.") from error
    rows = models.AddressChange.objects.select_for_update(of=("self",))
    change = rows.filter(pk=change_id).select_related("subscriber").first()
    if change is None or is_over(minute, lives=MOVE_LIVES, at=at):
        raise LinkVoid("The link is older than three days.")
    if change.done_at is None and change.subscriber.turn != turn:
        raise LinkVoid("Another change came before it.")
    return change, side


__all__ = ["AddressRefused", "Chosen", "ask_move", "choose", "move_of", "say_yes"]
