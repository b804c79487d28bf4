"""Wagtail's own record of a publish, written without asking whether its rows are there."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from dateline import clock
from dateline.prepared import Insert
from dateline.stories import models

_entries = Insert(ModelLogEntry)


def note_published(
    revision: Any, *, before: models.Story, after: models.Story, action: str, user: Any,
    changed: bool,
) -> None:  # fmt: skip
    """Write what Wagtail's publish writes into the history of a story, in one statement.

    `before` is the story as readers knew it, `after` as they know it now: where the headline
    differs it was renamed, too. Wagtail would check each entry with two queries; that the story and
    its revision are there is known in the transaction that has locked and made them.
    """
    title = {"title": {"old": str(before), "new": str(after)}} if str(before) != str(after) else {}
    context = get_active_log_context()
    user = user or context.user
    shared: dict[str, Any] = {
        "content_type": ContentType.objects.get_for_model(after, for_concrete_model=False),
        "object_id": f"{after.pk}", "label": str(after), "data": title, "timestamp": clock.now(),
        "uuid": context.uuid, "user_id": user and user.pk, "revision_id": revision.pk,
    }  # fmt: skip
    renamed = [ModelLogEntry(action="wagtail.rename", **shared)] if title else []
    published = ModelLogEntry(action=action, content_changed=changed, **shared)
    _entries.together([*renamed, published])
