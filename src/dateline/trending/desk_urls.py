"""Addresses of the screens for trending on the desk, under /trending/."""

from django.urls import path

from dateline.trending.views import desk, headlines

app_name = "trending_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("headlines/", headlines.index, name="headlines"),
    path("headlines/<slug:slug>/<int:story_id>/", headlines.story, name="headlines_of"),
    path("headlines/<slug:slug>/<int:test_id>/choose/", headlines.choose, name="choose"),
    path("on/<slug:slug>/", desk.board, name="board"),
    path("on/<slug:slug>/end/", desk.end, name="end"),
    path("on/<slug:slug>/undo/", desk.undo, name="undo"),
    path("on/<slug:slug>/<int:story_id>/", desk.story, name="story"),
]
