"""Addresses of the account host: the only place of the network where anybody signs in."""

from django.urls import include, path

urlpatterns = [
    path("", include("dateline.accounts.host_urls")),
    path("preview/", include("dateline.web.preview_urls")),  # the look of the title one came from
    path("second-step/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]

handler404 = "dateline.accounts.views.pages.not_found"
