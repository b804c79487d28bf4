"""Take a notice that something is against the law, decide over it, and tell who gave it."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide
from dateline.discussion.domain.notice_words import notice_words_for
from dateline.discussion.domain.notices import Given, NoticeRefused, Outcome, check, comment_in
from dateline.discussion.domain.status import Status
from dateline.discussion.domain.text import typed
from dateline.discussion.events import NoticeDecided, NoticeGiven
from dateline.discussion.services import decisions
from dateline.discussion.services.decisions import must_moderate
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox

SALT = "dateline.discussion.notice"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another
DAY = timedelta(days=1)
MOST_RECEIPTS = 5  # to one address in a day
TWICE = timedelta(minutes=10)


@transaction.atomic
def give_notice(given: Given, *, masthead_id: int, at: datetime | None = None) -> str:
    """Keep one notice; return its reference, `N2026-` and eight letters. Anybody may.

    The same again within ten minutes is the same notice. `at` is aware UTC.

    Raises:
        NoticeRefused: something is missing; `field` and `reason` say what.

    """
    at = at or clock.now()
    check(given)
    _check_place(given.address)
    _check_email(given.email)
    reasons, name = typed(given.reasons), typed(given.name)
    same = models.Notice.objects.filter(
        masthead_id=masthead_id, address=given.address, reasons=reasons, email=given.email,
        at__gt=at - TWICE,
    ).first()  # fmt: skip
    if same:
        return same.reference
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    row = models.Notice.objects.create(
        reference=f"N{at.year}-{code}", masthead_id=masthead_id,
        comment=_comment(given.address, masthead_id), address=given.address, kind=given.kind,
        reasons=reasons, name=name, email=given.email, at=at,
    )  # fmt: skip
    outbox.record(NoticeGiven(notice_id=row.pk, masthead_id=masthead_id, at=at))
    return row.reference


def _check_place(address: str) -> None:
    # What we mail as a receipt holds it: nobody's letters may carry links to elsewhere in our name.
    host = None
    with suppress(ValueError):  # [ and ] in the wrong place
        parts = urlsplit(address)
        host = parts.hostname if "@" not in parts.netloc else None
    if host not in mastheads.hosts():
        raise NoticeRefused("address", "no_page_of_ours")


def _check_email(email: str) -> None:
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise NoticeRefused("email", "no_email") from None


def _comment(address: str, masthead_id: int) -> models.Comment | None:
    """The comment an address names, where it stands on this masthead."""
    named = comment_in(address)
    if named is None:
        return None
    return models.Comment.objects.filter(pk=named, thread__masthead_id=masthead_id).first()


def link_of(reference: str) -> str:
    """The part of an address that shows one notice to whoever holds it; nobody can guess it."""
    return signing.dumps(reference, salt=SALT)


def reference_of(link: str) -> str | None:
    """The reference that `link_of` made a link of; None where it did not."""
    try:
        reference: str = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        return None
    return reference


@transaction.atomic
def decide_notice(
    notice_id: int,
    *,
    by: UUID,
    outcome: Outcome,
    answer: str,
    rule: int = 9,
    at: datetime | None = None,
) -> None:
    """Decide over a notice, once. Acting on a comment removes it under `rule`.

    `answer` is the statement of reasons: whoever gave the notice reads it, and, where a comment is
    removed, its author. `at` is aware UTC.

    Raises:
        NothingToDecide: no such notice, it was decided before, or there are no reasons.
        NotYours: `by` does not moderate that masthead.

    """
    at = at or clock.now()
    if not answer.strip():
        raise NothingToDecide("A decision needs reasons, for those it concerns.")
    row = models.Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id).first()
    if row is None:
        raise NothingToDecide(f"There is no notice {notice_id}.")
    must_moderate(by, row.masthead_id)
    if row.decided_at:
        raise NothingToDecide(f"It was decided at {row.decided_at:%H:%M UTC, %d %B}.")
    row.decided_at, row.decided_by_id, row.outcome, row.answer = at, by, outcome, answer
    if outcome is Outcome.ACTED:
        row.decision_id = _removed(row, by=by, rule=rule, reason=answer, at=at)
    row.save()
    outbox.record(
        NoticeDecided(
            notice_id=row.pk, masthead_id=row.masthead_id, outcome=outcome, by=str(by), at=at
        )
    )


def _removed(row: models.Notice, *, by: UUID, rule: int, reason: str, at: datetime) -> int | None:
    """Remove the comment it is about, where readers may see it; the decision, or the one before."""
    comment = row.comment
    if comment is None or comment.status == Status.DELETED:
        return None
    if comment.status == Status.REMOVED:
        latest = comment.decisions.filter(became=Status.REMOVED).order_by("-pk").first()
        return latest.pk if latest else None
    done = decisions.remove(
        comment.pk, by=by, expected=comment.version, rule=rule, reason=reason, at=at
    )
    return done.decision_id


def send_receipt(notice_id: int, *, at: datetime) -> bool:
    """Confirm a notice by mail, once; say whether that was now. Nobody without an address."""
    return _send(notice_id, "receipt", at=at)


def send_outcome(notice_id: int, *, at: datetime) -> bool:
    """Tell by mail what was decided over a notice, why, and what else can be done; once."""
    return _send(notice_id, "outcome", at=at)


def _enough_receipts(email: str, *, at: datetime) -> bool:
    """Whether an address got so many receipts today that more would only bother its owner.

    Anybody can type anybody's address. What was decided is always told: a person is behind that.
    """
    today = models.Notice.objects.filter(email__iexact=email, receipt_sent_at__gt=at - DAY)
    return today.count() >= MOST_RECEIPTS


def _send(notice_id: int, kind: str, *, at: datetime) -> bool:
    sent = f"{kind}_sent_at"
    row = models.Notice.objects.filter(pk=notice_id, **{sent: None}).exclude(email="").first()
    site = mastheads.by_id(row.masthead_id) if row else None
    if row is None or site is None or (kind == "receipt" and _enough_receipts(row.email, at=at)):
        return False
    w = notice_words_for(site.language)
    parts = [w["mail_receipt_text"], f"    {row.address}"]
    if kind == "outcome":
        parts = [f"    {row.address}", w[row.outcome], row.answer, w["by_person"], w["redress"]]
    link = f"{site.origin}/notices/{link_of(row.reference)}/"
    EmailMessage(
        w[f"mail_{kind}"].format(title=site.name, reference=row.reference),
        "\n\n".join([*parts, f"{w['mail_link']}\n{link}"]),
        to=[row.email],
    ).send()
    setattr(row, sent, at)
    row.save(update_fields=[sent])
    return True
