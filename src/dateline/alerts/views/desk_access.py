"""Who comes in to the screens of alerts, and how they are drawn."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from dateline import doors
from dateline.alerts import models
from dateline.alerts.queries import people
from dateline.mastheads.domain.site import Site

UNFIT, READ_AND_WRITE, by = doors.UNFIT, doors.READ_AND_WRITE, doors.by
alerters_only = doors.let_in(people.sends_any)


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
    return doors.draw(
        request, f"alerts/desk/{screen}.html", title,
        below=(reverse("alerts_desk:index"), "Alerts"), status=status, **context,
    )  # fmt: skip
