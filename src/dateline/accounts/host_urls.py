"""The account host's own pages."""

from django.urls import path

from dateline.accounts.views import address, data, notices, pages, providers

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
    path("with/facebook/deletion/", notices.facebook_deletion, name="facebook_deletion"),
    path("with/facebook/deauthorize/", notices.facebook_deauthorize, name="facebook_deauthorize"),
    path("with/apple/notices/", notices.apple, name="apple_notices"),
    path("with/<slug:key>/", providers.start, name="with"),
    path("with/<slug:key>/back/", providers.back, name="back"),
    path("from-provider/", providers.from_provider, name="from_provider"),
    path("email/old/", address.old_address, name="old_address"),
    path("connections/", providers.connected, name="connections"),
    path("connections/end/", providers.disconnect, name="disconnect"),
    path("alerts/", pages.alerts, name="alerts"),
]
