"""Who may do what to a story on the desk."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class StoryPolicy(ModelPermissionPolicy):
    """Wagtail's permissions, but what readers saw stays on the record: nobody deletes it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """A story once public cannot be deleted; withdraw or kill it."""
        if action == "delete" and instance.pk and instance.versions.exists():
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))
