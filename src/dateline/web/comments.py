"""Pages of a thread for one reader: all of it, one comment where it stands, a member's comments."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.utils import translation
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.accounts import queries as accounts
from dateline.accounts.services import sessions
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.rows import CommentRow, Mine, ThreadPage
from dateline.discussion.domain.status import ReportReason
from dateline.discussion.queries import people, threads
from dateline.discussion.queries.mine import mine_in
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card, Gone
from dateline.stories.queries import reading as stories
from dateline.web import pages, queries, talk
from dateline.web.domain.lite import twin
from dateline.web.domain.meta import Meta
from dateline.web.domain.words import words_for
from dateline.web.rendering import draw, frame, site_of

View = Callable[..., HttpResponseBase]
SAID = "said"  # in the query: what was just done
REFUSED, FORBIDDEN, NOT_FOUND = 422, 403, 404
MOST_DIGITS = 19  # of an id that a database has room for


@dataclass(frozen=True, slots=True)
class Talk:
    """A story that may be talked about on a masthead, and who reads."""

    site: Site
    card: Card
    canonical: str
    reader: Any  # accounts' User, or None

    @property
    def path(self) -> str:
        """Below which the pages of the thread are."""
        return f"{self.card.path}/comments/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody sent that was refused, to be given back with the sentence why."""

    problem: str
    text: str = ""
    quoted: str = ""
    key: str = ""
    verb: str = ""
    status: int = REFUSED


def for_one_reader(view: View) -> View:
    """Mark answers as made for one reader: nobody stores them."""

    @wraps(view)
    def alone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return alone


def reader_at(request: HttpRequest, site: Site) -> Any:
    """Who is signed in and known on this masthead, or None."""
    reader = sessions.reader_of(request)
    return reader if reader and accounts.is_member(reader, site.id) else None


def opened(
    request: HttpRequest, section: str, tail: str, rest: str = ""
) -> Talk | HttpResponseBase:
    """The story whose comments are asked for, or what to answer instead.

    Its id decides. A wrong slug is sent to the right address, but for a form: its text would be
    lost on the way.
    """
    site = site_of(request)
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if found is None:
        return pages.not_found(request)
    if isinstance(found, Gone):
        return pages.gone(request, site, found)
    if found.card.path != f"/{section}/{tail}" and request.method != "POST":
        return HttpResponsePermanentRedirect(f"{found.card.path}/comments/{rest}")
    return Talk(site, found.card, found.canonical_url, reader_at(request, site))


@for_one_reader
@require_safe
def thread(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """One page of a story's thread: `?order=` from its beginning, `?after=` from a place in it."""
    found = opened(request, section, tail)
    return draw_thread(request, found) if isinstance(found, Talk) else found


def draw_thread(request: HttpRequest, found: Talk, typed: Typed | None = None) -> HttpResponseBase:
    """A page of a thread; with what was typed, where it was refused."""
    page, problem = _page_asked(request, found)
    if page is None or page.off:
        return pages.not_found(request)
    typed = typed or Typed(problem=problem, status=NOT_FOUND if problem else 200)
    return _draw(request, found, "comments", page, typed)


def _page_asked(request: HttpRequest, found: Talk) -> tuple[ThreadPage | None, str]:
    at, story_id = clock.now(), found.card.story_id
    asked = request.GET.get("order", "")
    order = Order(asked) if asked in set(Order) else Order.BEST
    try:
        after = request.GET.get("after", "")
        return threads.thread_page(found.site, story_id, at=at, order=order, after=after), ""
    except CursorRefused:
        page = threads.thread_page(found.site, story_id, at=at, order=order)
        return page, words_for(found.site.language)["no_such_place"]


@for_one_reader
@require_safe
def comment(request: HttpRequest, section: str, tail: str, comment_id: int) -> HttpResponseBase:
    """One comment at its own address: what it answers, its replies, what may be done with it."""
    found = opened(request, section, tail, f"{comment_id}")
    return draw_comment(request, found, comment_id) if isinstance(found, Talk) else found


def draw_comment(
    request: HttpRequest, found: Talk, comment_id: int, typed: Typed | None = None
) -> HttpResponseBase:
    """A comment where it stands; the thread, where the comment is gone but something was typed."""
    page = threads.in_context(found.site, comment_id, at=clock.now())
    if page is None or page.story_id != found.card.story_id:
        return draw_thread(request, found, typed) if typed else pages.not_found(request)
    row = next(row for row in page.rows if row.id == comment_id)
    if row.tombstone and typed:
        return draw_thread(request, found, typed)
    quoted = threads.words_of(comment_id) if request.GET.get("quote") and not row.tombstone else ""
    typed = typed or Typed(problem="", quoted=quoted, status=200)
    return _draw(request, found, "comment", page, typed, row=row)


def _draw(
    request: HttpRequest,
    found: Talk,
    kind: str,
    page: ThreadPage,
    typed: Typed,
    *,
    row: CommentRow | None = None,
) -> HttpResponseBase:
    site, card, at = found.site, found.card, clock.now()
    w = words_for(site.language)
    mine = _mine(found)
    meta = Meta(
        title=f"{w['comments']}: {card.headline} — {site.name}", headline=card.headline,
        canonical=f"{found.canonical}#comments", hidden=True, lite=twin(found.path),
    )  # fmt: skip
    return draw(
        request, site, kind, meta=meta, at=at, network=queries.other_titles(site),
        status=typed.status, card=card, thread=page, row=row, mine=mine, reader=found.reader,
        section_slug=site.trail(card.section_id)[0].slug,
        said=said(request, w), problem=typed.problem, text=typed.text, quoted=typed.quoted,
        verb=typed.verb, key=typed.key or uuid4().hex,
        edited=mine.editable.get(row.id, "") if mine and row else "",
        reasons=[(reason.value, w[f"reason_{reason}"]) for reason in ReportReason],
        **{**talk.around(site, card), "back": _back(found, row)},
    )  # fmt: skip


def _back(found: Talk, row: CommentRow | None) -> str:
    return f"{found.path}{row.id}#reply" if row else f"{found.path}#write"


def _mine(found: Talk) -> Mine | None:
    if found.reader is None:
        return None
    return mine_in(found.card.story_id, found.site.id, found.reader.pk, at=clock.now())


def said(request: HttpRequest, w: dict[str, str]) -> str:
    """What was just done, in words; nothing where the address names no such thing."""
    return w.get(f"said_{request.GET.get(SAID, '')}", "")


@for_one_reader
@require_safe
def mine(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """What the thread is to its reader, as JSON: for a script that brings it into the shared page.

    With the form to write in, drawn; its token belongs to this reader.
    """
    found = opened(request, section, tail)
    if not isinstance(found, Talk):
        return JsonResponse({"gone": True}, status=max(found.status_code, NOT_FOUND))
    state = _mine(found)
    if state is None:
        return JsonResponse({"signed_in": False})
    w = words_for(found.site.language)
    context = {
        **frame(found.site), "card": found.card, "reader": found.reader, "mine": state,
        "key": uuid4().hex, "answered": None, "level": 3,
    }  # fmt: skip
    with translation.override(found.site.language):
        form = loader.render_to_string("web/parts/comment_form.html", context, request)
        yours = loader.render_to_string("web/parts/yours.html", context, request)
    return JsonResponse(
        {
            "signed_in": True, "token": get_token(request), "form": form, "yours": yours,
            "votes": state.votes, "own": sorted(state.own), "editable": sorted(state.editable),
            "muted": sorted(map(str, state.muted)), "follows": state.follows,
            "words": {
                "edit": w["edit"], "delete": w["delete"],
                "muted": f"{w['muted_comment']} {w['show_it']}",
            },
        }
    )  # fmt: skip


@for_one_reader
@require_safe
def member(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A member's comments on this masthead, newest first; `?before=` walks back."""
    site, at = site_of(request), clock.now()
    shown = threads.member_page(site, key, at=at, before=_before(request))
    reader = reader_at(request, site)
    known = people.known([key]).get(key)
    if known is None or not (shown or (reader and reader.pk == key)):
        return pages.not_found(request)  # nobody is named where they said nothing
    w = words_for(site.language)
    name = w["unnamed_member"] if known.name == people.UNNAMED else known.name
    title = w["member_title"].replace("{}", name)
    return draw(
        request, site, "member", at=at, network=queries.other_titles(site),
        meta=Meta(title=f"{title} — {site.name}", headline=title, hidden=True),
        name=name, key=key, shown=shown, said=said(request, w),
        before=shown[-1].comment.id if len(shown) == threads.MEMBER_ROWS else None,
        muted=key in people.muted_by(reader.pk) if reader and reader.pk != key else None,
    )  # fmt: skip


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else None
