"""After a batch: tell people what is ours to mend, and end subscriptions that are of no use."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from dateline.alerts import models
from dateline.alerts.adapters.pusher import Outcome
from dateline.alerts.domain.refusals import WHY, Answer, judge
from dateline.alerts.services import following

REFUSED = "refused"  # why a follower left
CREATED = 201
log = structlog.get_logger("dateline.alerts")


class Pushed(Protocol):
    """A push as far as its subscription matters."""

    @property
    def follower_id(self) -> int: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def refused_since(self) -> datetime | None: ...


def follow(outcomes: Sequence[Outcome], rows: Mapping[int, Pushed], *, at: datetime) -> None:
    """Follow up what push services answered. In a transaction; `at` is aware UTC.

    What is ours is logged as an error, once a batch and service, and stands on the desk for a day.
    A subscription that alone is refused as malformed, over three days with nothing taken between,
    is removed.
    """
    if all(o.status == CREATED and rows[o.number].refused_since is None for o in outcomes):
        return
    judged = judge((_answer(one, rows[one.number]) for one in outcomes), at=at)
    for (origin, status), count in judged.ours.items():
        log.error(
            "push_refused", origin=origin, status=status, pushes=count, why=WHY[status]
        )  # fmt: skip
        models.PushRefusal.objects.update_or_create(
            origin=origin[:200], status=status, defaults={"at": at}
        )
    followers = models.Follower.objects
    followers.filter(pk__in=judged.first_refused).update(refused_since=at)
    followers.filter(pk__in=judged.cleared).update(refused_since=None)
    following.drop_gone(judged.over, why=REFUSED, at=at)


def _answer(one: Outcome, row: Pushed) -> Answer:
    parts = urlsplit(row.endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    return Answer(row.follower_id, origin, one.status, row.refused_since)
