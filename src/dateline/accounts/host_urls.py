"""The account host's own pages."""

from django.urls import path

from dateline.accounts.views import data, pages

app_name = "accounts"
urlpatterns = [
    path("", pages.home, name="home"),
    path("enter/", pages.enter, name="enter"),
    path("join/", pages.join, name="join"),
    path("name/", pages.name, name="name"),
    path("log-ins/", pages.logins, name="logins"),
    path("log-ins/end/", pages.end_login, name="end_login"),
    path("titles/<int:masthead_id>/leave/", pages.leave, name="leave"),
    path("your-data/", data.overview, name="data"),
    path("your-data/copy/", data.ask_copy, name="ask_copy"),
    path("your-data/delete/", data.delete, name="delete"),
    path("your-data/<uuid:key>/", data.status, name="data_status"),
    path("your-data/<uuid:key>/copy.json", data.download, name="data_copy"),
    path("alerts/", pages.alerts, name="alerts"),
]
