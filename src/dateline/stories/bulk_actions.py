"""Many at once, each through the service: publish, withdraw, delete topics."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from dateline.stories.domain.errors import StoryRefused
from dateline.stories.models import Story, Topic
from dateline.stories.services import publishing, subjects


class _StoryBulkAction(SnippetBulkAction):
    """One verb for many stories; what one refuses does not stop the others."""

    template_name = "stories/confirm_bulk.html"
    verb_done = ""

    @classproperty
    def models(cls) -> list[type[Story]]:  # noqa: N805 - Wagtail's classproperty
        return [Story]

    def check_perm(self, snippet: Story) -> bool:
        policy = self.permission_policy
        return bool(policy.user_has_permission_for_instance(self.request.user, "publish", snippet))

    def get_execution_context(self) -> dict[str, Any]:
        return {"request": self.request}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        del num_child_objects  # stories have none
        return f"{num_parent_objects} {self.verb_done}." if num_parent_objects else None


def _each(objects: Sequence[Story], request: Any, verb: Callable[[Story], None]) -> tuple[int, int]:
    done = 0
    for story in objects:
        try:
            verb(story)
        except StoryRefused as refusal:
            messages.error(request, f"“{story}”: {refusal}")
        else:
            done += 1
    return done, 0


class PublishMany(_StoryBulkAction):
    """Publish the latest draft of each story."""

    display_name = "Publish"
    action_type = "publish"
    aria_label = "Publish selected stories"
    action_priority = 10
    verb_done = "published"

    @classmethod
    def execute_action(cls, objects: Sequence[Story], *, request: Any, **_: Any) -> tuple[int, int]:
        by = request.user.get_full_name()
        return _each(objects, request, lambda s: publishing.publish_story(s.pk, by=by))


class WithdrawMany(_StoryBulkAction):
    """Withdraw each public story."""

    display_name = "Withdraw"
    action_type = "unpublish"
    aria_label = "Withdraw selected stories"
    action_priority = 20
    verb_done = "withdrawn"

    @classmethod
    def execute_action(cls, objects: Sequence[Story], *, request: Any, **_: Any) -> tuple[int, int]:
        by = request.user.get_full_name()
        return _each(objects, request, lambda s: publishing.withdraw_story(s.pk, reason="", by=by))


class DeleteTopics(DeleteBulkAction):
    """Delete each topic; the pages that show it follow."""

    models: ClassVar[list[type[Any]]] = [Topic]

    @classmethod
    def execute_action(cls, objects: Sequence[Topic], **given: Any) -> tuple[int, int]:
        by = given["self"].request.user.get_full_name()
        for topic in objects:
            subjects.delete_topic(topic.pk, by=by)
        return len(objects), 0
