"""Addresses of letters' links on a masthead's host."""

from django.urls import path

from dateline.newsletters.views import links

app_name = "letter_links"
urlpatterns = [
    path("l/<str:name>/<str:copy>", links.follow, name="follow"),
]
