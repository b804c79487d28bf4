"""Addresses of offers on a masthead's host."""

from django.urls import path

from dateline.promos.views import reading, reports

app_name = "offers"
urlpatterns = [
    path("offers.json", reading.offers, name="list"),
    path("ads.txt", reading.ads_txt, name="ads_txt"),
    path("p/seen", reading.seen, name="seen"),
    path("p/c/<str:name>", reading.click, name="click"),
    path("p/r/<str:name>", reports.report, name="report"),
    path("p/r/<str:name>/days.csv", reports.days_csv, name="report_csv"),
]
