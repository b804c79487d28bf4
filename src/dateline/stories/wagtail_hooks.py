"""Stories, people and topics in Wagtail's desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.mastheads import queries as mastheads
from dateline.stories import models, views
from dateline.stories import urls as desk_urls
from dateline.stories.bulk_actions import DeleteTopics, PublishMany, WithdrawMany
from dateline.stories.closing import demand_on
from dateline.stories.forms import SectionSelect, StoryForm
from dateline.stories.queries import reading
from dateline.stories.series_desk import SeriesViewSet
from dateline.stories.start_page import (
    ComingPanel,
    DraftsPanel,
    PublishedPanel,
    placed_on,
    standing,
)
from dateline.stories.subject_forms import PersonForm, TopicForm
from dateline.stories.widgets import OneParagraph

TEXT = [
    FieldPanel(
        "headline",
        classname="title",  # which hides the label
        widget=OneParagraph(label="Headline", advice=(90, "Give lists a short headline.")),
    ),
    FieldPanel("standfirst", widget=OneParagraph(label="")),
    FieldRowPanel([FieldPanel("dateline"), FieldPanel("byline")]),
    FieldPanel("lead_picture"),
    FieldPanel("lead_caption"),
    FieldPanel("body"),
    MultiFieldPanel(
        [FieldPanel("change_kind"), FieldPanel("change_note")],
        heading="What readers are told, once the story is public",
    ),
]
PLACES = [
    InlinePanel(
        "placements",
        heading="Placements",
        label="Placement",
        panels=[
            FieldRowPanel(
                [
                    FieldPanel("masthead", widget=forms.Select),
                    FieldPanel("section", widget=SectionSelect),
                ]
            ),
            FieldPanel("slug"),
            FieldRowPanel(
                [
                    FieldPanel("pinned_rank"),
                    FieldPanel("canonical"),
                    FieldPanel("comments_open"),
                ]
            ),
        ],
    ),
    FieldPanel("short_headline"),
    FieldPanel("kind"),
    FieldRowPanel([FieldPanel("series"), FieldPanel("series_number")]),
    FieldPanel("language"),
    MultiFieldPanel(
        [
            FieldPanel("translated_from"),
            FieldRowPanel([FieldPanel("translated_how"), FieldPanel("translator")]),
        ],
        heading="Translation",
    ),
    FieldPanel("urgency"),
    FieldPanel("sensitive"),
    InlinePanel("bylines", heading="Bylines", label="Byline", panels=[FieldPanel("person")]),
    FieldPanel("topics"),
]
RIGHTS = [
    FieldPanel("copyright_line"),
    FieldPanel("usage_terms"),
    FieldPanel("embargo_until"),
    FieldPanel("rights_until"),
    FieldPanel("licensed_mastheads"),
    FieldPanel("licensed_uses"),
    FieldPanel("advisory"),
    MultiFieldPanel(
        [
            FieldPanel("agency_embargo_until", read_only=True),
            FieldPanel("agency_rights_until", read_only=True),
            FieldPanel("agency_usage_terms", read_only=True),
        ],
        heading="What the agency allows. The stricter of both holds.",
    ),
]


def last_published(story: models.Story) -> str:
    """When readers last got it, in this person's time zone."""
    if not story.last_published_at:
        return ""
    return date_format(localtime(story.last_published_at), "j M Y, H:i T")


def public_addresses(story: models.Story) -> list[tuple[str, str]]:
    """Where readers find it, or will: each masthead's name and the address on it."""
    placements = story.placements.select_related("masthead", "section").order_by("masthead")
    return [
        (p.masthead.name, mastheads.origin_of(p.masthead.host) + reading.path_of(p))
        for p in placements
    ]


def live_button(story: models.Story) -> list[Button]:
    """The way to the entries of a live blog; nothing for a story of another kind."""
    if story.kind != models.Story.Kind.LIVE:
        return []
    to = reverse("stories_desk:live", args=[story.pk])
    return [Button("Live entries", url=to, icon_name="list-ul", priority=20)]


class StoryEdit(views.StoryEditView):
    """The edit view with the newsroom's verbs in its menu."""

    @property
    def header_more_buttons(self) -> list[Button]:
        story, user = self.object, self.request.user
        if not user.has_perm("stories.kill_story"):
            return [*super().header_more_buttons, *live_button(story)]
        report = story.kill_reports.order_by("-killed_at").first()
        more = [
            (
                not story.killed_at and not story.withheld_at,
                "Withhold…", "stories_desk:withhold", story.pk, "no-view",
            ),
            (not story.killed_at, "Kill…", "stories_desk:kill", story.pk, "warning"),
            (report, "Kill report", "stories_desk:kill_report", report and report.pk, "list-ul"),
        ]  # fmt: skip
        return [
            *super().header_more_buttons,
            *live_button(story),
            *(
                Button(label, url=reverse(name, args=[pk]), icon_name=icon, priority=90)
                for wanted, label, name, pk, icon in more
                if wanted
            ),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["open_alarms"] = self.object.alarms.filter(acknowledged_at=None)
        context["standing"] = standing(self.object)
        context["demand"] = demand_on(self.object.pk) if self.object.withheld_at else None
        context["addresses"] = public_addresses(self.object)
        return context


class StoryViewSet(SnippetViewSet):
    """Stories: the centre of the desk."""

    model = models.Story
    icon = "doc-full"
    menu_label = "Stories"
    menu_order = 110
    add_to_admin_menu = True
    add_view_class = views.StoryCreateView
    edit_view_class = StoryEdit
    delete_view_class = views.StoryDeleteView
    unpublish_view_class = views.WithdrawView
    workflow_action_view_class = views.StoryWorkflowActionView
    edit_template_name = "stories/edit.html"
    list_display = (
        "headline",
        Column("status", label="Status", accessor=standing),
        Column("placed", label="Mastheads", accessor=placed_on),
        Column("kind", label="Kind", accessor="get_kind_display"),
        Column(
            "last_published_at", label="Last published", accessor=last_published,
            sort_key="last_published_at", classname="desk-moment",
        ),
    )  # fmt: skip
    list_filter = {"live": ["exact"], "kind": ["exact"], "provider": ["exact"]}
    list_per_page = 50
    ordering = ("-id",)

    def get_queryset(self, request: Any) -> Any:
        """Every story with its placements, in three queries however long the page is."""
        del request  # who may see which desk comes with the newsroom's permissions
        return models.Story.objects.defer("body").prefetch_related("placements__masthead")

    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(TEXT, heading="Story"),
            ObjectList(PLACES, heading="Placement"),
            ObjectList(RIGHTS, heading="Rights"),
        ],
        base_form_class=StoryForm,
    )


class PersonViewSet(SnippetViewSet):
    """People named over stories."""

    model = models.Person
    icon = "user"
    menu_label = "People"
    menu_order = 130
    add_to_admin_menu = True
    list_display = ("name", "role")
    edit_handler = ObjectList(
        [FieldPanel(n) for n in ("name", "slug", "role", "about", "portrait")],
        base_form_class=PersonForm,
    )


class TopicViewSet(SnippetViewSet):
    """What stories are about."""

    model = models.Topic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 131
    add_to_admin_menu = True
    delete_view_class = views.TopicDeleteView
    list_display = ("name", "qcode")
    edit_handler = ObjectList(
        [FieldPanel(n) for n in ("name", "slug", "qcode")], base_form_class=TopicForm
    )


register_snippet(StoryViewSet)
register_snippet(PersonViewSet)
register_snippet(TopicViewSet)
register_snippet(SeriesViewSet)
hooks.register("register_bulk_action", PublishMany)
hooks.register("register_bulk_action", WithdrawMany)
# Wagtail knows one way to delete many of a model: the one that was registered last.
hooks.register("register_bulk_action", DeleteTopics, order=1)


@hooks.register("register_admin_urls")
def story_screens() -> list[Any]:
    """The desk's own story screens."""
    return [path("stories/", include(desk_urls))]


class StorySearch(SearchArea):
    """Offered to whoever may open a story."""

    def is_shown(self, request: Any) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm("stories.change_story"))


class AlarmPanel(Component):
    """What somebody must see: stays until acknowledged."""

    order = 10
    template_name = "stories/alarms_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        alarms = models.DeskAlarm.objects.filter(acknowledged_at=None).select_related("story")
        proposed = Q(kind=models.DeskAlarm.Kind.KILL_PROPOSED)
        # Nothing else may push a kill that waits for a person out of sight.
        first = list(alarms.filter(proposed).order_by("-raised_at"))
        rest = alarms.exclude(proposed).order_by("-raised_at")[:20]
        return {
            "alarms": [*first, *rest],
            "may_kill": parent_context["request"].user.has_perm("stories.kill_story"),
            "csrf_token": parent_context["csrf_token"],
        }


@hooks.register("construct_homepage_panels")
def stories_on_the_start_page(request: Any, panels: list[Component]) -> None:
    """The alarms above everything else, then one's drafts, what comes and what is out."""
    if request.user.has_perm("stories.change_story"):
        panels += [AlarmPanel(), DraftsPanel(), ComingPanel(), PublishedPanel()]


@hooks.register("register_admin_search_area")
def story_search() -> SearchArea:
    """What the menu's search box looks through first."""
    return StorySearch(
        "Stories", reverse("wagtailsnippets_stories_story:list"), name="stories",
        icon_name="doc-full", order=1,
    )  # fmt: skip


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    """The few rules our own screens need, in Wagtail's tokens."""
    return format_html('<link rel="stylesheet" href="{}">', static("stories/desk.css"))


@hooks.register("register_log_actions")
def kill_actions(actions: Any) -> None:
    """Name the newsroom's own verbs in a story's history."""
    actions.register_action("dateline.kill", "Kill", "Killed")
    actions.register_action("dateline.withhold_by_law", "Withhold by law", "Withheld by law")
    actions.register_action(
        "dateline.tell_demand", "Tell of the demand", "What readers are told of the demand changed"
    )
    actions.register_action("dateline.reinstate", "Reinstate", "Reinstated as a draft")


@hooks.register("register_permissions")
def kill_permission() -> Iterable[Any]:
    """Offer the permission to kill in the group form."""
    return Permission.objects.filter(content_type__app_label="stories", codename__in=["kill_story"])
