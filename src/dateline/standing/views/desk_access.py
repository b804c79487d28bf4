"""Who comes in to the screens for standing pages, and how they are drawn."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from dateline import doors
from dateline.mastheads.domain.site import Site
from dateline.standing.domain.words import words_for
from dateline.standing.queries import people

UNFIT, READ_AND_WRITE, by = doors.UNFIT, doors.READ_AND_WRITE, doors.by
editors_only = doors.let_in(people.writes_any)


def words() -> dict[str, str]:
    """The words of the language in which this person uses the desk."""
    return words_for(get_language() or "en")


def own_site(request: HttpRequest, slug: str) -> Site:
    """The masthead of that name; 404 for one whose pages somebody else writes."""
    for site in people.sites_of(by(request)):
        if site.slug == slug:
            return site
    raise Http404(f"You write no pages of a masthead {slug}.")


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen."""
    w = words()
    return doors.draw(
        request, f"standing/desk/{screen}.html", title,
        below=(reverse("standing_desk:index"), w["desk"]), status=status, w=w, **context,
    )  # fmt: skip
