"""The moderators' screens in Wagtail's desk: addresses, the menu with its count, the start page."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.discussion import urls
from dateline.discussion.queries import moderating, notices, queues
from dateline.discussion.views.desk_access import by


class CommentsMenuItem(MenuItem):
    """Shown to whoever moderates anything, with how much waits for them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person moderates a masthead."""
        return moderating.moderates_any(by(request))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The item for this person: one for all would show somebody else's count."""
        who = by(request)
        waits = sum(queues.waiting(by=who).values())
        waits += queues.open_appeals(by=who) + notices.open_notices(by=who)
        label = f"{self.label} ({waits})" if waits else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def moderators_screens() -> list[Any]:
    """The moderators' screens, for people with access to the desk only."""
    return [path("comments/", include(urls))]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    """After stories and people."""
    return CommentsMenuItem(
        "Comments", reverse("discussion_desk:index"), name="comments", icon_name="comment",
        order=120,
    )  # fmt: skip


class CommentsPanel(Component):
    """What waits for this moderator, on the start page."""

    order = 30
    template_name = "discussion/desk/start_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        who = by(parent_context["request"])
        return {
            "waiting": queues.waiting(by=who),
            "appeals": queues.open_appeals(by=who),
            "notices": notices.open_notices(by=who),
        }


@hooks.register("construct_homepage_panels")
def comments_on_the_start_page(request: HttpRequest, panels: list[Component]) -> None:
    """Tell a moderator what waits."""
    if moderating.moderates_any(by(request)):
        panels.append(CommentsPanel())


class ThreadMenuItem(ActionMenuItem):
    """From a story's screen to its threads, for moderators."""

    name = "action-thread"
    label = "Comments…"
    icon_name = "comment"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Where a story is edited, not made, by somebody who moderates."""
        return bool(context.get("instance")) and moderating.moderates_any(by(context["request"]))

    def get_url(self, parent_context: dict[str, Any]) -> str | None:
        """The threads of this story."""
        return reverse("discussion_desk:thread", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def thread_of_a_story(model: Any) -> ActionMenuItem | None:
    """Offer the threads on a story's screen only."""
    return ThreadMenuItem(order=200) if model.__name__ == "Story" else None
