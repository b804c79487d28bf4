"""The desk's form for a provider; what it stores goes through the service."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from dateline.mastheads import queries as mastheads
from dateline.wire import models
from dateline.wire.services import providers


class ProviderForm(WagtailAdminModelForm):
    """An agency: how its copy is read, and where it may be published by itself."""

    class Meta:
        model = models.Provider
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [("", "---------"), *mastheads.section_choices()]
        self.fields["auto_section"].widget.choices = sections

    def _post_clean(self) -> None:
        """Ask the service what is wrong, after Django has put the values into the instance."""
        super()._post_clean()
        for name, problem in providers.problems_of(self.instance).items():
            if name not in self.errors:
                self.add_error(name, problem)

    def save(self, commit: bool = True) -> models.Provider:
        """Store through the service."""
        del commit  # a provider is stored whole or not at all
        by = self.for_user.get_full_name() if self.for_user else "the desk"
        providers.save_provider(self.instance, by=by)
        provider: models.Provider = self.instance
        return provider
