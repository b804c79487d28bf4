"""Whose letters somebody sees, and how the screens for letters are drawn."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from dateline import doors
from dateline.newsletters import models
from dateline.newsletters.domain.edition_desk_words import words_for
from dateline.newsletters.queries import edition_desk
from dateline.newsletters.views.desk_access import by

BUILDER = "build"  # the first of a letter's screens


def language() -> str:
    """The language in which this person uses the desk."""
    return get_language() or "en"


def words() -> Mapping[str, str]:
    """The words of that language."""
    return words_for(language())


def own_edition(request: HttpRequest, edition_id: int) -> models.Edition:
    """A letter of a list of theirs; 404 for another's."""
    row = edition_desk.edition_of(by(request), edition_id)
    if row is None:
        raise Http404(f"You make no letter {edition_id}.")
    return row


def own_list(request: HttpRequest, slug: str) -> models.Newsletter:
    """A list of theirs; 404 for another's."""
    own = {row.slug: row for row in edition_desk.lists_of(by(request))}
    if slug not in own:
        raise Http404(f"You make no letters of {slug}.")
    return own[slug]


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen; one of several of a letter says in its title which."""
    w, tab = words(), context.get("tab", BUILDER)
    title = title if tab == BUILDER else f"{w[tab]}: {title}"
    return doors.draw(
        request, f"newsletters/desk/{screen}.html", title,
        below=(reverse("letters_desk:index"), w["letters"]), status=status, **context, w=w,
    )  # fmt: skip
