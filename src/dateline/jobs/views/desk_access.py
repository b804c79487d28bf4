"""Who comes in to the screens for jobs, and how they are drawn."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from dateline import doors
from dateline.jobs import models
from dateline.jobs.queries import people

UNFIT, READ_AND_WRITE, by = doors.UNFIT, doors.READ_AND_WRITE, doors.by
keepers_only = doors.let_in(people.keeps_any)


def own_ids(request: HttpRequest) -> list[int]:
    """The mastheads whose board they keep."""
    return [site.id for site in people.boards_of(by(request))]


def own_listing(request: HttpRequest, listing_id: int) -> models.Listing:
    """A job on a board of theirs; 404 for another's."""
    rows = models.Listing.objects.filter(pk=listing_id, masthead_id__in=own_ids(request))
    row = rows.select_related("masthead", "feed").first()
    if row is None:
        raise Http404(f"You have no job {listing_id}.")
    return row


def own_import(request: HttpRequest, import_id: int) -> models.FeedImport:
    """A file that was taken in for a board of theirs; 404 for another's."""
    rows = models.FeedImport.objects.filter(pk=import_id, feed__masthead_id__in=own_ids(request))
    row = rows.select_related("feed__masthead", "by").first()
    if row is None:
        raise Http404(f"You have no import {import_id}.")
    return row


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen."""
    return doors.draw(
        request, f"jobs/desk/{screen}.html", title,
        below=(reverse("jobs_desk:index"), "Jobs"), status=status, **context,
    )  # fmt: skip
