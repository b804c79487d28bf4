"""Say that an address gets no mail of one kind, or none at all; and take that back."""

from datetime import datetime

from django.db import transaction

from dateline.mail import models
from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.states import Reason
from dateline.mail.events import AddressSuppressed
from dateline.outbox import services as outbox

LONGEST_TOLD = 300


@transaction.atomic
def suppress(
    address: str, *, scope: str, reason: Reason, source: str, told: str = "", at: datetime
) -> bool:
    """Withhold mail of `scope` (empty: all of it) from an address; say whether that is new.

    True for the next mail that leaves, also of a mailing that is on its way. `source` says who or
    what says so, `told` what the receiver's server said. `at` is aware UTC. Safe to run twice.
    """
    row, is_new = models.Suppression.objects.get_or_create(
        key=key_of(address), scope=scope, lifted_at=None,
        defaults={
            "address": address, "reason": reason.value, "source": source,
            "told": told[:LONGEST_TOLD], "at": at,
        },
    )  # fmt: skip
    if is_new:
        outbox.record(
            AddressSuppressed(suppression_id=row.pk, scope=scope, reason=reason.value, at=at)
        )
    return is_new


def lift(address: str, *, scope: str, by: str, at: datetime) -> bool:
    """Let mail of `scope` go to an address again; say whether it was withheld.

    `at` is aware UTC.
    """
    standing = models.Suppression.objects.filter(key=key_of(address), scope=scope, lifted_at=None)
    return bool(standing.update(lifted_at=at, lifted_by=by))
