"""Who comes in to a room of the desk, and how its screens are drawn: for the views of all rooms."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]
UNFIT = 422  # a form that was refused
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def by(request: HttpRequest) -> UUID:
    """Who asks. Wagtail has let in nobody without an account."""
    return UUID(str(request.user.pk))


def let_in(works_here: Callable[[UUID], bool]) -> Callable[[View], View]:
    """Make a decorator that lets in who does a room's work for any masthead; nothing is kept.

    For which masthead, each of the room's queries and services asks itself.
    """

    def only(view: View) -> View:
        @never_cache
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not works_here(by(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return only


def draw(
    request: HttpRequest, template: str, title: str, *, below: tuple[str, str],
    status: int = 200, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Answer with a screen; `below` is (address, label) of the room's first."""
    url, label = below
    here = [{"url": "", "label": title}] if title != label else []
    trail = [{"url": url, "label": label}, *here]
    everything = {**context, "title": title, "breadcrumbs_items": trail}
    return render(request, template, everything, status=status)
