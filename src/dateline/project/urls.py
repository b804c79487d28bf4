"""Addresses of the desk's host. The readers' are named here to be built, never to be reached."""

from django.http import Http404
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.views.defaults import page_not_found
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dateline.accounts.views import doors
from dateline.project import reader_urls, unsearched


class OnlyBuilt(RoutePattern):
    """The front of addresses that are built on this host and answered on another: fits no path."""

    def match(self, path: str) -> None:
        """Say that `path` is none of these."""


urlpatterns = [
    path("robots.txt", unsearched.robots),
    path("media/", include("dateline.media.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("preview/", include("dateline.web.preview_urls")),
    # Nobody signs in on the desk's host: these stand before Wagtail's own.
    path("login/", doors.out),
    path("logout/", doors.away),
    path("account/", include("dateline.accounts.urls", namespace="desk_door")),
    path("password_reset/", page_not_found, {"exception": Http404()}),
    path("", include(wagtailadmin_urls)),
    # Wagtail's own last pattern takes what ends in a slash and nothing else; what does not is sent
    # there. Readers' views need a masthead, and here is none: the worker and previews build
    # readers' addresses from these.
    URLResolver(OnlyBuilt(""), reader_urls.urlpatterns),
]
