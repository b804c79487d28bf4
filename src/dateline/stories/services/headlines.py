"""Have lists of one masthead show other headlines. Part of its caller's transaction and fact."""

from collections.abc import Sequence

from dateline.stories import models
from dateline.stories.domain.headlines import Tried, as_text, own_of


def show_in_lists(
    story_id: int, masthead_id: int, texts: Sequence[str], *, number: int = 0
) -> None:
    """Show `texts` in lists of a masthead: on trial in the test `number`, or the only one for good.

    For as long as the story's own headlines stay what they are. The caller purges its card.

    Raises:
        Placement.DoesNotExist: the story is not placed there.

    """
    placement = models.Placement.objects.select_related("story").get(
        story_id=story_id, masthead_id=masthead_id
    )
    own = own_of(placement.story.headline, placement.story.short_headline)
    models.CardHeadlines.objects.update_or_create(
        placement=placement, defaults={"said": as_text(Tried(number, tuple(texts)), own=own)}
    )


def show_own(story_id: int, masthead_id: int) -> bool:
    """Show the story's own headline in lists of a masthead again; say whether another stood."""
    rows = models.CardHeadlines.objects.filter(
        placement__story_id=story_id, placement__masthead_id=masthead_id
    )
    return bool(rows.delete()[0])
