"""The desk's form for a place; what it stores goes through the service."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from dateline.places import models
from dateline.places.domain.checks import problems_of_position
from dateline.places.services import keep_place

BY_THE_DESK = "the desk"


class PlaceForm(WagtailAdminModelForm):
    """One place."""

    class Meta:
        model = models.Place
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with the position, at its field."""
        told: dict[str, Any] = super().clean()
        for name, problem in problems_of_position(
            told.get("latitude"), told.get("longitude")
        ).items():
            if name not in self.errors:
                self.add_error(name, problem)
        return told

    def save(self, commit: bool = True) -> models.Place:
        """Store through the service, so that the pages that show it follow."""
        del commit
        place: models.Place = self.instance
        keep_place(place, by=self.for_user.get_full_name() if self.for_user else BY_THE_DESK)
        return place
