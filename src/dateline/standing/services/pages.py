"""Write standing pages: one verb, one transaction, one fact."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from dateline import markup
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.standing import models
from dateline.standing.domain.errors import NotYours, PageRefused
from dateline.standing.domain.kinds import LONGEST, PageKind
from dateline.standing.domain.templates import template_of
from dateline.standing.events import PageWritten
from dateline.standing.queries import people


@transaction.atomic
def write_page(
    masthead_id: int, kind: PageKind, text: str, *, expected: int, by: UUID, at: datetime
) -> int:
    """Give readers another text of a page; return its version's number.

    `text` is HTML, which is cleaned. `expected` is the number of the version that was edited, 0 for
    our template: nobody overwrites what they have not seen. `at` is aware UTC.

    Raises:
        NotYours: `by` does not write this masthead's pages.
        PageRefused: too long, empty, or somebody else was faster.

    """
    if not people.writes(by, masthead_id):
        raise NotYours
    return _write(masthead_id, kind, text, expected=expected, by=by, at=at)


@transaction.atomic
def put_back(masthead_id: int, kind: PageKind, number: int, *, by: UUID, at: datetime) -> int:
    """Give readers the text of an earlier version again, as a new one; 0 is our template.

    Raises:
        NotYours: `by` does not write this masthead's pages.
        PageRefused: there is no such version, or it is what readers see.

    """
    if not people.writes(by, masthead_id):
        raise NotYours
    rows = models.PageVersion.objects.filter(masthead_id=masthead_id, kind=kind)
    newest = rows.aggregate(newest=Max("number"))["newest"] or 0
    site = mastheads.by_id(masthead_id)
    if number == 0 and site is not None:
        text = template_of(kind, site.language, title=site.name)
    else:
        row = rows.filter(number=number).first()
        text = row.text if row else ""
    if not text or number == newest:
        raise PageRefused("no_version", number=number)
    return _write(masthead_id, kind, text, expected=newest, by=by, at=at)


def fill_page(masthead_id: int, kind: PageKind, text: str, *, at: datetime) -> int | None:
    """Write a page that nobody has written yet, for a seeding; return its number, or None."""
    if models.PageVersion.objects.filter(masthead_id=masthead_id, kind=kind).exists():
        return None
    with transaction.atomic():
        return _write(masthead_id, kind, text, expected=0, by=None, at=at)


def _write(
    masthead_id: int, kind: PageKind, text: str, *, expected: int, by: UUID | None, at: datetime
) -> int:
    safe = markup.clean(text).strip()
    _check(safe)
    rows: Any = models.PageVersion.objects.select_for_update()
    newest = rows.filter(masthead_id=masthead_id, kind=kind).order_by("-number").first()
    number = newest.number if newest else 0
    if number != expected:
        raise PageRefused("somebody_faster", number=number)
    models.PageVersion.objects.create(
        masthead_id=masthead_id, kind=kind, number=number + 1, text=safe, by_id=by, at=at
    )
    outbox.record(
        PageWritten(
            masthead_id=masthead_id, kind=kind.value, number=number + 1, by=str(by or ""), at=at
        )
    )
    return number + 1


def _check(text: str) -> None:
    if not markup.text_of(text).strip():
        raise PageRefused("empty")
    if len(text) > LONGEST:
        raise PageRefused("too_long", length=f"{len(text):,}", most=f"{LONGEST:,}")
