"""Addresses of the screens of alerts on the desk, under /alerts/."""

from django.urls import path

from dateline.alerts.views import desk

app_name = "alerts_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("<int:alert_id>/confirm/", desk.confirm, name="confirm"),
    path("<int:alert_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<slug:slug>/<int:story_id>/", desk.write, name="write"),
]
