"""The screens for jobs in Wagtail's desk: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.jobs import desk_urls
from dateline.jobs.queries import people
from dateline.jobs.views.desk_access import by


class JobsMenuItem(MenuItem):
    """Shown to whoever keeps a job board."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return request.user.is_superuser or people.is_named(by(request))


@hooks.register("register_admin_urls")
def jobs_screens() -> list[Any]:
    """The screens for jobs, for people with access to the desk only."""
    return [path("jobs/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def jobs_menu_item() -> MenuItem:
    """After offers."""
    return JobsMenuItem(
        "Jobs", reverse("jobs_desk:index"), name="jobs", icon_name="group", order=135
    )
