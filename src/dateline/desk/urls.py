"""Addresses of the desk's wire screens, under /wire/."""

from django.urls import path

from dateline.desk.views import quarantine, trying, wire

app_name = "wire_desk"
urlpatterns = [
    path("", wire.index, name="index"),
    path("new/", wire.fresh, name="fresh"),
    path("<int:item_id>/", wire.item, name="item"),
    path("<int:item_id>/story/", wire.make_story, name="make_story"),
    path("raw/<int:raw_id>/", quarantine.raw, name="raw"),
    path("try/", trying.index, name="try"),
    path("quarantine/", quarantine.index, name="quarantine"),
    path("quarantine/<int:raw_id>/retry/", quarantine.retry, name="retry"),
]
