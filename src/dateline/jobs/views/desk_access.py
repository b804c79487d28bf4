"""Who comes in to the screens for jobs, and how they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from dateline.jobs import models
from dateline.jobs.queries import people

View = Callable[..., HttpResponseBase]
UNFIT = 422
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def keepers_only(view: View) -> View:
    """Let in who keeps any board; which ones, each query and service asks itself."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not people.keeps_any(by(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def by(request: HttpRequest) -> UUID:
    """Who asks. Wagtail has let in nobody without an account."""
    return UUID(str(request.user.pk))


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
    first = {"url": reverse("jobs_desk:index"), "label": "Jobs"}
    here = [{"url": "", "label": title}] if title != first["label"] else []
    everything = {**context, "title": title, "breadcrumbs_items": [first, *here]}
    return render(request, f"jobs/desk/{screen}.html", everything, status=status)
