"""What is done by itself: drop what no reader needs, and make old HTML again."""

from datetime import datetime, timedelta

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.text import SANITISER, html_of
from dateline.discussion.queries.paging import ORDER_KEPT

GRACE = timedelta(hours=1)  # a page may be being read at the very end
AT_ONCE = 500


def prune_moves(*, at: datetime | None = None) -> int:
    """Drop the ranks of the past that no cursor can ask for any more; return how many.

    `at` is aware UTC.
    """
    before = (at or clock.now()) - ORDER_KEPT - GRACE
    dropped, _ = models.RankMove.objects.filter(at__lt=before).delete()
    return dropped


@transaction.atomic
def make_html_again(*, limit: int = AT_ONCE) -> int:
    """Make the HTML of up to `limit` comments again that an older sanitiser made; return how many.

    Run it until it returns 0. What was typed is the source, so nothing is lost by it.
    """
    old = models.Comment.objects.select_for_update().exclude(sanitiser=SANITISER)
    rows = list(old.only("text", "html", "sanitiser").order_by("pk")[:limit])
    for row in rows:
        row.html, row.sanitiser = html_of(row.text), SANITISER
    models.Comment.objects.bulk_update(rows, ["html", "sanitiser"], batch_size=100)
    return len(rows)
