"""The one rule of what readers may see of a discussion, for every page, count, list and feed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dateline.discussion import models
from dateline.discussion.domain.status import Status
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

# A comment's words may be read when it is visible; it keeps its place when something visible
# stands below it. Both only where the gate is open for the story: see `open_threads`.
READABLE = Q(status=Status.VISIBLE)
STANDS = READABLE | Q(below__gt=0)


_counted: Prepared[tuple[int, int]] = Prepared(
    lambda *, masthead, stories: (
        models.Thread.objects.filter(masthead_id=masthead, story_id__in=stories, visible__gt=0)
        .order_by()
        .values_list("story_id", "visible")
    )
)


def open_threads(site: Site, *, at: datetime) -> QuerySet[models.Thread]:
    """Threads of a masthead whose story readers see there at `at`, aware UTC."""
    shown = stories.open_placements(use=Use.WEB, at=at).filter(masthead_id=site.id)
    threads = models.Thread.objects.filter(masthead_id=site.id)
    return threads.filter(Exists(shown.filter(story_id=OuterRef("story_id"))))


def readable(site: Site, *, at: datetime) -> QuerySet[models.Comment]:
    """Comments of a masthead whose words readers may see at `at`, aware UTC."""
    return models.Comment.objects.filter(READABLE, thread__in=open_threads(site, at=at))


def most_discussed(
    site: Site, *, at: datetime, since: datetime, most: int
) -> list[tuple[int, int]]:
    """(story, comments that readers see) of what is talked about most on a masthead, most first.

    Only of stories published there `since`, so that it is of this week, and its cost that of a
    week. Both moments are aware UTC. One query. Whoever shows them asks the gate again for each.
    """
    edge.depend_softly(keys.talked(site.id))
    new = stories.open_placements(use=Use.WEB, at=at).filter(
        masthead_id=site.id, published_at__gte=since
    )
    threads = models.Thread.objects.filter(
        masthead_id=site.id, visible__gt=0, story_id__in=new.values("story_id")
    )
    found = threads.order_by("-visible", "-story_id").values_list("story_id", "visible")
    return list(found[:most])


def depend_on_threads(site: Site, story_ids: Iterable[int]) -> None:
    """Record that a page shows something of these threads: soft, as comments are a shared part.

    Whether the story is shown is recorded as hard as its own page does.
    """
    ids = list(story_ids)
    edge.depend_softly(*(keys.thread(pk, site.id) for pk in ids))
    edge.depend(*map(keys.card, ids))


def counts_on_lists(site: Site, story_ids: Iterable[int]) -> dict[int, int]:
    """How many comments the stories of a list have; those without any are left out. One query.

    The list has asked the gate. One soft tag stands for all threads of the masthead, so that a
    front is made again once in ten seconds, not once for each of its stories.
    """
    edge.depend_softly(keys.talked(site.id))
    return dict(_counted(masthead=site.id, stories=list(story_ids)))


def counts(site: Site, story_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """How many comments readers see below each of these stories; all in one query.

    Stories without a thread, and those readers do not see, are counted 0.
    """
    ids = list(story_ids)
    depend_on_threads(site, ids)
    rows = open_threads(site, at=at).filter(story_id__in=ids)
    return dict.fromkeys(ids, 0) | dict(rows.values_list("story_id", "visible"))
