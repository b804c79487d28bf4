"""Letters that come by themselves: the draft of each list's next day, and those that send it."""

from datetime import datetime, timedelta

from dateline.newsletters import models
from dateline.newsletters.domain.sender_policy import Ask
from dateline.newsletters.domain.timing import next_slot, zone_of
from dateline.newsletters.services import checking, sending
from dateline.newsletters.services.editions import make_draft

GRACE = timedelta(hours=2)  # a morning letter that the machine slept through is still one


def run(*, at: datetime, ask: Ask | None = None) -> int:
    """Make drafts that are due to be made, send what is due, note what has left; return how many.

    `at` is aware UTC; `ask` answers for DNS (this machine's resolvers if left out).
    """
    made = make_due(at=at, ask=ask)
    return made + sending.send_due(at=at) + sending.settle(at=at)


def make_due(*, at: datetime, ask: Ask | None = None) -> int:
    """Make the draft of each list whose next day is near; return how many were made.

    Once a day for each, however many workers ask. Where the list says so it is checked and
    scheduled too; one that preflight blocks waits as a draft for a person. A day that is over by
    more than two hours stays unmade: nobody wants yesterday's morning. `at` is aware UTC.
    """
    rows = models.Recipe.objects.filter(active=True).exclude(days="")
    return sum(_make_due(row, at=at, ask=ask) for row in rows.select_related("newsletter"))


def _make_due(recipe: models.Recipe, *, at: datetime, ask: Ask | None) -> bool:
    newsletter = recipe.newsletter
    zone = zone_of(sending.EARLIEST if recipe.each_zone else newsletter.time_zone, "UTC")
    days = {int(day) for day in recipe.days}
    day, due = next_slot(at - GRACE, days=days, wall=recipe.time, zone=zone)
    early = due - timedelta(minutes=recipe.lead_minutes) > at
    if early or due <= recipe.started_at or newsletter.editions.filter(day=day).exists():
        return False
    edition = make_draft(newsletter.pk, at=at, day=day)
    if recipe.by_itself and checking.check(edition.pk, by=None, at=at, ask=ask):
        sending.schedule(
            edition.pk, day=day, wall=recipe.time, each_zone=recipe.each_zone, by=None, at=at
        )
    return True
