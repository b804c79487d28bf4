"""Addresses of the screens for trending on the desk, under /trending/."""

from django.urls import path

from dateline.trending.views import desk

app_name = "trending_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("on/<slug:slug>/", desk.board, name="board"),
    path("on/<slug:slug>/end/", desk.end, name="end"),
    path("on/<slug:slug>/undo/", desk.undo, name="undo"),
    path("on/<slug:slug>/<int:story_id>/", desk.story, name="story"),
]
