"""Addresses of the screens for jobs on the desk, under /jobs/."""

from django.urls import path

from dateline.jobs.views import desk, feeds

app_name = "jobs_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.add, name="add"),
    path("<int:listing_id>/", desk.edit, name="edit"),
    path("<int:listing_id>/<slug:verb>/", desk.act, name="act"),
    path("import/", feeds.take, name="import"),
    path("imports/<int:import_id>/", feeds.report, name="report"),
    path("imports/<int:import_id>/file", feeds.file, name="file"),
    path("imports/<int:import_id>/refused", feeds.refused, name="refused"),
]
