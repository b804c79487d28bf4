"""Work for one mail at a time: what fails is tried again later, and keeps no other waiting."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet

from dateline.alerts import models
from dateline.outbox.domain import wait_after
from dateline.search.queries import EngineAway

log = structlog.get_logger("dateline.alerts")

Digest = TypeVar("Digest", models.MailDigest, models.SearchDigest)
MOST_TRIES = 8  # ten minutes


def alone(name: str, work: Callable[[], int], again: Callable[[], None]) -> int:
    """Do one mail's work and return its answer; where it fails log it, do `again`, return 0.

    Raises:
        EngineAway, OperationalError, InterfaceError: the trouble is not this mail's.

    """
    try:
        return work()
    except (EngineAway, OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("digest_failed", what=name)
        again()
        return 0


def rested(digests: QuerySet[Digest], *, at: datetime) -> list[int]:
    """The ids of those that wait to be handed on and do not rest at `at` (aware UTC)."""
    rows = digests.filter(Q(again_at=None) | Q(again_at__lte=at), closed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def let_rest(digests: QuerySet[Digest], digest_id: int, *, name: str, at: datetime) -> None:
    """Let a digest that failed rest for a little while; after too many failures, give it up.

    `at` is aware UTC.
    """
    digest = digests.select_for_update(of=("self",)).get(pk=digest_id)
    if digest.closed_at is not None:
        return
    digest.tries += 1
    digest.again_at = at + wait_after(digest.tries)
    if digest.tries >= MOST_TRIES:
        log.error("digest_given_up", what=name, digest=digest_id)
        digest.closed_at = at
    digest.save(update_fields=["tries", "again_at", "closed_at"])
