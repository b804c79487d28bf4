"""Who comes in to the screens for offers, and how they are drawn."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from dateline import doors
from dateline.promos import models
from dateline.promos.queries import people

UNFIT, READ_AND_WRITE, by = doors.UNFIT, doors.READ_AND_WRITE, doors.by
managers_only = doors.let_in(people.manages_any)


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
    return doors.draw(
        request, f"promos/desk/{screen}.html", title,
        below=(reverse("offers_desk:index"), "Offers"), status=status, **context,
    )  # fmt: skip
