"""Walk a list of a masthead from the newest story to the first, without losing one on the way."""

from collections.abc import Sequence
from datetime import datetime

from dateline.mastheads.domain.site import Site
from dateline.stories import models, recording, rows
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading


def older(
    site: Site, section_ids: Sequence[int] | None, *, use: Use, at: datetime, before: int | None,
    size: int,
) -> tuple[list[Card], bool] | None:  # fmt: skip
    """Up to `size` stories of a list for one use, newest first, and whether more follow.

    `before` is the id of the story they follow, shown or not, so that no story is left out and none
    comes twice, whatever is published meanwhile; None begins at the newest. Answers None where the
    masthead never showed such a story.
    """
    listing = rows.Listing.of(site, section_ids, use)
    if before is None:
        found = rows.newest(listing, size + 1, at=at)
    else:
        place = models.Placement.objects.filter(masthead_id=site.id, story_id=before)
        start = place.values_list("published_at", "pk").first()
        if not start or not start[0]:
            return None
        found = rows.older(listing, size + 1, before=start[0], below=start[1], at=at)
    far = before is not None or size >= recording.TOP_OF_A_LIST
    shown = reading.listed(site, section_ids, found, at=at, far=far)
    return shown[:size], len(shown) > size


def standing_of(
    site: Site, story_ids: Sequence[int], *, at: datetime
) -> tuple[dict[int, Card], set[int]]:
    """Of these stories of a masthead the cards that programs may show at `at`, and who was killed.

    What is in neither may not be shown now and may come back. Four queries at most.
    """
    listing = rows.Listing.of(site, None, Use.API)
    places = models.Placement.objects.filter(masthead_id=site.id, story_id__in=story_ids)
    found = rows.of_numbers(listing, at=at, ids=list(places.values_list("pk", flat=True)))
    cards = reading.listed(site, None, found, at=at, far=True)
    killed = models.Story.objects.filter(pk__in=story_ids, killed_at__isnull=False)
    return {card.story_id: card for card in cards}, set(killed.values_list("pk", flat=True))
