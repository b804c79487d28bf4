"""What the newsroom does to its lists: make, change, open, close; and take somebody off."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from dateline import clock
from dateline.mail.domain.addresses import AddressRefused, normalised
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.errors import Unfit
from dateline.newsletters.domain.kinds import Ending, ListKind
from dateline.newsletters.domain.names import known_zone
from dateline.newsletters.events import NewsletterChanged
from dateline.newsletters.services.editors import must_edit
from dateline.newsletters.services.standing import take_off
from dateline.outbox import services as outbox

ONE_LINE = frozenset({"name", "about", "rhythm", "sender_name"})  # they stand in mail headers
RESERVED = frozenset({"confirm", "out", "choose", "move", "sign-up"})  # addresses of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All that editors say of a list. `welcome` is plain text, paragraphs apart at empty lines."""

    slug: str
    name: str
    about: str
    rhythm: str
    language: str
    time_zone: str
    sender_name: str
    sender_address: str
    kind: str = ListKind.EDITIONS.value
    reply_to: str = ""
    welcome: str = ""
    order: int = 0
    is_open: bool = True


@transaction.atomic
def add(masthead_id: int | None, terms: Terms, *, by: UUID, at: datetime | None = None) -> int:
    """Make a list of a masthead, or, for None, of the network; return its id. `at` is UTC.

    Raises:
        NotYours: `by` does not look after the lists there.
        Unfit: a field cannot be kept; it says which and why.

    """
    must_edit(by, masthead_id)
    at = at or clock.now()
    row = models.Newsletter(masthead_id=masthead_id, created_at=at)
    _put(row, terms)
    _changed(row, by=by, at=at)
    return row.pk


@transaction.atomic
def change(newsletter_id: int, terms: Terms, *, by: UUID, at: datetime | None = None) -> None:
    """Change what is said of a list, or whether it takes anybody. Else as `add`.

    Its slug and what it sends stay as they are: they stand in links and proofs.
    """
    row = models.Newsletter.objects.select_for_update().get(pk=newsletter_id)
    must_edit(by, row.masthead_id)
    if terms.slug != row.slug or terms.kind != row.kind:
        raise Unfit("slug", "It stands in links and proofs already, and stays as it is.")
    _put(row, terms)
    _changed(row, by=by, at=at or clock.now())


@transaction.atomic
def end_by_editor(
    newsletter_id: int, key: str, *, reason: str, by: UUID, at: datetime | None = None
) -> bool:
    """Take an address (in lower case) off a list and keep why; say whether it was on it.

    `at` is aware UTC.

    Raises:
        NotYours: `by` does not look after it.
        Unfit: no reason is given.

    """
    row = models.Newsletter.objects.get(pk=newsletter_id)
    must_edit(by, row.masthead_id)
    if not reason.strip():
        raise Unfit("reason", "Say why: it is kept with the proof.")
    who = models.Subscriber.objects.filter(key=key, subscriptions__newsletter=row).first()
    if who is None:
        return False
    told = Told(shown=reason.strip()[:500], where="desk", by=str(by))
    return take_off(
        who, row, why=Ending.EDITOR, told=told, at=at or clock.now(), by=str(by)
    )  # fmt: skip


def _put(row: models.Newsletter, terms: Terms) -> None:
    if terms.slug in RESERVED:
        raise Unfit("slug", "This address is one of our own. Take another.")
    if not known_zone(terms.time_zone):
        raise Unfit("time_zone", "That is no time zone like Asia/Tokyo.")
    for field in ("sender_address", "reply_to"):
        _must_be_address(field, getattr(terms, field))
    for name, value in asdict(terms).items():
        setattr(row, name, " ".join(value.split()) if name in ONE_LINE else value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Unfit("slug", "Another list has this address. Take another.") from error


def _must_be_address(field: str, value: str) -> None:
    try:
        if value or field == "sender_address":
            normalised(value)
    except AddressRefused as refusal:
        raise Unfit(field, str(refusal)) from refusal


def _changed(row: models.Newsletter, *, by: UUID, at: datetime) -> None:
    outbox.record(
        NewsletterChanged(
            newsletter_id=row.pk, masthead_id=row.masthead_id, by=str(by), at=at
        )
    )  # fmt: skip
