"""Addresses of text-only twins: each is `/lite` and the address of the page itself."""

from django.urls import path, re_path

from dateline.web import (
    archive,
    finding,
    going,
    lists,
    lite_live,
    lite_talk,
    live_pages,
    series_pages,
    standing,
    views,
)
from dateline.web.twins import twin_of

_DATE = r"^lite/archive/(?P<year>[0-9]{4})/"
urlpatterns = [
    *(
        path(f"lite/{kind}/", twin_of(standing.page), {"kind": kind}, name=f"lite_{kind}")
        for kind in standing.KINDS
    ),
    path("lite/live/", twin_of(live_pages.index), name="lite_live_index"),
    path("lite/series/<slug:slug>/", twin_of(series_pages.one), name="lite_series"),
    path("lite/search", twin_of(finding.search), name="lite_search"),
    path("lite/places/", twin_of(going.places), name="lite_places"),
    path("lite/places/<slug:slug>/", twin_of(going.place), name="lite_place"),
    path("lite/topics/", twin_of(lists.topics), name="lite_topics"),
    path("lite/topics/<slug:slug>/", twin_of(lists.topic), name="lite_topic"),
    path("lite/people/<slug:slug>/", twin_of(lists.person), name="lite_person"),
    path("lite/agencies/<slug:slug>/", twin_of(lists.agency), name="lite_agency"),
    path("lite/corrections/", twin_of(lists.corrections), name="lite_corrections"),
    path("lite/most-read/", twin_of(lists.most_read), name="lite_most_read"),
    path("lite/archive/", twin_of(archive.years), name="lite_archive"),
    re_path(rf"{_DATE}$", twin_of(archive.year), name="lite_archive_year"),
    re_path(rf"{_DATE}(?P<month>[0-9]{{2}})/$", twin_of(archive.month), name="lite_archive_month"),
    re_path(
        rf"{_DATE}(?P<month>[0-9]{{2}})/(?P<day>[0-9]{{2}})/$",
        twin_of(archive.day),
        name="lite_archive_day",
    ),
    path("lite/<slug:section>/<slug:tail>/versions", twin_of(views.versions), name="lite_versions"),
    path("lite/<slug:section>/<slug:tail>/comments/", lite_talk.comments, name="lite_comments"),
    path(
        "lite/<slug:section>/<slug:tail>/live/<int:entry>", lite_live.entry, name="lite_live_entry"
    ),
]
