"""Addresses of the account host: the only place of the network where anybody signs in."""

from django.urls import include, path

from dateline.accounts.views import address
from dateline.project import unsearched

urlpatterns = [
    path("robots.txt", unsearched.robots),
    path("", include("dateline.accounts.host_urls")),
    path("preview/", include("dateline.web.preview_urls")),  # the look of the title one came from
    path("second-step/", include("allauth.mfa.urls")),
    path("email/", address.change, name="account_email"),  # before allauth's own
    path(
        "mailbox/", include("dateline.demo.reader_urls")
    ),  # a demo's; everywhere else there is none
    path("", include("allauth.account.urls")),
]

handler404 = "dateline.accounts.views.pages.not_found"
