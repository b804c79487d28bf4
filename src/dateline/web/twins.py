"""The text-only twin of a page: the same view through the same gate, drawn as text.

A view needs no twin of its own. `twin_of` marks the request, `rendering.draw` takes the template of
the same name below `web/lite/of/`, and `cut` and `lines` keep a list within 10 kB.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

from dateline.fronts.queries import is_emergency
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Page
from dateline.web.domain.lite import LITE
from dateline.web.page_numbers import page_number

T = TypeVar("T")
View = Callable[..., HttpResponseBase]
TWIN = "dateline.twin"  # in the environment of a request, where no client can put it
LINES = 24  # headlines of a list: they fit in 10 kB in any language
NAMES = 60  # topics, or places
DRAWN = frozenset({
    "lists/archive", "lists/corrections", "lists/list", "lists/most_read", "lists/topics", "live",
    "place", "places", "search", "series", "standing", "versions",
})  # fmt: skip
NOTICES = frozenset({"gone", "not_found"})  # drawn as text too; nothing leads to them


def twin_of(view: View) -> View:
    """The view that draws `view` as text; it is shared, or not, as `view` is."""

    @wraps(view)
    def as_text(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.META[TWIN] = LITE
        return view(request, *args, **kwargs)

    return as_text


def root_of(request: HttpRequest, site: Site) -> str | None:
    """What addresses begin with on a page that is text only; None where it is not.

    `/lite` on a twin. In an emergency every page is text at its own address, so nothing.
    """
    asked: str | None = request.META.get(TWIN)
    return asked or ("" if is_emergency(site) else None)


def lines(request: HttpRequest, site: Site, full: int, *, most: int = LINES) -> int:
    """How many lines a page of a list has: `full`, and as text at most `most`."""
    return full if root_of(request, site) is None else min(full, most)


def cut(request: HttpRequest, site: Site, items: Sequence[T], *, most: int = 0) -> Page[T]:
    """All of `items` on one page, or as text the page of `most` that `?page=` asks for.

    `most` is NAMES where nothing is said. A page that there is none of is empty and has number 0.
    """
    number = page_number(request.GET.get("page", "1"))
    size = lines(request, site, max(len(items), 1), most=most or NAMES)
    start = ((number or 1) - 1) * size
    if not number or (number > 1 and start >= len(items)):
        return Page([], 0, has_next=False)
    return Page(list(items[start : start + size]), number, has_next=len(items) > start + size)
