"""The text-only twin of a thread: its comments to read, as many on a page as 10 kB hold.

Like the thread itself it is made when it is asked for. Nothing is written here: that is for the
thread with its forms.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.rows import CommentRow, ThreadPage
from dateline.discussion.queries import threads
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card, Gone, StoryPage
from dateline.stories.queries import reading as stories
from dateline.web import lite
from dateline.web.comments import for_one_reader
from dateline.web.cutting import cut
from dateline.web.domain.lite import twin
from dateline.web.domain.meta import Meta
from dateline.web.domain.text_pages import filled
from dateline.web.domain.words import words_for
from dateline.web.page_numbers import page_number
from dateline.web.rendering import site_of

ROOM = 5_000  # bytes of comments on a page
AROUND_ONE = 420  # bytes of what stands around the words of one
LINK = 320  # bytes of a link to more replies: a place in a thread is named at length
QUOTED = 160  # characters of what it quotes


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as text. `whole` is whether all of it stands here."""

    row: CommentRow
    html: str
    quote: str
    whole: bool

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        words = f"{self.html}{self.quote}{self.row.author}".encode()
        return AROUND_ONE + len(words) + (LINK if self.row.more else 0)


def found_at(
    request: HttpRequest, site: Site, section: str, tail: str, end: str
) -> StoryPage | HttpResponseBase:
    """The story whose page with `end` after its address is asked for, or the answer instead."""
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if found is None:
        return lite.not_found(request)
    if isinstance(found, Gone):
        return lite.gone(request, site, found)
    if found.card.path != f"/{section}/{tail}":
        return HttpResponsePermanentRedirect(twin(f"{found.card.path}{end}"))
    return found


@for_one_reader
@require_safe
def comments(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """One part of a story's thread: `?order=` and `?after=` as on the thread, `?part=` of that."""
    site = site_of(request)
    found = found_at(request, site, section, tail, "/comments/")
    if isinstance(found, HttpResponseBase):
        return found
    page = _thread(request, site, found.card)
    number = page_number(request.GET.get("part", "1"))
    if page is None or page.off or not number:
        return lite.not_found(request)
    said = [_said(row) for row in page.rows]
    parts = filled([one.weight for one in said], ROOM)
    if number > len(parts):
        return lite.not_found(request)
    w = words_for(site.language)
    path = f"{found.card.path}/comments/"
    meta = Meta(
        title=f"{w['comments']}: {found.card.headline} — {site.name}",
        canonical=f"{found.canonical_url}#comments", hidden=True,
    )  # fmt: skip
    return lite.drawn(
        request, site, "comments", meta, card=found.card, thread=page, path=path, full=path,
        said=[said[at] for at in parts[number - 1]], number=number,
        orders=[(order.value, w[f"order_{order}"]) for order in Order],
        earlier=_asking(request, page, number - 1) if number > 1 else "",
        later=_later(request, page, number, len(parts)),
    )  # fmt: skip


def _thread(request: HttpRequest, site: Site, card: Card) -> ThreadPage | None:
    """The page of the thread that is asked for; None where there is no such place in it."""
    asked, after = request.GET.get("order", ""), request.GET.get("after", "")
    order = Order(asked) if asked in set(Order) else Order.BEST
    try:
        return threads.thread_page(site, card.story_id, at=clock.now(), order=order, after=after)
    except CursorRefused:
        return None


def _said(row: CommentRow) -> Said:
    html, whole = cut(row.html)
    return Said(row, html, row.quote[:QUOTED], whole=whole and len(row.quote) <= QUOTED)


def _later(request: HttpRequest, page: ThreadPage, number: int, parts: int) -> str:
    """The query of what follows a part: the next of the same page, or the next page."""
    if number < parts:
        return _asking(request, page, number + 1)
    return f"?{urlencode({'after': page.after})}" if page.after else ""


def _asking(request: HttpRequest, page: ThreadPage, part: int) -> str:
    """The query of one part of the page that was asked for."""
    after = request.GET.get("after", "")
    asked = {"after": after} if after else {"order": page.order.value}
    return f"?{urlencode(asked | ({'part': str(part)} if part > 1 else {}))}"
