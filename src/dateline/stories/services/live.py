"""What reporters do to a live blog. One function per verb, one transaction, one fact."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock, markup
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain.errors import (
    CoverageOver,
    EntryChanged,
    EntryGone,
    NeedsText,
    NotALiveBlog,
)
from dateline.stories.domain.live import EntryWords, problem_of
from dateline.stories.events import (
    CoverageMoved,
    LiveEntryChanged,
    LiveEntryPosted,
    LiveEntryWithdrawn,
)
from dateline.stories.services.wagtail_verbs import locked, refuse_killed


@transaction.atomic
def post_entry(
    story_id: int, words: EntryWords, *, key: UUID, by: str, at: datetime | None = None
) -> int:
    """Add an entry at the top of a live blog; return its id. The first one starts the coverage.

    `key` was made with the form: the same one a second time changes nothing and returns the entry
    there is. Readers get it with the next request once the story is public. `at` is aware UTC.

    Raises:
        NotALiveBlog: the story is of another kind.
        AlreadyKilled: the story was killed.
        CoverageOver: it was closed.
        NeedsText: there is nothing to post, or too much; the message says which.

    """
    at = at or clock.now()
    story = _open_blog(story_id)
    sent = models.LiveEntry.objects.filter(key=key, story_id=story_id).first()
    if sent:
        return sent.pk
    _check(words)
    entry = models.LiveEntry.objects.create(
        story=story, key=key, headline=words.headline.strip(), text=markup.clean(words.text),
        key_event=words.key_event, by=by, at=at,
    )  # fmt: skip
    began = story.coverage_started_at is None
    if began:
        _set(story, coverage_started_at=at)
    outbox.record(LiveEntryPosted(story_id=story_id, entry_id=entry.pk, at=at, by=by, began=began))
    return entry.pk


@transaction.atomic
def change_entry(
    entry_id: int, words: EntryWords, *, seen: int, by: str, note: str = "",
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Give an entry other words. What readers saw before is kept.

    `seen` is the version the reporter had open. A `note` tells readers what was wrong and what is
    right, and stays with the entry. `at` is aware UTC.

    Raises:
        EntryChanged: somebody else changed it since; the message says who is to look again.
        EntryGone: it was withdrawn.
        NeedsText, AlreadyKilled: as for `post_entry`.

    """
    at = at or clock.now()
    entry = _shown_entry(entry_id)
    if entry.version != seen:
        raise EntryChanged(
            "Somebody changed this entry while you had it open. It is shown below as it is now; "
            "your text is still in the form."
        )
    _check(words)
    _keep_earlier(entry, by=by, at=at)
    entry.headline, entry.text = words.headline.strip(), markup.clean(words.text)
    entry.key_event, entry.changed_at, entry.version = words.key_event, at, seen + 1
    if note.strip():
        entry.note, entry.noted_at = note.strip(), at
    entry.save()
    _tell_changed(entry, by=by, at=at)


@transaction.atomic
def withdraw_entry(entry_id: int, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Take an entry away at once. Where there is a reason, readers see it in the entry's place.

    Raises:
        EntryGone: it was withdrawn before.

    """
    at = at or clock.now()
    entry = _shown_entry(entry_id, killed_too=True)
    _keep_earlier(entry, by=by, at=at)
    entry.withdrawn_at, entry.withdrawn_reason = at, reason.strip()
    entry.pinned, entry.version = False, entry.version + 1
    entry.save()
    outbox.record(LiveEntryWithdrawn(story_id=entry.story_id, entry_id=entry_id, at=at, by=by))


@transaction.atomic
def pin_entry(entry_id: int, *, pinned: bool = True, by: str, at: datetime | None = None) -> None:
    """Put an entry above all others, in place of the one that stood there; or take it down.

    Raises:
        EntryGone: it was withdrawn.

    """
    entry = _shown_entry(entry_id)
    if pinned:
        before = models.LiveEntry.objects.filter(story_id=entry.story_id, pinned=True)
        before.exclude(pk=entry_id).update(pinned=False)
    entry.pinned = pinned
    entry.save(update_fields=["pinned"])
    _tell_changed(entry, by=by, at=at or clock.now())


@transaction.atomic
def close_coverage(story_id: int, *, by: str, at: datetime | None = None) -> None:
    """End a live blog: it stays to be read and takes no more entries. Safe to run twice."""
    at = at or clock.now()
    story = locked(story_id)
    if story.coverage_started_at and not story.coverage_ended_at:
        _set(story, coverage_ended_at=at)
        outbox.record(CoverageMoved(story_id=story_id, at=at, by=by, open=False))


@transaction.atomic
def reopen_coverage(story_id: int, *, by: str, at: datetime | None = None) -> None:
    """Let a live blog that was closed take entries again. Safe to run twice."""
    story = locked(story_id)
    if story.coverage_ended_at:
        _set(story, coverage_ended_at=None)
        outbox.record(CoverageMoved(story_id=story_id, at=at or clock.now(), by=by, open=True))


def _open_blog(story_id: int) -> models.Story:
    story = locked(story_id)
    if story.kind != models.Story.Kind.LIVE:
        raise NotALiveBlog(f"Story {story_id} is no live blog. Change its kind and save it first.")
    refuse_killed(story)
    if story.coverage_ended_at:
        raise CoverageOver(
            f"This live blog was closed at {story.coverage_ended_at:%H:%M UTC, %d %B}. "
            "Reopen it to add an entry."
        )
    return story


def _shown_entry(entry_id: int, *, killed_too: bool = False) -> models.LiveEntry:
    """The entry with its story locked, so that two verbs on one blog follow each other."""
    story_id = models.LiveEntry.objects.values_list("story_id", flat=True).get(pk=entry_id)
    story = locked(story_id)
    if not killed_too:
        refuse_killed(story)
    entry = models.LiveEntry.objects.get(pk=entry_id)
    if entry.withdrawn_at:
        raise EntryGone(f"Entry {entry_id} was withdrawn at {entry.withdrawn_at:%H:%M UTC}.")
    return entry


def _check(words: EntryWords) -> None:
    if problem := problem_of(words, plain=markup.text_of(words.text)):
        raise NeedsText(problem)


def _keep_earlier(entry: models.LiveEntry, *, by: str, at: datetime) -> None:
    models.LiveEntryText.objects.create(
        entry=entry, version=entry.version, headline=entry.headline, text=entry.text,
        shown_until=at, changed_by=by,
    )  # fmt: skip


def _tell_changed(entry: models.LiveEntry, *, by: str, at: datetime) -> None:
    outbox.record(LiveEntryChanged(story_id=entry.story_id, entry_id=entry.pk, at=at, by=by))


def _set(story: models.Story, **fields: Any) -> None:
    models.Story.objects.filter(pk=story.pk).update(**fields)
