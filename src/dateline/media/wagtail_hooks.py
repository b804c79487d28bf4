"""Pictures in Wagtail's desk."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from dateline import clock
from dateline.media.models import Picture


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern | URLResolver]:
    """Put kill and reinstate under the desk's own access rules."""
    return [path("pictures/", include("dateline.media.desk_urls"))]


@hooks.register("construct_image_chooser_queryset")
def offer_only_usable(pictures: QuerySet[Picture], _request: HttpRequest) -> QuerySet[Picture]:
    """Offer no picture that is killed or whose right has ended; held ones may be prepared."""
    current = Q(usable_until=None) | Q(usable_until__gt=clock.now())
    return pictures.filter(current, killed_at=None)
