"""Addresses of the screens for jobs on the desk, under /jobs/."""

from django.urls import path

from dateline.jobs.views import desk, feeds, series

app_name = "jobs_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.add, name="add"),
    path("<int:listing_id>/", desk.edit, name="edit"),
    path("<int:listing_id>/<slug:verb>/", desk.act, name="act"),
    path("series/new/", series.start, name="start"),
    path("series/<int:series_id>/", series.change, name="series"),
    path("series/<int:series_id>/write/", series.write, name="write"),
    path("import/", feeds.take, name="import"),
    path("imports/<int:import_id>/", feeds.report, name="report"),
    path("imports/<int:import_id>/file", feeds.file, name="file"),
    path("imports/<int:import_id>/refused", feeds.refused, name="refused"),
]
