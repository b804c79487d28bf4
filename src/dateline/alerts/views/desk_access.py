"""Who comes in to the screens of alerts, and how they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from dateline.alerts import models
from dateline.alerts.queries import people
from dateline.mastheads.domain.site import Site

View = Callable[..., HttpResponseBase]
UNFIT = 422
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def alerters_only(view: View) -> View:
    """Let in who sends alerts for any masthead; for which, each screen and service asks itself."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not people.sends_any(by(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def by(request: HttpRequest) -> UUID:
    """Who asks. Wagtail has let in nobody without an account."""
    return UUID(str(request.user.pk))


def own_site(request: HttpRequest, slug: str) -> Site:
    """A masthead that they send alerts for; 404 for another."""
    for site in people.sites_of(by(request)):
        if site.slug == slug:
            return site
    raise Http404("You send no alerts of this masthead.")


def own_alert(request: HttpRequest, alert_id: int) -> models.Alert:
    """An alert of a masthead of theirs; 404 for another's."""
    ids = [site.id for site in people.sites_of(by(request))]
    row = models.Alert.objects.filter(pk=alert_id, masthead__in=ids).first()
    if row is None:
        raise Http404("You have no such alert.")
    return row


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen."""
    first = {"url": reverse("alerts_desk:index"), "label": "Alerts"}
    here = [{"url": "", "label": title}] if title != first["label"] else []
    everything = {**context, "title": title, "breadcrumbs_items": [first, *here]}
    return render(request, f"alerts/desk/{screen}.html", everything, status=status)
