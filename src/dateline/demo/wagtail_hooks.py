"""The mailbox in Wagtail's desk, in a demo only."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.demo import queries, urls


class MailboxItem(MenuItem):
    """Shown where there is a mailbox."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only in a demo."""
        del request
        return queries.is_demo()


@hooks.register("register_admin_urls")
def mailbox_screens() -> list[Any]:
    """The mailbox's addresses; Wagtail asks for a staff log-in before each."""
    return [path("mailbox/", include(urls))]


@hooks.register("register_admin_menu_item")
def mailbox_item() -> MenuItem:
    """One line in the desk's menu."""
    return MailboxItem("Mailbox", reverse_lazy("demo:mailbox"), icon_name="mail", order=900)
