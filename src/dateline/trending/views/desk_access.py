"""Who comes in to the screens for trending, and how they are drawn."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from dateline import doors
from dateline.mastheads.domain.site import Site
from dateline.trending.domain.desk_words import words_for
from dateline.trending.domain.steering import RuleRefused
from dateline.trending.queries import people

UNFIT, by = doors.UNFIT, doors.by
curators_only = doors.let_in(people.steers_any)


def words() -> Mapping[str, str]:
    """The words of the language in which this person uses the desk."""
    return words_for(get_language() or "en")


def said(refusal: RuleRefused) -> str:
    """A refusal as a sentence for the person who asked."""
    return words()[refusal.key].format(**refusal.told)


def own_site(request: HttpRequest, slug: str) -> Site:
    """The masthead of that name; 404 for one whose block somebody else steers."""
    for site in people.sites_of(by(request)):
        if site.slug == slug:
            return site
    raise Http404(f"You steer no masthead {slug}.")


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen."""
    w, who = words(), by(request)
    return doors.draw(
        request, f"trending/desk/{screen}.html", title,
        below=(reverse("trending_desk:index"), w["trending"]), status=status,
        **context, w=w, own_sites=people.sites_of(who), leads=people.steers(who, None),
    )  # fmt: skip
