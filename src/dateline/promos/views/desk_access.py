"""Who comes in to the screens for offers, and how they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from dateline.promos import models
from dateline.promos.queries import people

View = Callable[..., HttpResponseBase]
UNFIT = 422
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def managers_only(view: View) -> View:
    """Let in who books offers for any masthead; which ones, each query and service asks itself."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not people.manages_any(by(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def leaders_only(view: View) -> View:
    """Let in who books offers for the whole network."""

    @managers_only
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not people.manages(by(request), None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def by(request: HttpRequest) -> UUID:
    """Who asks. Wagtail has let in nobody without an account."""
    return UUID(str(request.user.pk))


def own_campaign(request: HttpRequest, campaign_id: int) -> models.Campaign:
    """A campaign that stands on a masthead of theirs; 404 for another's."""
    ids = [site.id for site in people.sites_of(by(request))]
    rows = models.Campaign.objects.filter(pk=campaign_id, mastheads__in=ids).distinct()
    row = rows.first()
    if row is None:
        raise Http404(f"You have no campaign {campaign_id}.")
    return row


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen."""
    first = {"url": reverse("offers_desk:index"), "label": "Offers"}
    here = [{"url": "", "label": title}] if title != first["label"] else []
    everything = {**context, "title": title, "breadcrumbs_items": [first, *here]}
    return render(request, f"promos/desk/{screen}.html", everything, status=status)
