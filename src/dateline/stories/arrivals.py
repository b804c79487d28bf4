"""Which stories readers may have begun to see lately, by whatever opened them."""

from datetime import datetime

from django.db.models import Q

from dateline.outbox import queries as outbox
from dateline.stories import events

# Every fact of a story: what opens one is among them, and what is not costs a look at the gate.
OF_A_STORY: tuple[str, ...] = tuple(
    vars(kind)["name"]
    for kind in vars(events).values()
    if "story_id" in getattr(kind, "__dataclass_fields__", {})
)


def arrived(*, since: datetime, at: datetime) -> Q:
    """A filter on Placement that names at least each story that became readable after `since`.

    Something was done to it, which is a fact; or it came to a masthead, which is `published_at`; or
    the moment of an embargo passed, until `at`. All are aware UTC. An old story whose embargo
    is lifted early, or that comes back after a hold, is among them, whatever its own time says.
    """
    told = {payload["story_id"] for payload in outbox.payloads(OF_A_STORY, since=since)}
    return (
        Q(story_id__in=told)
        | Q(published_at__gt=since)
        | Q(story__embargo_until__gt=since, story__embargo_until__lte=at)
        | Q(story__agency_embargo_until__gt=since, story__agency_embargo_until__lte=at)
    )
