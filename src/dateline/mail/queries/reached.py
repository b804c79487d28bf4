"""Whom the mails of some mailings reached, for a room that has to tell them more."""

from collections.abc import Collection
from datetime import datetime

from dateline.mail import models
from dateline.mail.domain.states import Fate

GOT = [Fate.SENT.value, Fate.UNKNOWN.value]  # in doubt: they may have read it


def persons(mailing_ids: Collection[int], *, until: datetime) -> list[int]:
    """Who got, or may have got, a mail of these before `until` (aware UTC): ids of its room."""
    rows = models.Entry.objects.filter(mailing_id__in=mailing_ids, fate__in=GOT)
    found = rows.filter(settled_at__lte=until).order_by("person")
    return list(found.values_list("person", flat=True).distinct())
