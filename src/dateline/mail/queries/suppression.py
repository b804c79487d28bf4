"""Whether somebody may be written to."""

from collections.abc import Iterable

from dateline.mail import models
from dateline.mail.domain.addresses import key_of


def is_withheld(address: str, scope: str = "") -> bool:
    """Whether mail of `scope` is withheld from an address, by that scope or altogether."""
    standing = models.Suppression.objects.filter(
        key=key_of(address), scope__in={"", scope}, lifted_at=None
    )
    return standing.exists()


def withheld_among(keys: Iterable[str], scope: str) -> frozenset[str]:
    """Which of these addresses (in lower case, a few hundred at most) get no mail of `scope`."""
    standing = models.Suppression.objects.filter(
        key__in=list(keys), scope__in={"", scope}, lifted_at=None
    )
    return frozenset(standing.values_list("key", flat=True))
