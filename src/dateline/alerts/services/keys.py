"""The key of web push: made once, sealed anew when the signing key changes."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key
from django.conf import settings
from django.db import transaction

from dateline import clock
from dateline.alerts import models
from dateline.alerts.adapters import sealing
from dateline.alerts.adapters.encryption import CURVE, point_of
from dateline.alerts.adapters.vapid import HALF, Vapid, key_from
from dateline.mastheads import queries as mastheads


def ensure(*, at: datetime | None = None) -> bool:
    """Make the key of this installation where there is none; say whether it was made.

    It is made once: another key ends every subscription there is. `at` is aware UTC.
    """
    if models.PushKey.objects.exists():  # asked twice a second: it takes no write lock for that
        return False
    with transaction.atomic():
        return _made(at or clock.now())


def _made(at: datetime) -> bool:
    if models.PushKey.objects.exists():  # another process was faster
        return False
    made = generate_private_key(CURVE)
    number = made.private_numbers().private_value.to_bytes(HALF, "big")
    models.PushKey.objects.create(public=point_of(made), sealed=sealing.seal(number), made_at=at)
    return True


def signer() -> Vapid:
    """Whoever signs pushes, with the network's own address for push services to write to.

    Raises:
        PushKey.DoesNotExist: there is no key yet; `ensure` makes one.
        Unreadable: it was sealed with a signing key that is named no more.

    """
    row = models.PushKey.objects.order_by("pk")[:1].get()
    contact = mastheads.origin_of(settings.DATELINE_NETWORK_DOMAIN)
    return Vapid(key_from(sealing.unseal(row.sealed)), contact)


def reseal() -> int:
    """Seal the key with the signing key of now, where it is not; return how many were."""
    rows = [row for row in models.PushKey.objects.all() if not sealing.is_of_now(row.sealed)]
    for row in rows:
        row.sealed = sealing.seal(sealing.unseal(row.sealed))
        row.save(update_fields=["sealed"])
    return len(rows)
