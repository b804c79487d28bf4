"""Wagtail's ways to delete, asked through the services: one row, or many at once."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from dateline.mastheads import models, services

DELETE: dict[type[Any], Callable[..., None]] = {
    models.Masthead: services.delete_masthead,
    models.Section: services.delete_section,
}


class NetworkDeleteView(DeleteView):
    """Wagtail's delete of a masthead or section."""

    @transaction.atomic
    def delete_action(self) -> None:
        """Delete it, and note it in Wagtail's history as Wagtail would."""
        user = self.request.user
        log(instance=self.object, action="wagtail.delete", user=user, deleted=True)
        DELETE[type(self.object)](self.object.pk, by=user.get_full_name())


class DeleteMany(DeleteBulkAction):
    """Wagtail's delete of several mastheads or sections; one that must stay keeps all."""

    models: ClassVar[list[type[Any]]] = [*DELETE]

    @classmethod
    def execute_action(cls, objects: Sequence[Any], **given: Any) -> tuple[int, int]:
        by = given["self"].request.user.get_full_name()
        for row in objects:
            DELETE[type(row)](row.pk, by=by)
        return len(objects), 0
