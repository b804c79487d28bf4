"""Who comes in to the screens for trending, and how they are drawn."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from dateline.mastheads.domain.site import Site
from dateline.trending.domain.desk_words import words_for
from dateline.trending.domain.steering import RuleRefused
from dateline.trending.queries import people

View = Callable[..., HttpResponseBase]
UNFIT = 422


def curators_only(view: View) -> View:
    """Let in who steers any block; which ones, each query and service asks itself."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not people.steers_any(by(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def by(request: HttpRequest) -> UUID:
    """Who asks. Wagtail has let in nobody without an account."""
    return UUID(str(request.user.pk))


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
    w = words()
    first = {"url": reverse("trending_desk:index"), "label": w["trending"]}
    here = [{"url": "", "label": title}] if title != first["label"] else []
    everything = {
        **context, "title": title, "breadcrumbs_items": [first, *here], "w": w,
        "own_sites": people.sites_of(by(request)), "leads": people.steers(by(request), None),
    }  # fmt: skip
    return render(request, f"trending/desk/{screen}.html", everything, status=status)
