"""A picture item binds the file it names: its embargo, its rights, its hold and its kill."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from dateline.media import services as media
from dateline.wire import models
from dateline.wire.queries import items

WITHIN = timedelta(days=7)  # how much later than its words a file may come
_PICTURE = "picture"


def bind_pictures(row: models.WireItem, *, provider: models.Provider, at: datetime) -> None:
    """Lay what agency items say of a picture on the file, whichever of the two `row` is.

    Call in the transaction that stores the row. `at` is aware UTC.
    """
    if row.kind != _PICTURE or row.usability == models.WireItem.Usability.KILLED:
        return
    if row.picture_id:
        for words in items.picture_items_naming(row, since=at - WITHIN):
            _bind(row.picture_id, words, provider=provider, at=at)
        return
    for picture in items.pictures_of(row):
        _bind(picture.pk, row, provider=provider, at=at)


def _bind(
    picture_id: int, row: models.WireItem, *, provider: models.Provider, at: datetime
) -> None:
    killed = row.usability == models.WireItem.Usability.KILLED
    if killed or items.is_family_killed(row.provider_id, row.family, row.version):
        reason = row.reason or "The agency took this picture down before its file came."
        media.kill_picture(picture_id, reason=reason, by=provider.name, at=at)
        return
    media.tighten_terms(
        picture_id,
        embargo_until=row.embargo_until,
        usable_until=row.expires_at,
        usage_terms=row.usage_terms,
        held_reason=row.reason,
        by=provider.name,
        at=at,
    )


def files_of_family(family: QuerySet[models.WireItem, Any]) -> set[int]:
    """Ids of the pictures whose files the picture items of a family name."""
    rows = family.filter(kind=_PICTURE, picture=None).select_related("raw")
    return {picture.pk for row in rows for picture in items.pictures_of(row)}
