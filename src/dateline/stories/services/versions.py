"""Keep what readers saw: one row per text, from one moment to the next."""

from datetime import datetime

from dateline.stories import models
from dateline.stories.domain.versions import Change, Copy
from dateline.stories.words import copy_of


def keep_version(
    story: models.Story, *, change: Change, note: str, source: str, by: str, at: datetime
) -> models.StoryVersion:
    """Close the version readers saw until `at` and open the next; must run in a transaction.

    Where not a word differs and nothing has to be told, the current version stays.
    """
    copy = copy_of(story)
    current = models.StoryVersion.objects.filter(story_id=story.pk, shown_until=None).first()
    if current and change is Change.UPDATE and _copy_kept(current).digest() == copy.digest():
        return current
    close_version(story.pk, at=at)
    last = models.StoryVersion.objects.filter(story_id=story.pk).order_by("-number").first()
    return models.StoryVersion.objects.create(
        story_id=story.pk,
        number=last.number + 1 if last else 1,
        change=change,
        note=note,
        source=source,
        by=by,
        shown_from=at,
        headline=copy.headline,
        standfirst=copy.standfirst,
        dateline=copy.dateline,
        byline=copy.byline,
        body_text=copy.body,
    )


def close_version(story_id: int, *, at: datetime) -> None:
    """Note that readers no longer see the current version."""
    models.StoryVersion.objects.filter(story_id=story_id, shown_until=None).update(shown_until=at)


def _copy_kept(version: models.StoryVersion) -> Copy:
    return Copy(
        headline=version.headline,
        standfirst=version.standfirst,
        dateline=version.dateline,
        byline=version.byline,
        body=version.body_text,
    )
