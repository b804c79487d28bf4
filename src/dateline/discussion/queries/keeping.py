"""What a house keeps, for the desk: its word lists, its moderators, the doors of its threads."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from dateline.discussion import models
from dateline.discussion.domain.desk_rows import ThreadDoor, WordLines
from dateline.discussion.domain.status import WordKind
from dateline.discussion.queries import doors, moderating
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.queries import reading as stories

LINES = 200
NOT_SHOWN = "Readers do not see the story here now."


def word_lines(masthead_id: int | None, *, asked: str = "", size: int = LINES) -> WordLines:
    """The words that one masthead listed, or the network; those that hold `asked`, if given.

    Up to `size` lines, by the alphabet. Three queries.
    """
    mine = models.Word.objects.filter(Q(masthead_id=masthead_id))
    counted = dict(mine.values_list("kind").annotate(number=Count("pk")))
    found = mine.filter(word__icontains=asked) if asked else mine
    return WordLines(
        banned=counted.get(WordKind.BANNED, 0),
        suspect=counted.get(WordKind.SUSPECT, 0),
        found=found.count(),
        lines=tuple(found.order_by("word").values_list("word", "kind")[:size]),
    )


def thread_doors(story_id: int, *, by: UUID, at: datetime) -> list[ThreadDoor]:
    """The threads of a story on the mastheads that `by` moderates and it is placed on.

    `at` is aware UTC. In the network's order; nothing where there is no such story.
    """
    placed = {masthead_id: path for masthead_id, _, path in stories.addresses(story_id)}
    sites = [site for site in moderating.sites_of(by) if site.id in placed]
    return [_door(story_id, site, placed[site.id], at=at) for site in sites]


def _door(story_id: int, site: Site, path: str, *, at: datetime) -> ThreadDoor:
    thread = models.Thread.objects.filter(story_id=story_id, masthead_id=site.id).first()
    thread = thread or models.Thread(story_id=story_id, masthead_id=site.id)
    now = doors.door_of(thread, doors.house_on(site.id), at=at)
    return ThreadDoor(
        masthead_id=site.id,
        masthead=site.name,
        address=mastheads.origin_of(site.host) + path,
        visible=thread.visible,
        decided=thread.door,
        now=now.door if now else "",
        why=now.why if now else NOT_SHOWN,
    )
