"""Mastheads and sections in Wagtail's desk."""

from typing import Any

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from dateline.mastheads import models
from dateline.mastheads.forms import MastheadForm, SectionForm
from dateline.mastheads.views import DeleteMany, NetworkDeleteView


class MastheadViewSet(SnippetViewSet):
    """The titles of the network."""

    model = models.Masthead
    icon = "site"
    menu_label = "Mastheads"
    list_display = ("name", "host", "language", "look")
    ordering = ("place", "id")
    copy_view_enabled = False
    delete_view_class = NetworkDeleteView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("slug"),
                    FieldPanel("tagline"),
                    FieldPanel("host"),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("time_zone")]),
                    FieldPanel("edition_of"),
                    FieldPanel("legal_line"),
                    FieldPanel("about"),
                    FieldPanel("place"),
                ],
                heading="The title",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("look"),
                    FieldPanel("wordmark_svg"),
                    FieldRowPanel([FieldPanel(n) for n in ("ink", "paper", "accent")]),
                    FieldRowPanel(
                        [FieldPanel(n) for n in ("ink_dark", "paper_dark", "accent_dark")]
                    ),
                ],
                heading="Its look",
            ),
        ],
        base_form_class=MastheadForm,
    )


class SectionViewSet(SnippetViewSet):
    """Sections of every masthead."""

    model = models.Section
    icon = "folder-open-inverse"
    menu_label = "Sections"
    list_display = ("name", "masthead", "parent", "slug", "place")
    list_filter = ("masthead",)
    ordering = ("masthead", "place", "id")
    copy_view_enabled = False
    delete_view_class = NetworkDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "masthead", "parent", "name", "slug", "standfirst", "place", "in_navigation",
            )
        ],
        base_form_class=SectionForm,
    )  # fmt: skip

    def get_queryset(self, request: Any) -> Any:
        """Sections with their masthead and parent, in one query."""
        del request
        return models.Section.objects.select_related("masthead", "parent")


class NetworkGroup(SnippetViewSetGroup):
    """The network's own settings, together in the menu."""

    menu_label = "Network"
    menu_icon = "globe"
    menu_order = 140
    items = (MastheadViewSet, SectionViewSet)


register_snippet(NetworkGroup)
# Wagtail knows one way to delete many of a model: the one that was registered last.
hooks.register("register_bulk_action", DeleteMany, order=1)
