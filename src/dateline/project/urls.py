"""Addresses of the desk's host. The readers' are included last, to be reversed, never reached."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dateline.project import reader_urls

urlpatterns = [
    path("media/", include("dateline.media.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("preview/", include("dateline.web.preview_urls")),
    # Wagtail's own last pattern catches every path, so nothing below it answers on the desk; the
    # worker and previews build readers' addresses from it.
    path("", include(wagtailadmin_urls)),
    *reader_urls.urlpatterns,
]
