"""Addresses of a masthead's pages. Names of our own come before sections."""

from django.urls import path

from dateline.web import feeds, live, views

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed.xml", feeds.front, name="feed"),
    path("look.css", views.look, name="look"),
    path("favicon.svg", views.favicon, name="favicon"),
    path("wordmark.svg", views.wordmark, name="wordmark"),
    path("robots.txt", views.robots, name="robots"),
    path("newsletters/", views.newsletters, name="newsletters"),
    path("account/", views.account, name="account"),
    path("me", live.me, name="me"),
    path("new.json", live.new, name="new"),
    path("<slug:section>", views.to_section, name="to_section"),
    path("<slug:section>/", views.section, name="section"),
    path("<slug:section>/feed.xml", feeds.section, name="section_feed"),
    path("<slug:section>/<slug:tail>", views.story, name="story"),
    path("<slug:section>/<slug:tail>/versions", views.versions, name="versions"),
    path("<slug:section>/<slug:tail>/now.json", live.now, name="now"),
    path("<path:anything>", views.not_found, name="not_found"),
]
