"""A site's door to the account host, below /account/."""

from django.urls import path

from dateline.accounts.views import doors

app_name = "door"
urlpatterns = [
    path("enter/", doors.out, name="out"),
    path("back/", doors.back, name="back"),
    path("away/", doors.away, name="away"),
]
