"""Forms of the desk about people."""

from typing import Any

from wagtail.users.forms import UserEditForm

from dateline import clock
from dateline.accounts.services import people


class PersonForm(UserEditForm):
    """Wagtail's, except that an address which an administrator changes has to be confirmed."""

    def save(self, commit: bool = True) -> Any:
        """Store the person; a new address counts as nobody's until its owner signs in with it."""
        before = self.initial.get("email", "")
        person = super().save(commit)
        if commit and "email" in self.changed_data:
            people.address_was_changed(person, before=before, at=clock.now())
        return person
