"""Whether somebody may be written to."""

from collections.abc import Iterable

from django.db import connection

from dateline.mail import models
from dateline.mail.domain.addresses import key_of

# By hand: Django takes as long over a thousand values as the database over ten thousand.
WITHHELD = (
    'SELECT DISTINCT "key" FROM "mail_suppression" '
    'WHERE "scope" IN (%s, %s) AND "lifted_at" IS NULL AND "key" IN (KEYS)'
)
OVERLAP = 200  # suppressions that may be made at one moment


def is_withheld(address: str, scope: str = "") -> bool:
    """Whether mail of `scope` is withheld from an address, by that scope or altogether."""
    standing = models.Suppression.objects.filter(
        key=key_of(address), scope__in={"", scope}, lifted_at=None
    )
    return standing.exists()


def address_of(suppression_id: int) -> str:
    """The address of a suppression, standing or lifted; empty where there is none."""
    row = models.Suppression.objects.filter(pk=suppression_id).first()
    return row.address if row else ""


def withheld_among(keys: Iterable[str], scope: str) -> frozenset[str]:
    """Which of these addresses (in lower case, a thousand at most) get no mail of `scope`."""
    wanted = list(keys)
    if not wanted:
        return frozenset()
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(WITHHELD.replace("KEYS", marks), ["", scope, *wanted])
        return frozenset(key for (key,) in cursor.fetchall())


def said_lately(after: int) -> tuple[list[tuple[str, str]], int]:
    """Key and scope of each suppression made after the one of id `after`, and the newest id.

    Asked again and again with what it returned. Two may be made at once and the lower id be seen
    later: some that were told are told again.
    """
    newest = models.Suppression.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    standing = models.Suppression.objects.filter(pk__gt=after - OVERLAP, lifted_at=None)
    return list(standing.values_list("key", "scope")), newest
