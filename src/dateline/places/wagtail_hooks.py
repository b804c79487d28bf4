"""Places in Wagtail's desk."""

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.places import models
from dateline.places.forms import PlaceForm
from dateline.places.views import DeletePlace, DeletePlaces


class PlaceViewSet(SnippetViewSet):
    """Places that titles describe."""

    model = models.Place
    icon = "globe"
    menu_label = "Places"
    menu_order = 136
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("name", "region", "masthead")
    delete_view_class = DeletePlace
    edit_handler = ObjectList(
        [
            FieldPanel("masthead"),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("region"),
            FieldPanel("text"),
            FieldPanel("picture"),
            FieldPanel("access"),
            FieldPanel("season"),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("topic"),
        ],
        base_form_class=PlaceForm,
    )


register_snippet(PlaceViewSet)
hooks.register("register_bulk_action", DeletePlaces, order=1)
