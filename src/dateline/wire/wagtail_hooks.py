"""Providers in Wagtail's desk, and what may be allowed to whom."""

from typing import Any

from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.wire import models
from dateline.wire.forms import PickupForm, ProviderForm


class ProviderViewSet(SnippetViewSet):
    """The agencies whose copy comes in."""

    model = models.Provider
    icon = "clipboard-list"
    menu_label = "Wire providers"
    menu_order = 50
    add_to_settings_menu = True
    list_display = ("name", "slug", "auto_masthead", "auto_section", "active")
    ordering = ("name", "id")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("slug"), FieldPanel("active")],
                heading="The provider",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("auto_masthead", heading="Masthead"),
                            FieldPanel("auto_section", heading="Section"),
                        ]
                    ),
                    FieldPanel("auto_update", heading="Take over new versions"),
                ],
                heading="Publish automatically",
                help_text="Usable text without a story is published on this masthead by itself. "
                "Held and killed items never are, and an embargo is kept.",
            ),
            MultiFieldPanel(
                [FieldPanel("time_zone"), FieldPanel("empty_embargo")],
                heading="How its files are read",
            ),
            MultiFieldPanel(
                [FieldPanel("credit_line"), FieldPanel("copyright_line")],
                heading="How it is named to readers",
            ),
        ],
        base_form_class=ProviderForm,
    )

    def get_queryset(self, request: Any) -> Any:
        """Providers with the place they publish to, in one query."""
        del request
        return models.Provider.objects.select_related("auto_masthead", "auto_section")


class PickupViewSet(SnippetViewSet):
    """The places from which their copy is fetched."""

    model = models.Pickup
    icon = "download"
    menu_label = "Wire pick-ups"
    menu_order = 51
    add_to_settings_menu = True
    list_display = ("address", "provider", "active", "visited_at", "came_at", "problem")
    ordering = ("provider__name", "id")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("provider"),
                    FieldPanel("kind"),
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("every_s"), FieldPanel("active")]),
                ],
                heading="The place",
            ),
            MultiFieldPanel(
                [FieldPanel("user"), FieldPanel("secret"), FieldPanel("forget_secret")],
                heading="Who we are there",
            ),
            MultiFieldPanel(
                [FieldPanel("host_key"), FieldPanel("endpoint"), FieldPanel("region"),
                 FieldPanel("remove")],
                heading="SFTP and S3",
            ),
            MultiFieldPanel(
                [FieldPanel("senders"), FieldPanel("checked_by")], heading="Mailbox"
            ),
            MultiFieldPanel(
                [FieldPanel("header"), FieldPanel("next"), FieldPanel("items")],
                heading="Answers that name the next one",
            ),
        ],
        base_form_class=PickupForm,
    )  # fmt: skip

    def get_queryset(self, request: Any) -> Any:
        """Places with their provider, in one query."""
        del request
        return models.Pickup.objects.select_related("provider")


register_snippet(ProviderViewSet)
register_snippet(PickupViewSet)


@hooks.register("register_permissions")
def wire_permissions() -> Any:
    """What a group may be given: to see the wire, to see and to retry what could not be read."""
    return Permission.objects.filter(
        content_type__app_label="wire",
        codename__in=["view_wireitem", "view_rawdelivery", "change_rawdelivery"],
    )
