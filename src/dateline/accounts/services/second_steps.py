"""Keep the secrets of second steps sealed with the signing key of now."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from dateline.accounts.adapters import sealing

ONE, MANY = ("secret", "seed"), ("migrated_codes",)  # where allauth keeps them in a row's data


def reseal() -> int:
    """Seal what lies open or under an earlier key; return how many rows were changed.

    A row that no named key opens stays as it is: the key may be named again.
    """
    keys = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_reseal(key) for key in keys)


@transaction.atomic
def _reseal(key: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    if row is None:  # removed meanwhile
        return False
    found: dict[str, Any] = dict(row.data)
    for name in ONE:
        if name in found:
            found[name] = _anew(found[name])
    for name in MANY:
        if name in found:
            found[name] = [_anew(one) for one in found[name]]
    changed = bool(found != row.data)
    if changed:
        row.data = found
        row.save(update_fields=["data"])
    return changed


def _anew(stored: str) -> str:
    if sealing.is_of_now(stored) or not sealing.is_readable(stored):
        return stored
    return sealing.seal(sealing.unseal(stored))
