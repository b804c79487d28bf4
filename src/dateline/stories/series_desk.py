"""Series in Wagtail's desk."""

from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from dateline.stories import models
from dateline.stories.services.series import delete_series, keep_series
from dateline.stories.services.wagtail_verbs import name_of


class SeriesForm(WagtailAdminModelForm):
    """One series; what it stores goes through the service."""

    class Meta:
        model = models.Series
        fields = "__all__"

    def save(self, commit: bool = True) -> models.Series:
        """Store it, so that the pages that show it follow."""
        del commit
        series: models.Series = self.instance
        keep_series(series, by=name_of(self.for_user))
        return series


class SeriesDelete(DeleteView):
    """Delete a series; its stories stay, and the pages that named it follow."""

    @transaction.atomic
    def delete_action(self) -> None:
        """Delete it, and note it in Wagtail's history as Wagtail would."""
        log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)
        delete_series(self.object.pk, by=name_of(self.request.user))


class SeriesViewSet(SnippetViewSet):
    """Series: stories that follow each other under one name."""

    model = models.Series
    icon = "list-ol"
    menu_label = "Series"
    menu_order = 132
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("name", "masthead", "numbered")
    delete_view_class: Any = SeriesDelete
    edit_handler = ObjectList(
        [FieldPanel(n) for n in ("masthead", "name", "slug", "numbered", "about")],
        base_form_class=SeriesForm,
    )
