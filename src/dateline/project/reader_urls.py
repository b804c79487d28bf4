"""Addresses of a masthead's host: what readers see, and nothing of the desk."""

from django.urls import include, path

urlpatterns = [
    path("media/", include("dateline.media.urls")),
    path("account/", include("dateline.accounts.urls")),
    path("", include("dateline.promos.urls")),
    path("", include("dateline.newsletters.urls")),
    path("", include("dateline.web.urls")),
]

handler500 = "dateline.web.views.server_error"
