"""Addresses of the desk's picture screens, under pictures/."""

from django.urls import path

from dateline.media import desk_views

app_name = "media_desk"
urlpatterns = [
    path("<int:picture_id>/kill/", desk_views.kill, name="kill"),
    path("<int:picture_id>/reinstate/", desk_views.reinstate, name="reinstate"),
]
