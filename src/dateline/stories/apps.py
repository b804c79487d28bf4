"""Tells Django about stories, and hands Wagtail's publish to the services."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class StoriesConfig(AppConfig):
    name = "dateline.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models lie below services, yet Wagtail calls Story.publish() and Story.unpublish().
        story = self.get_model("Story")
        story.verbs = import_string("dateline.stories.services.wagtail_verbs.WagtailVerbs")
