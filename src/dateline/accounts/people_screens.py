"""Wagtail's screens about people, with our form; `project.apps.DeskUsers` names them."""

from typing import Any

from wagtail.users.views.users import UserViewSet

from dateline.accounts.forms import PersonForm


class PeopleViewSet(UserViewSet):
    """Settings, Users."""

    def get_form_class(self, for_update: bool = False) -> Any:
        """Our form for somebody who is there already."""
        return PersonForm if for_update else super().get_form_class(for_update)
