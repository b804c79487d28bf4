"""Addresses of the desk's host. The readers' are included last, to be reversed, never reached."""

from django.http import Http404
from django.urls import include, path
from django.views.defaults import page_not_found
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dateline.accounts.views import doors
from dateline.project import reader_urls

urlpatterns = [
    path("media/", include("dateline.media.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("preview/", include("dateline.web.preview_urls")),
    # Nobody signs in on the desk's host: these stand before Wagtail's own.
    path("login/", doors.out),
    path("logout/", doors.away),
    path("account/", include("dateline.accounts.urls", namespace="desk_door")),
    path("password_reset/", page_not_found, {"exception": Http404()}),
    # Wagtail's own last pattern catches every path, so nothing below it answers on the desk; the
    # worker and previews build readers' addresses from it.
    path("", include(wagtailadmin_urls)),
    *reader_urls.urlpatterns,
]
