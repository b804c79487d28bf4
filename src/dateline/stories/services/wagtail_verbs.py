"""Publish and unpublish as Wagtail asks for them, made one transaction with one fact.

Wagtail's own publish is several commits and a signal. Its edit view, workflow approval, scheduled
publishing, bulk actions and API v3 all end in one of these two actions, so here is the only place
where a story becomes public or stops being so.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import ReferenceIndex, WorkflowState
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

from dateline import clock, ids
from dateline.edge import keys
from dateline.outbox import services as outbox
from dateline.prepared import Insert, Prepared
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyKilled, NeedsText, NotYetItsKind
from dateline.stories.domain.kinds import NEEDS, missing
from dateline.stories.domain.shown import Shown
from dateline.stories.domain.versions import Change
from dateline.stories.events import (
    StoryCorrected,
    StoryPublished,
    StoryScheduled,
    StoryUpdated,
    StoryWithdrawn,
)
from dateline.stories.queries import reading
from dateline.stories.services import listed
from dateline.stories.services.children import children_of, held, hold, leave_unchanged
from dateline.stories.services.limits import keep_limits
from dateline.stories.services.log_entries import note_published
from dateline.stories.services.reach import reached, shown_of
from dateline.stories.services.versions import (
    close_version,
    keep_version,
    latest_version,
    never_seen,
)

T = TypeVar("T")

TOLD = {Change.CORRECTION, Change.CLARIFICATION}
_locked = Prepared[models.Story](
    lambda *, story: models.Story.objects.select_for_update().filter(pk=story)
)
_corrected = Insert(models.Correction)
_handed_in = Prepared[int](
    lambda *, story, kind: (
        WorkflowState.objects.active()
        .filter(base_content_type_id=kind, object_id=story)
        .values_list("pk", flat=True)[:1]
    )
)
BY_ITSELF = "the schedule"  # who did it, when no person did


def name_of(user: Any) -> str:
    """Who did it, for the record: a person's name, or the schedule."""
    return str(user.get_full_name()) if user else BY_ITSELF


def locked(story_id: int) -> models.Story:
    """The story's row, locked until the transaction ends.

    Raises:
        Story.DoesNotExist: there is no such story.

    """
    for story in _locked(story=story_id):
        return story
    raise models.Story.DoesNotExist(f"There is no story {story_id}.")


def refuse_killed(story: models.Story) -> None:
    """Stop a verb that would bring a killed story back.

    Raises:
        AlreadyKilled: it was killed; the message says when and what to do.

    """
    if story.killed_at:
        raise AlreadyKilled(
            f"Story {story.pk} was killed at {story.killed_at:%H:%M UTC, %d %B}. "
            "Reinstate it before you publish it again."
        )


def refuse_half_made(story: models.Story) -> None:
    """Stop a story from becoming public that lacks what its kind is made of.

    Raises:
        NotYetItsKind: the message says what is missing.

    """
    blocks = {block.block_type for block in story.body} if story.kind in NEEDS else set()
    if problem := missing(story.kind, blocks, has_picture=story.lead_picture_id is not None):
        raise NotYetItsKind(problem)


def without_index_tasks() -> AbstractContextManager[None]:
    """Wagtail's own way to queue no task for the index, which cannot be entered twice."""
    is_off = getattr(reference_index_auto_update_disabled, "value", False)
    return nullcontext() if is_off else disable_reference_index_auto_update()


@contextmanager
def nobody_asked(story: models.Story, revision: Any) -> Iterator[None]:
    """Let a story know that it waits in no workflow, where that is so; Wagtail's query is wide."""
    if _handed_in(story=f"{story.pk}", kind=revision.base_content_type_id):
        yield
        return
    story.__dict__["_current_workflow_states"] = []  # as `prefetch_workflow_states` does
    try:
        yield
    finally:
        del story.__dict__["_current_workflow_states"]


class Written(NamedTuple):
    """A locked story as it stands in the database, and as the revision just made of it has it."""

    before: models.Story
    after: models.Story


class PublishStory(PublishRevisionAction):
    """Make one revision of a story what readers see, or schedule that."""

    object: Any

    def __init__(
        self,
        revision: Any,
        *args: Any,
        by: str = "",
        source: str = "desk",
        at: datetime | None = None,
        written: Written | None = None,
        **kwargs: Any,
    ) -> None:
        """`written` is the locked story that `revision` was just made of, in this transaction."""
        self.written = written
        if written:
            _tell(revision, written)
        super().__init__(revision, *args, **kwargs)
        self.by = by or name_of(self.user)
        self.source = source
        self.at = at

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Publish in one transaction: rows, version, correction and fact, or nothing.

        Raises:
            AlreadyKilled: the story was killed and not reinstated.
            NotYetItsKind: it lacks what its kind is made of.
            NeedsText: a correction or clarification without words for readers.

        """
        self.check(skip_permission_checks=skip_permission_checks)
        with transaction.atomic():
            before = self.written.before if self.written else held(locked(self.object.pk))
            refuse_killed(before)
            at = self.at or clock.now()
            shown_on = _mastheads(before) if before.live else set()
            self.corrected = before.live and reading.is_corrected(before.pk)
            shown = shown_of(before, corrected=self.corrected)
            # Over the row just locked: the revision may carry one that is older than a kill.
            self.object = self._written_over(before)
            refuse_half_made(self.object)
            change, note = self._announcement(was_live=before.live)
            scheduled = bool(self.object.go_live_at and self.object.go_live_at > clock.now())
            if not scheduled:
                self._prepare(at)
                first = before.first_published_at or at
            self._publish_object(before, is_public=not scheduled)
            if scheduled:
                self._record_schedule(at)
            else:
                if self.at:  # a moment given by the caller is the moment readers are told
                    models.Story.objects.filter(pk=before.pk).update(
                        first_published_at=first, last_published_at=at
                    )
                self._record(change, note, shown_on=shown_on, shown=shown, at=at)

    def _written_over(self, before: models.Story) -> models.Story:
        if self.written:
            return self.written.after
        story: models.Story = held(before.with_content_json(self.revision.content))
        if self.revision.pk != before.latest_revision_id:
            keep_limits(story, standing=before)
        return story

    def _publish_object(self, before: models.Story, *, is_public: bool) -> None:
        logged = self.written is None or not is_public
        publish = partial(
            self._publish_revision,
            self.revision, self.object, user=self.user, changed=self.changed,
            log_action=self.log_action if logged else False,
            previous_revision=self.previous_revision,
        )  # fmt: skip
        if not is_public:
            publish()
            return
        children = children_of(self.object)
        leave_unchanged(self.object, before)
        # Readers get the text now, and must get its pictures: not when a task has noted them.
        with without_index_tasks(), nobody_asked(self.object, self.revision):
            publish()
        hold(self.object, children)
        ReferenceIndex.create_or_update_for_object(self.object)
        if not logged:
            note_published(
                self.revision, before=before, after=self.object, action="wagtail.publish",
                user=self.user, changed=self.changed,
            )  # fmt: skip

    def _announcement(self, *, was_live: bool) -> tuple[Change, str]:
        if not was_live:
            return Change.PUBLISHED, ""
        change = Change(self.object.change_kind or Change.UPDATE)
        note = self.object.change_note.strip()
        if change in TOLD and not note:
            raise NeedsText(
                f"Story {self.object.pk}: a {change} needs a note for readers. "
                "Say what was wrong and what is right."
            )
        return change, note

    def _prepare(self, at: datetime) -> None:
        story = self.object
        story.change_kind, story.change_note = "", ""
        story.updated_at, story.withdrawn_at, story.withdrawn_reason = at, None, ""
        placements = list(story.placements.all())
        for placement in placements:
            placement.published_at = placement.published_at or at
            placement.slug = placement.slug or ids.slug_of(
                story.headline, fallback=f"{at:%Y-%m-%d}"
            )
        if placements and not any(p.canonical for p in placements):
            placements[0].canonical = True
        story.placements.set(placements)

    def _record_schedule(self, at: datetime) -> None:
        go_live_at = self.object.go_live_at
        outbox.record(
            StoryScheduled(story_id=self.object.pk, at=at, by=self.by, go_live_at=go_live_at)
        )

    def _record(
        self, change: Change, note: str, *, shown_on: set[int], shown: Shown, at: datetime
    ) -> None:
        story = self.object
        latest = latest_version(story.pk)
        if change in TOLD and never_seen(latest, at=at):
            change, note = Change.UPDATE, ""  # nobody saw the mistake, so nobody is told
        version = keep_version(
            story, latest, change=change, note=note, source=self.source, by=self.by, at=at
        )
        after = shown_of(story, corrected=self.corrected or change in TOLD)
        reach = reached(story.pk, shown, after)
        under = listed.keep(
            story, told_at=at if change in TOLD else None, moved=bool(reach["lists"])
        )
        # The pages of its series, and those of the stories around it.
        series = (keys.series(story.series_id),) if story.series_id else ()
        told: dict[str, Any] = {
            "story_id": story.pk,
            "masthead_ids": tuple(sorted(shown_on | _mastheads(story))),
            "at": at,
            "by": self.by,
            **reach,
            "lists": (*reach["lists"], *under, *series),
        }
        if change is Change.PUBLISHED:
            outbox.record(StoryPublished(**told))
        elif change in TOLD:
            correction = _corrected(
                models.Correction(story_id=story.pk, kind=change, text=note, by=self.by, at=at)
            )
            outbox.record(
                StoryCorrected(
                    **told, version=version.number, correction_id=correction.pk, kind=change
                )
            )
        else:
            outbox.record(StoryUpdated(**told, version=version.number))


class UnpublishStory(UnpublishAction):
    """Take a public story down, in one transaction, with its fact."""

    def __init__(
        self,
        object: Any,  # noqa: A002 - Wagtail's name for it
        *args: Any,
        by: str = "",
        reason: str = "",
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(object, *args, **kwargs)
        self.by = by or name_of(self.user)
        self.reason = reason
        self.at = at

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Withdraw the story; does nothing to one that is not public."""
        self.check(skip_permission_checks=skip_permission_checks)
        with transaction.atomic():
            before = locked(self.object.pk)
            if not before.live:
                return
            at = self.at or clock.now()
            self.object.withdrawn_at, self.object.withdrawn_reason = at, self.reason
            super().execute(skip_permission_checks=True)
            close_version(before.pk, at=at)
            outbox.record(
                StoryWithdrawn(
                    story_id=before.pk,
                    masthead_ids=tuple(sorted(_mastheads(before))),
                    at=at,
                    by=self.by,
                    reason=self.reason,
                    expired=self.set_expired,
                )
            )

    def _commit_unpublish(self, object: Any) -> None:  # noqa: A002 - Wagtail's name for it
        # Only these columns: the object may carry a draft's text, which must not become the row's.
        object.save(
            update_fields=[
                "live", "has_unpublished_changes", "live_revision", "expired",
                "withdrawn_at", "withdrawn_reason",
            ]
        )  # fmt: skip


class _Before(NamedTuple):
    """The revision before this one, as far as Wagtail asks it: for the title readers know."""

    content_object: models.Story


def _tell(revision: Any, written: Written) -> None:
    """Let a revision that was just made answer from what is in hand, where Wagtail would read it.

    It is the latest, for the story is locked since before it was made.
    """
    revision.as_object = partial(_itself, written.after)
    revision.is_latest_revision = partial(_itself, True)
    revision.get_previous = partial(_itself, _Before(written.before))


def _itself(known: T) -> T:
    return known


def _mastheads(story: models.Story) -> set[int]:
    return {p.masthead_id for p in story.placements.all()}


class WagtailVerbs:
    """What `Story.publish` and `Story.unpublish` call; set on the model by apps.StoriesConfig."""

    publish_action = PublishStory
    unpublish_action = UnpublishStory

    @staticmethod
    def publish(
        _story: models.Story, revision: Any, *, skip_permission_checks: bool = False, **kwargs: Any
    ) -> None:
        """Publish `revision`; see PublishStory."""
        PublishStory(revision, **kwargs).execute(skip_permission_checks=skip_permission_checks)

    @staticmethod
    def unpublish(story: models.Story, **kwargs: Any) -> None:
        """Unpublish `story`; see UnpublishStory."""
        UnpublishStory(story, **kwargs).execute(skip_permission_checks=True)
