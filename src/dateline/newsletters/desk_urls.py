"""Addresses of the screens for lists on the desk, under /newsletters/lists/."""

from django.urls import path

from dateline.newsletters.views import desk, desk_imports

app_name = "newsletters_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.add, name="add"),
    path("<int:newsletter_id>/", desk.one, name="list"),
    path("<int:newsletter_id>/edit/", desk.edit, name="edit"),
    path("<int:newsletter_id>/end/", desk.end, name="end"),
    path("<int:newsletter_id>/export.csv", desk.export, name="export"),
    path("<int:newsletter_id>/import/", desk_imports.take, name="import"),
    path("imports/<int:import_id>/", desk_imports.report, name="report"),
    path("imports/<int:import_id>/left-out.csv", desk_imports.left_out, name="left_out"),
    path("imports/<int:import_id>/stop/", desk_imports.stop, name="stop"),
]
