"""What a person takes down for an agency that asked for it in words only."""

from collections.abc import Iterable
from datetime import datetime

from dateline import clock
from dateline.wire.domain.item import IncomingItem, Usability
from dateline.wire.queries.items import item_row
from dateline.wire.services.storing import store_items


def recall_by_hand(
    notice_id: int,
    families: Iterable[str],
    *,
    reason: str,
    by: str,
    hold: bool = False,
    at: datetime | None = None,
) -> list[int]:
    """Recall families of a notice's provider as if the agency had said so by structure.

    Every version made until `at` (aware UTC, now if left out) is dead, those still to come
    included; pictures and stories of the families go with them. With `hold` they are held until a
    newer version comes. `by` is the person who decided, `reason` what the agency said. Returns the
    ids of the rows that carry the recalls. One transaction.

    Raises:
        WireItem.DoesNotExist: there is no such notice.

    """
    at = at or clock.now()
    notice = item_row(notice_id)
    orders = [
        IncomingItem(
            format=notice.format,
            family=family,
            version=0,
            status="withheld" if hold else "canceled",
            usability=Usability.HELD if hold else Usability.KILLED,
            reason=f"{reason} Decided by {by}.",
            recalls=True,
            kind=notice.kind,
            headline=notice.headline,
            version_created_at=at,
        )
        for family in families
    ]
    return [row.pk for row in store_items(notice.raw, orders, at=at)]
