"""Follow a link of a letter, and count it: at once what was asked, a minute later by whom."""

import base64
import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet

from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import letters, links
from dateline.mastheads import queries as mastheads
from dateline.newsletters import models
from dateline.newsletters.domain import clicks
from dateline.newsletters.domain.clicks import COPY, KEEP, NAME, SETTLE, TOO_SOON, Verdict, Worth

log = structlog.get_logger("dateline.newsletters")

AT_ONCE = 500
FROM_A_MAIL = "?utm_medium=email"  # how a story's page knows that its reader comes from one
NOBODY = ""  # the copy of a link that is of none


def follow(name: str, copy: str, *, worth: Worth, at: datetime) -> str | None:
    """Where a link of a letter leads, counted by what it is `worth`; None for one that is not ours.

    The address is looked up by `name`; nothing of what was asked gets into it. `copy` is what was
    signed for one copy: changed, or of another letter, it still leads on and counts as a program's.
    A reader who said that they mind is not counted. `at` is aware UTC. A count that the database
    refuses is lost, and the reader is led on.
    """
    if len(name) != NAME or not name.isascii():
        return None
    link = models.EditionLink.objects.select_related("edition").filter(name=name).first()
    site = mastheads.by_id(link.masthead_id) if link else None
    if link is None or site is None:
        return None
    if worth is not Worth.NOTHING:
        try:
            _count(link, copy, is_known=worth is Worth.MACHINE, at=at)
        except DatabaseError as error:
            log.warning("click_not_counted", error=repr(error))
    return site.origin + link.path + (FROM_A_MAIL if link.kind == clicks.Kind.STORY else "")


def _count(link: models.EditionLink, copy: str, *, is_known: bool, at: datetime) -> None:
    who = _copy_of(link.edition, copy)
    reader = models.Subscriber.objects.filter(pk=who).first() if who else None
    if reader and reader.uncounted:
        return
    row = models.LinkClick(
        link=link, copy=_hashed(link.edition_id, who) if who else NOBODY, at=at,
        slice=clicks.slice_of(at),
        is_known=is_known or not who or _is_too_soon(link.edition, reader, at=at),
    )  # fmt: skip
    models.LinkClick.objects.bulk_create([row], ignore_conflicts=True)


def _copy_of(edition: models.Edition, copy: str) -> int:
    """Whose copy it is, to be forgotten again at once; 0 where it is none of this edition's."""
    try:
        numbers = links.numbers_of(COPY, copy)
    except (TokenRefused, ValueError):
        return 0
    return numbers[0] if numbers[1:] == (edition.mailing_id,) else 0


def _hashed(edition_id: int, who: int) -> str:
    told = f"{COPY}\0{edition_id}\0{who}".encode()
    digest = hmac.digest(links.signing_key(), told, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:16]).decode("ascii").rstrip("=")


def _is_too_soon(
    edition: models.Edition, reader: models.Subscriber | None, *, at: datetime
) -> bool:
    """Ask the ledger when that copy left, as long as it can be so new."""
    left_long_ago = edition.ended_at is not None and at >= edition.ended_at + TOO_SOON
    if left_long_ago or edition.mailing_id is None:
        return False
    sent = letters.of(edition.mailing_id, reader.key) if reader else None
    return clicks.is_too_soon(at, sent.went_at if sent else None)


def judge_due(*, at: datetime) -> int:
    """Say of each click that is old enough at `at` (aware UTC) who did it; return of how many.

    A click is judged when nothing can come any more that tells more of it: after 65 seconds.
    """
    due = models.LinkClick.objects.filter(verdict=Verdict.OPEN, at__lte=at - SETTLE)
    editions = list(due.order_by().values_list("link__edition_id", flat=True).distinct())
    return sum(_judge(edition_id, at=at) for edition_id in editions)


@transaction.atomic
def _judge(edition_id: int, *, at: datetime) -> int:
    models.Edition.objects.select_for_update().get(pk=edition_id)  # one after the other
    rows = models.LinkClick.objects.filter(link__edition_id=edition_id)
    due = list(
        rows.filter(verdict=Verdict.OPEN, at__lte=at - SETTLE).order_by("at", "pk")[:AT_ONCE]
    )
    if not due:
        return 0
    near = rows.filter(copy__in={row.copy for row in due}, at__gte=due[0].at - SETTLE)
    known = list(near.select_related("link").order_by("at", "pk"))
    told = clicks.verdicts([_touch(row) for row in known], links=_links(edition_id))
    verdict_of = {row.pk: verdict for row, verdict in zip(known, told, strict=True)}
    _add(due, verdict_of, before=_people(rows, due))
    for verdict in (Verdict.PERSON, Verdict.MACHINE):
        ids = [row.pk for row in due if verdict_of[row.pk] is verdict]
        models.LinkClick.objects.filter(pk__in=ids).update(verdict=verdict.value)
    return len(due)


def _touch(row: models.LinkClick) -> clicks.Touch:
    hidden = row.link.kind == clicks.Kind.HIDDEN
    return clicks.Touch(row.link_id, row.copy, row.at, hidden, row.is_known)


def _links(edition_id: int) -> int:
    rows = models.EditionLink.objects.filter(edition_id=edition_id)
    return rows.exclude(kind=clicks.Kind.HIDDEN.value).count()


def _people(
    rows: QuerySet[models.LinkClick], due: Sequence[models.LinkClick]
) -> set[tuple[str, int]]:
    """Which copies were seen in people's hands before, each with a link that was followed."""
    copies = {row.copy for row in due}
    found = rows.filter(copy__in=copies, verdict=Verdict.PERSON)
    return set(found.values_list("copy", "link_id"))


def _add(
    due: Sequence[models.LinkClick],
    verdict_of: dict[int, Verdict],
    *,
    before: set[tuple[str, int]],
) -> None:
    sums: dict[tuple[int, datetime], Counter[str]] = defaultdict(Counter)
    copies = {copy for copy, _ in before}
    for row in due:
        hour = row.at.replace(minute=0, second=0, microsecond=0)
        counted = sums[row.link_id, hour]
        if verdict_of[row.pk] is Verdict.MACHINE:
            counted["machines"] += 1
            continue
        counted["clicks"] += 1
        counted["people"] += (row.copy, row.link_id) not in before
        counted["firsts"] += row.copy not in copies
        before.add((row.copy, row.link_id))
        copies.add(row.copy)
    for (link_id, hour), counted in sorted(sums.items()):
        found, _ = models.LinkCount.objects.get_or_create(link_id=link_id, hour=hour)
        more = {name: F(name) + number for name, number in counted.items()}
        models.LinkCount.objects.filter(pk=found.pk).update(**more)


def forget(*, at: datetime) -> int:
    """Remove what says of which copy a click was, two days after it; return how many.

    `at` is aware UTC. The sums stay. Who follows a link again later counts again.
    """
    old = models.LinkClick.objects.filter(at__lte=at - KEEP).exclude(verdict=Verdict.OPEN)
    return old.delete()[0]
