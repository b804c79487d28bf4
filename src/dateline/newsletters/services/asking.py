"""Sign somebody up: their address is typed, a mail asks its owner, and its link says yes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dateline.mail.domain.addresses import key_of, normalised
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.errors import LinkVoid, NoSuchList
from dateline.newsletters.domain.kinds import Act, Standing
from dateline.newsletters.domain.links import CONFIRM, CONFIRM_LIVES, MOST_LISTS, is_over
from dateline.newsletters.events import SignUpAsked
from dateline.newsletters.queries import lists
from dateline.newsletters.queries.lists import ListCard
from dateline.newsletters.services.standing import keep_proof, put_on
from dateline.outbox import services as outbox


@transaction.atomic
def ask(typed: str, *, site: Site, slugs: Sequence[str], told: Told, at: datetime) -> str:
    """Note that an address was typed for some lists of a masthead; return it as it is kept.

    As much is done, and as little told, for an address that is on every list, on none, or may not
    be written to: what its owner hears is decided later, by `letters.answer`. `at` is aware UTC.

    Raises:
        AddressRefused: mail cannot be sent to what was typed.
        NoSuchList: none of the lists is open to readers of this masthead.

    """
    address = normalised(typed)
    wanted = [card for card in lists.for_site(site) if card.slug in set(slugs)][:MOST_LISTS]
    if not wanted:
        raise NoSuchList("None of these lists is open.")
    who, _ = models.Subscriber.objects.get_or_create(
        key=key_of(address),
        defaults={
            "address": address, "language": site.language,
            "time_zone": site.time_zone, "created_at": at,
        },
    )  # fmt: skip
    for card in wanted:
        models.Subscription.objects.get_or_create(
            newsletter_id=card.id, subscriber=who,
            defaults={"standing": Standing.ASKED.value, "asked_at": at},
        )  # fmt: skip
        keep_proof(Act.ASKED, who.key, card.slug, told=told, at=at, proof={})
    outbox.record(
        SignUpAsked(
            subscriber_id=who.pk, lists=tuple(card.id for card in wanted),
            masthead_id=site.id, at=at,
        )
    )  # fmt: skip
    return address


def asked_of(token: str, *, at: datetime) -> list[ListCard]:
    """What the link of a mail asks its reader to confirm, at `at` (aware UTC). Changes nothing.

    Raises:
        LinkVoid: it is none of ours, older than a week, or of an earlier address.

    """
    _, found = _of(token, at=at)
    return [lists.card_of(row) for row in found]


@transaction.atomic
def confirm(token: str, *, site: Site, told: Told, at: datetime) -> list[ListCard]:
    """Put whoever received a link on the lists it names; return them. Safe to run twice.

    `at` is aware UTC.

    Raises:
        LinkVoid: as `asked_of`.

    """
    who, found = _of(token, at=at)
    for row in found:
        put_on(
            who, row, act=Act.CONFIRMED, told=told, at=at, masthead_id=site.id,
            proof={"link": token[: token.rfind("-")][:100]},
        )  # fmt: skip
    return [lists.card_of(row) for row in found]


def _of(token: str, *, at: datetime) -> tuple[models.Subscriber, list[models.Newsletter]]:
    try:
        person, turn, minute, *ids = links.numbers_of(CONFIRM, token)
    except (TokenRefused, ValueError) as error:
        raise LinkVoid("The link is not one of ours, or was changed on its way.") from error
    who = models.Subscriber.objects.filter(pk=person, turn=turn).first()
    found = list(models.Newsletter.objects.filter(pk__in=ids))
    if who is None or not found or is_over(minute, lives=CONFIRM_LIVES, at=at):
        raise LinkVoid("The link is older than a week, or of an earlier address.")
    return who, found
