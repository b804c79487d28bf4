"""Wagtail's ways to delete a place, asked through the service."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import transaction
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from dateline.places.models import Place
from dateline.places.services import delete_place


class DeletePlace(DeleteView):
    """Delete one place; the pages that show it follow."""

    @transaction.atomic
    def delete_action(self) -> None:
        """Delete it, and note it in Wagtail's history as Wagtail would."""
        log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)
        delete_place(self.object.pk, by=self.request.user.get_full_name())


class DeletePlaces(DeleteBulkAction):
    """Delete each place; the pages that show it follow."""

    models: ClassVar[list[type[Any]]] = [Place]

    @classmethod
    def execute_action(cls, objects: Sequence[Place], **given: Any) -> tuple[int, int]:
        """Delete them one by one."""
        by = given["self"].request.user.get_full_name()
        for place in objects:
            delete_place(place.pk, by=by)
        return len(objects), 0
