"""Addresses of picture files, below /media/ on every host. Include it before the desk's."""

from django.urls import path

from dateline.media import views

urlpatterns = [
    path(
        "pictures/<int:picture_id>/<slug:token>/<str:name>",
        views.reader_copy,
        name="media_reader_copy",
    ),
    path("images/<str:name>", views.desk_copy, name="media_desk_copy"),
    path("originals/<path:name>", views.original, name="media_original"),
]
