"""Keep what readers saw: one row per text, from one moment to the next."""

from datetime import datetime

from dateline.prepared import Change as ChangeRow
from dateline.prepared import Insert, Prepared
from dateline.stories import models
from dateline.stories.domain.gate import opens_at
from dateline.stories.domain.versions import NOT_YET, Change, Copy
from dateline.stories.queries.reading import gate_facts
from dateline.stories.words import copy_of

_latest = Prepared[models.StoryVersion](
    lambda *, story: models.StoryVersion.objects.filter(story_id=story).order_by("-number")[:1]
)
_placed_on = Prepared[str](
    lambda *, story: (
        models.Placement.objects.filter(story_id=story)
        .order_by()
        .values_list("masthead__slug", flat=True)
    )
)
_kept = Insert(models.StoryVersion)
_closed = ChangeRow(models.StoryVersion, "shown_until")


def latest_version(story_id: int) -> models.StoryVersion | None:
    """The version of a story with the highest number, whether readers still see it or not."""
    return next(iter(_latest(story=story_id)), None)


def keep_version(
    story: models.Story,
    latest: models.StoryVersion | None,
    *,
    change: Change,
    note: str,
    source: str,
    by: str,
    at: datetime,
) -> models.StoryVersion:
    """Close the version readers saw until `at` and open the next; must run in a transaction.

    `latest` is what `latest_version` found in this transaction.

    Where not a word differs and nothing has to be told, the current version stays. A version begins
    when readers can see it: while the gate is shut that is the end of an embargo, or unknown. One
    that nobody has seen yet is written over, so that readers are never shown a text that was never
    public.
    """
    copy = copy_of(story)
    current = _if_current(latest)
    unseen = current is not None and current.shown_from > at
    if current and change is Change.UPDATE and _copy_kept(current).digest() == copy.digest():
        return _begun(current, story, at)
    if current and unseen:
        version = current
        if current.change != Change.PUBLISHED and change is not Change.UPDATE:
            version.change, version.note = change, note
    else:
        if current:
            current.shown_until = _seen_until(current, story, at)
            _closed(current)
        number = latest.number + 1 if latest else 1
        version = models.StoryVersion(story_id=story.pk, number=number, change=change, note=note)
    version.source, version.by, version.shown_from = source, by, _seen_from(story, at)
    version.headline, version.standfirst = copy.headline, copy.standfirst
    version.dateline, version.byline, version.body_text = copy.dateline, copy.byline, copy.body
    if version.pk:
        version.save()
        return version
    return _kept(version)


def never_seen(latest: models.StoryVersion | None, *, at: datetime) -> bool:
    """Whether no reader has seen the first text of a public story yet."""
    current = _if_current(latest)
    return bool(current and current.shown_from > at and current.change == Change.PUBLISHED)


def close_version(story_id: int, *, at: datetime) -> None:
    """Note that readers no longer see the current version; one that nobody saw leaves no trace."""
    current = models.StoryVersion.objects.filter(story_id=story_id, shown_until=None)
    current.filter(shown_from__gt=at).delete()
    current.update(shown_until=at)


def move_start(story_id: int, *, at: datetime) -> None:
    """After the gate changed: a version nobody has seen yet begins when readers can see it."""
    current = _if_current(latest_version(story_id))
    if current:
        _begun(current, models.Story.objects.get(pk=story_id), at)


def _begun(version: models.StoryVersion, story: models.Story, at: datetime) -> models.StoryVersion:
    if version.shown_from > at:
        version.shown_from = _seen_from(story, at)
        version.save(update_fields=["shown_from"])
    return version


def _if_current(latest: models.StoryVersion | None) -> models.StoryVersion | None:
    return latest if latest and latest.shown_until is None else None


def _seen_from(story: models.Story, at: datetime) -> datetime:
    """When readers can first see a story as it stands: `at`, a later moment, or NOT_YET."""
    mastheads = _placed_on(story=story.pk)
    return opens_at(gate_facts(story, None), mastheads=mastheads, at=at) or NOT_YET


def _seen_until(version: models.StoryVersion, story: models.Story, at: datetime) -> datetime:
    """When readers last saw a text that is replaced at `at`: the gate may have shut before."""
    shut = (story.withheld_at, story.agency_advisory_at, story.agency_rights_until)
    since = version.shown_from
    return min((moment for moment in shut if moment and since <= moment <= at), default=at)


def _copy_kept(version: models.StoryVersion) -> Copy:
    return Copy(
        headline=version.headline,
        standfirst=version.standfirst,
        dateline=version.dateline,
        byline=version.byline,
        body=version.body_text,
    )
