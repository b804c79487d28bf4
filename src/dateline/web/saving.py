"""Stories a reader saved in their account: the list, and what is posted to it. Never shared."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.ids import story_path_id
from dateline.saving import queries as saved
from dateline.saving import services
from dateline.saving.domain.saved import AT_ONCE, Kept
from dateline.web import pages, queries
from dateline.web.domain.meta import Meta
from dateline.web.domain.saved_words import saved_words_for
from dateline.web.letters import FORBIDDEN, UNFIT, from_here, private
from dateline.web.rendering import draw, site_of

Verb = Callable[[HttpRequest, UUID, dict[str, str]], HttpResponseBase]
PATH = "/account/saved/"
ENTER = f"/account/enter/?next={PATH}"
UNKNOWN = 401
LONGEST_NUMBER = 18  # digits of an id
LONGEST_UNDO = 400


@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """The list of whoever is signed in; others are sent to the account host and back."""
    reader = sessions.reader_of(request)
    if reader is None:
        return private(redirect(ENTER))
    before = request.GET.get("before")
    if before is not None and not _numbers([before]):
        return private(pages.not_found(request))
    return _page(request, reader.pk, before=int(before) if before else None)


@require_safe
def state(request: HttpRequest) -> HttpResponseBase:
    """Whether the reader who is signed in saved `?story=`; for the script of a story's page."""
    reader, asked = sessions.reader_of(request), _numbers([request.GET.get("story", "")])
    is_saved = bool(reader and asked and saved.is_saved(reader.pk, asked[0]))
    return private(JsonResponse({"signed_in": reader is not None, "saved": is_saved}))


def posted(verb: Verb) -> Callable[[HttpRequest], HttpResponseBase]:
    """What a reader who is signed in sends, from a page that may be cached and holds no token."""

    @csrf_exempt  # where it came from is asked here
    @require_POST
    @wraps(verb)
    def checked(request: HttpRequest) -> HttpResponseBase:
        w = saved_words_for(site_of(request).language)
        if not from_here(request):
            return _answer(request, w["elsewhere"], status=FORBIDDEN)
        reader = sessions.reader_of(request)
        if reader is None:
            return _answer(request, w["signed_out"], status=UNKNOWN)
        return verb(request, reader.pk, w)

    return checked


@posted
def keep(request: HttpRequest, reader_id: UUID, w: dict[str, str]) -> HttpResponseBase:
    """Save every `story` that was sent, by id, or the one at `address`: a form's or a script's."""
    wanted = _numbers(request.POST.getlist("story")[:AT_ONCE]) or _at(request)
    if not wanted:
        return _answer(request, w["no_address"], status=UNFIT)
    kept = services.save(reader_id, site_of(request).id, wanted, at=clock.now())
    if not kept.left_out and not _by_script(request):
        return private(redirect(f"{PATH}?kept={kept.new}"))
    return _answer(request, _told(kept, w), status=UNFIT if kept.left_out else 200)


@posted
def remove(request: HttpRequest, reader_id: UUID, w: dict[str, str]) -> HttpResponseBase:
    """Forget that `story` was saved; the page then offers to undo it."""
    wanted = _numbers([request.POST.get("story", "")])
    undo = services.remove(reader_id, wanted[0]) if wanted else ""
    if _by_script(request):
        return private(JsonResponse({"text": w["removed"]}))
    return private(redirect(f"{PATH}?removed={undo}"))


@posted
def put_back(request: HttpRequest, reader_id: UUID, _: dict[str, str]) -> HttpResponseBase:
    """Undo a removal."""
    undo = request.POST.get("undo", "")
    is_back = len(undo) <= LONGEST_UNDO and services.put_back(reader_id, undo)
    return private(redirect(f"{PATH}?{'back' if is_back else 'not_back'}"))


def _numbers(texts: list[str]) -> list[int]:
    """The ids among these, as we write them."""
    return [
        int(text)
        for text in texts
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    ]


def _at(request: HttpRequest) -> list[int]:
    """The story whose address was typed; its title decides later whether it has one."""
    path = request.POST.get("address", "").strip().partition("#")[0].partition("?")[0]
    named = story_path_id(path.rstrip("/").rpartition("/")[2])
    return [named[1]] if named else []


def _told(kept: Kept, w: dict[str, str]) -> str:
    if kept.left_out:
        return w["full"].format(kept.left_out)
    if not kept.new:
        return w["nothing_new"]
    return w["kept"] if kept.new == 1 else w["kept_many"].format(kept.new)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _answer(request: HttpRequest, text: str, *, status: int) -> HttpResponseBase:
    """What a script or a form is told: as JSON, or above the list."""
    if _by_script(request):
        return private(JsonResponse({"text": text}, status=status))
    reader = sessions.reader_of(request)
    if reader is None:
        return private(redirect(ENTER))
    return _page(request, reader.pk, problem=text, status=status)


def _page(
    request: HttpRequest, reader_id: UUID, *, before: int | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    site, at = site_of(request), clock.now()
    w = saved_words_for(site.language)
    rows, older = saved.saved_by(reader_id, at=at, before=before)
    return private(
        draw(
            request, site, "own_saved", at=at, network=queries.other_titles(site), status=status,
            meta=Meta(title=f"{w['title']} — {site.name}", headline=w["title"], hidden=True),
            v=w, rows=rows, older=older, problem=problem, said=_said(request, w),
            undo=request.GET.get("removed", "")[:LONGEST_UNDO],
        )
    )  # fmt: skip


def _said(request: HttpRequest, w: dict[str, str]) -> str:
    """What was done just now, as the address says that our own answer led to."""
    if "kept" in request.GET:
        (number,) = _numbers([request.GET["kept"]]) or [0]
        return _told(Kept(number, 0, 0), w)
    done = next((name for name in ("removed", "back", "not_back") if name in request.GET), "")
    return w[done] if done else ""
