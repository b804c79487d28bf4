"""Keep what readers saw: one row per text, from one moment to the next."""

from datetime import datetime

from dateline.stories import models
from dateline.stories.domain.versions import Change, Copy
from dateline.stories.words import copy_of


def keep_version(
    story: models.Story, *, change: Change, note: str, source: str, by: str, at: datetime
) -> models.StoryVersion:
    """Close the version readers saw until `at` and open the next; must run in a transaction.

    Where not a word differs and nothing has to be told, the current version stays. A version begins
    when readers can see it: under an embargo that is its end. One that nobody has seen yet is
    written over, so that readers are never shown a text that was never public.
    """
    copy = copy_of(story)
    current = _current(story.pk)
    if current and change is Change.UPDATE and _copy_kept(current).digest() == copy.digest():
        return current
    if current and current.shown_from > at:
        version = current
        if current.change != Change.PUBLISHED and change is not Change.UPDATE:
            version.change, version.note = change, note
    else:
        close_version(story.pk, at=at)
        last = models.StoryVersion.objects.filter(story_id=story.pk).order_by("-number").first()
        number = last.number + 1 if last else 1
        version = models.StoryVersion(story_id=story.pk, number=number, change=change, note=note)
    version.source, version.by, version.shown_from = source, by, _seen_from(story, at)
    version.headline, version.standfirst = copy.headline, copy.standfirst
    version.dateline, version.byline, version.body_text = copy.dateline, copy.byline, copy.body
    version.save()
    return version


def never_seen(story_id: int, *, at: datetime) -> bool:
    """Whether the first text of a public story still waits for its embargo to end."""
    current = _current(story_id)
    return bool(current and current.shown_from > at and current.change == Change.PUBLISHED)


def close_version(story_id: int, *, at: datetime) -> None:
    """Note that readers no longer see the current version; one that nobody saw leaves no trace."""
    current = models.StoryVersion.objects.filter(story_id=story_id, shown_until=None)
    current.filter(shown_from__gt=at).delete()
    current.update(shown_until=at)


def move_start(story_id: int, *, at: datetime) -> None:
    """After an embargo changed: a version nobody has seen yet begins when readers can see it."""
    current = _current(story_id)
    if current and current.shown_from > at:
        current.shown_from = _seen_from(models.Story.objects.get(pk=story_id), at)
        current.save(update_fields=["shown_from"])


def _current(story_id: int) -> models.StoryVersion | None:
    found: models.StoryVersion | None = models.StoryVersion.objects.filter(
        story_id=story_id, shown_until=None
    ).first()
    return found


def _seen_from(story: models.Story, at: datetime) -> datetime:
    embargoes = (story.embargo_until, story.agency_embargo_until)
    return max(at, *(end for end in embargoes if end), at)


def _copy_kept(version: models.StoryVersion) -> Copy:
    return Copy(
        headline=version.headline,
        standfirst=version.standfirst,
        dateline=version.dateline,
        byline=version.byline,
        body=version.body_text,
    )
