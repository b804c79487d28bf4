"""Stories on the desk's start page: one's own drafts, what comes next, what readers just got."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from dateline import clock
from dateline.stories import models

LINES = 8  # of each list; the list of stories has the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One story of a list. `what` says in words where it stands; `at` is aware UTC."""

    id: int
    headline: str
    language: str
    mastheads: str
    what: str
    at: datetime
    by: str = ""


def standing(story: models.Story) -> str:
    """A story's standing in one word, from its own row: no query for each line of the list."""
    if story.killed_at:
        return "killed"
    if story.withheld_at:
        return "withheld"
    if story.live:
        return "public, draft waiting" if story.has_unpublished_changes else "public"
    if story.withdrawn_at:
        return "expired" if story.expired else "withdrawn"
    return "scheduled" if story.go_live_at else "draft"


def placed_on(story: models.Story) -> str:
    """The mastheads a story is placed on."""
    return ", ".join(p.masthead.name for p in story.placements.all())


def my_drafts(user_id: int, *, limit: int = LINES) -> list[StoryLine]:
    """Stories whose newest draft this person wrote and readers do not have, newest first."""
    rows = _rows().filter(
        Q(live=False) | Q(has_unpublished_changes=True),
        killed_at=None,
        latest_revision__user_id=user_id,
        latest_revision__approved_go_live_at=None,
    )
    newest = rows.select_related("latest_revision").order_by("-latest_revision__created_at", "-pk")
    return [
        _line(story, what=standing(story), at=story.latest_revision.created_at)
        for story in newest[:limit]
    ]


def coming(*, at: datetime, limit: int = LINES) -> list[StoryLine]:
    """What is scheduled or under an embargo with an end after `at`, aware UTC, soonest first.

    `at` of a line is the moment nothing stands in the way any more: the later of its schedule, the
    desk's embargo and the agency's.
    """
    schedule = Revision.objects.filter(
        base_content_type__app_label="stories", approved_go_live_at__gt=at
    )
    scheduled = {
        int(story): due for story, due in schedule.values_list("object_id", "approved_go_live_at")
    }
    embargoed = Q(embargo_until__gt=at) | Q(agency_embargo_until__gt=at)
    rows = _rows().filter(embargoed | Q(pk__in=scheduled), killed_at=None)
    lines = [_coming(story, scheduled.get(story.pk), at=at) for story in rows]
    return sorted(lines, key=lambda line: (line.at, line.id))[:limit]


def _coming(story: models.Story, due: datetime | None, *, at: datetime) -> StoryLine:
    ends = [end for end in (story.embargo_until, story.agency_embargo_until) if end and end > at]
    words = [
        *(["scheduled"] if due else [] if story.live else ["draft"]),
        *(["under embargo"] if ends else []),
    ]
    return _line(story, what=", ".join(words), at=max(filter(None, (due, *ends))))


def just_published(*, at: datetime, limit: int = LINES) -> list[StoryLine]:
    """What readers got last, newest first, until `at`, aware UTC: published, updated, corrected."""
    current = models.StoryVersion.objects.filter(story=OuterRef("pk"), shown_until=None)
    rows = _rows().filter(
        Q(embargo_until=None) | Q(embargo_until__lte=at),
        Q(agency_embargo_until=None) | Q(agency_embargo_until__lte=at),
        live=True, withheld_at=None, updated_at__lte=at,
    )  # fmt: skip
    rows = rows.annotate(
        change=Subquery(current.values("change")), by=Subquery(current.values("by"))
    )
    return [
        _line(story, what=story.change or "published", at=story.updated_at, by=story.by or "")
        for story in rows.order_by("-updated_at", "-pk")[:limit]
    ]


def _rows() -> QuerySet[models.Story]:
    rows: QuerySet[models.Story] = models.Story.objects.defer("body")
    return rows.prefetch_related("placements__masthead")


def _line(story: models.Story, *, what: str, at: datetime, by: str = "") -> StoryLine:
    return StoryLine(
        id=story.pk, headline=story.headline, language=story.language,
        mastheads=placed_on(story), what=what, at=at, by=by,
    )  # fmt: skip


class StoriesPanel(Component):
    """A list of stories on the start page, with a sentence where there is none."""

    template_name = "stories/start_panel.html"
    name = title = empty = ""

    def lines(self, request: Any) -> Iterable[StoryLine]:
        """The stories this person finds in the list; each panel has its own."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            "panel": self,
            "lines": self.lines(request),
            "may_add": request.user.has_perm("stories.add_story"),
        }


class DraftsPanel(StoriesPanel):
    """What this person has begun."""

    order, name, title = 30, "drafts", "My drafts"
    empty = "You have no draft. Make a story from the wire, or write one."

    def lines(self, request: Any) -> Iterable[StoryLine]:
        """The own ones."""
        return my_drafts(request.user.pk)


class ComingPanel(StoriesPanel):
    """What becomes public by itself, or may not be public yet."""

    order, name, title = 40, "coming", "Scheduled or under embargo"
    empty = "Nothing is scheduled, and nothing waits for the end of an embargo."

    def lines(self, request: Any) -> Iterable[StoryLine]:
        """Everybody's."""
        del request
        return coming(at=clock.now())


class PublishedPanel(StoriesPanel):
    """What readers got last."""

    order, name, title = 50, "published", "Just published"
    empty = "Readers have nothing yet. What you publish stands here."

    def lines(self, request: Any) -> Iterable[StoryLine]:
        """Everybody's."""
        del request
        return just_published(at=clock.now())
