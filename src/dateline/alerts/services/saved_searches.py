"""Searches whose new hits come by mail: asked for, confirmed, changed and ended.

They live here and not in `search`, which lies below mastheads and knows no reader: whoever gets
them, the proof of consent, the preference centre and the ways out are those of alerts by mail.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from dateline.alerts import models
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.search_words import search_words_for
from dateline.alerts.domain.searches import (
    MOST_SAVED,
    YES,
    YES_LIVES,
    SearchPace,
    Wanted,
    next_due,
    saved_of,
    scope_of,
)
from dateline.alerts.events import SearchMailAsked
from dateline.alerts.queries.senders import sender_of
from dateline.alerts.services.by_mail import Person
from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.states import Reason
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression
from dateline.mastheads.domain.site import Site
from dateline.outbox import services as outbox

MINUTE_S = 60
OFF = "off"  # a pace: end it
KEPT_UNCONFIRMED = timedelta(days=30)
TOO_MANY = "too_many"
VOID = "The link is not one of ours, was changed on its way, or is older than a week."


@transaction.atomic
def ask(site: Site, who: Person, wanted: Wanted, pace: SearchPace, *, at: datetime) -> int:
    """Note that an address was typed for a search; the mail to it leaves later. Return its id.

    One that they have already stays as it is. `at` is aware UTC.
    """
    row, _ = models.SavedSearch.objects.get_or_create(
        masthead_id=site.id, person=who.id, key=wanted.key,
        defaults={
            "typed": wanted.typed, "narrowed": wanted.narrowed, "path": wanted.path,
            "label": wanted.label[:300], "asked_at": at, "pace": pace.value,
            "time_zone": who.time_zone or site.time_zone,
        },
    )  # fmt: skip
    row.address, row.key_address = who.address, key_of(who.address)
    if row.due_at is None:
        row.pace, row.time_zone, row.asked_at = pace, who.time_zone or site.time_zone, at
    row.save()
    outbox.record(SearchMailAsked(saved_id=row.pk, at=at))
    return int(row.pk)


def write(row: models.SavedSearch, site: Site, *, at: datetime) -> bool:
    """Send the mail that asks whether new hits may go to an address; say whether it left.

    An address that may not be written to at all gets nothing. `at` is when it was asked.
    """
    if is_withheld(row.address):
        return False
    words = search_words_for(site.language)
    token = links.token_for(YES, row.pk, int(at.timestamp()) // MINUTE_S)
    text = "\n\n".join([
        words["ask_text"], f"· {row.label} ({words[row.pace]})",
        f"{words['ask_button']}: {site.origin}/search/mail/yes/{token}/", words["ask_why"],
        site.legal_line,
    ])  # fmt: skip
    sender, reply_to, _ = sender_of(site)
    subject = words["ask_subject"].format(site=site.name)
    mail = EmailMessage(
        subject, text, sender, [row.address], reply_to=[reply_to] if reply_to else None
    )  # fmt: skip
    return bool(mail.send())


def asked_of(token: str, site: Site, *, at: datetime) -> models.SavedSearch:
    """Which search of a masthead a link is about, at `at` (aware UTC). Changes nothing.

    Raises:
        FollowRefused: it is none of ours, or older than a week, or the address is forgotten.

    """
    try:
        saved_id, minute = links.numbers_of(YES, token)
        made = datetime.fromtimestamp(minute * MINUTE_S, UTC)
    except (TokenRefused, ValueError, OverflowError, OSError) as error:
        raise FollowRefused(VOID) from error
    row = models.SavedSearch.objects.filter(pk=saved_id, masthead=site.id).exclude(address="")
    found = row.first()
    if found is None or at >= made + YES_LIVES:
        raise FollowRefused(VOID)
    return found


@transaction.atomic
def confirm(row: models.SavedSearch, *, at: datetime) -> None:
    """Let whoever confirmed it have what is found from now on. Aware UTC; safe to run twice.

    Raises:
        FollowRefused: they have MOST_SAVED already; the text is TOO_MANY.

    """
    mine = models.SavedSearch.objects.select_for_update().filter(person=row.person)
    others = [one for one in mine if one.pk != row.pk and one.due_at is not None]
    if len(others) >= MOST_SAVED:
        raise FollowRefused(TOO_MANY)
    suppression.lift(row.address, scope=scope_of(row.pk), by="alerts: chosen", at=at)
    if row.due_at is None:
        row.confirmed_at = row.looked_at = at
        row.due_at = next_due(SearchPace(row.pace), row.time_zone, after=at)
        row.save()


@transaction.atomic
def choose(person: int, paces: Mapping[int, str], time_zone: str, *, at: datetime) -> int:
    """Keep how often somebody wants each of their searches, or OFF; return how many are left.

    `paces`: id → pace; what is not theirs is left alone. `time_zone` is an IANA name, or empty for
    no change; `at` is aware UTC.

    Raises:
        FollowRefused: there is no such pace; nothing was changed.

    """
    if not set(paces.values()) <= {*SearchPace, OFF}:
        raise FollowRefused("There is no such pace.")
    rows = list(_running().select_for_update().filter(person=person))
    for row in rows:
        pace = paces.get(row.pk, row.pace)
        if pace == OFF:
            _end(row)
            suppression.suppress(
                row.address, scope=scope_of(row.pk), reason=Reason.REQUEST, source="alerts", at=at
            )
            continue
        row.pace, row.time_zone = pace, time_zone or row.time_zone
        row.due_at = next_due(SearchPace(pace), row.time_zone, after=at)
        row.save()
    return sum(row.due_at is not None for row in rows)


@transaction.atomic
def follow_suppression(address: str, scope: str) -> int:
    """End what an address may not be written of any more, one search or all; return how many.

    `scope` is of `mail`; one of another room changes nothing. Safe to run twice.
    """
    rows = _running().select_for_update().filter(key_address=key_of(address))
    if scope:
        rows = rows.filter(pk=saved_of(scope) or 0)
    return sum(_end(row) for row in rows)


def moved(person: int, address: str) -> int:
    """Write to somebody elsewhere from now on; return of how many searches."""
    rows = models.SavedSearch.objects.filter(person=person).exclude(address="")
    return rows.update(address=address, key_address=key_of(address))


def forget_old(*, at: datetime) -> int:
    """Forget searches that were never confirmed, and those that have ended, thirty days later.

    Returns how many; `at` is aware UTC.
    """
    before = at - KEPT_UNCONFIRMED
    rows = models.SavedSearch.objects.filter(due_at=None, asked_at__lt=before)
    count = rows.count()
    rows.delete()
    return count


def forget_of(key_address: str) -> int:
    """Forget all searches of an address and what they told; return how many."""
    rows = models.SavedSearch.objects.filter(key_address=key_address)
    count = rows.count()
    rows.delete()
    return count


def _running() -> QuerySet[models.SavedSearch]:
    return models.SavedSearch.objects.exclude(due_at=None)


def _end(row: models.SavedSearch) -> bool:
    row.due_at = None
    row.save(update_fields=["due_at"])
    return True
