"""Tells Django about stories, and hands Wagtail's publish to the services."""

from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import import_string


class StoriesConfig(AppConfig):
    name = "dateline.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models lie below services, yet Wagtail calls Story.publish() and Story.unpublish(), and
        # its API takes the actions from a registry. All of them are given the service's.
        story: Any = self.get_model("Story")
        # Imported here because models, and so these modules, exist only now.
        verbs = import_string("dateline.stories.services.wagtail_verbs.WagtailVerbs")
        story.verbs = verbs
        registry = import_string("wagtail.actions.action_registry")
        registry.register(story, verbs.publish_action)
        registry.register(story, verbs.unpublish_action)
        policy = import_string("dateline.stories.permissions.StoryPolicy")
        import_string("wagtail.permissions.register_permission_policy")(story, policy(story))
