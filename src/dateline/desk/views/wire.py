"""The wire on the desk: the live list, one item, and the story made from it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dateline import clock
from dateline.desk.forms import WireFilterForm
from dateline.desk.queries import wire as queries
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.services import from_wire
from dateline.wire.queries import health, lists, places
from dateline.wire.queries.lists import Cursor
from dateline.wire.services.intake import strange_folders

STORY_EDIT = "wagtailsnippets_stories_story:edit"
AT_ONCE = 100  # new lines of one answer; when more came in, the page says to load it again
ON_SCREEN = 500  # lines whose state a page may ask about
see_wire = permission_required("wire.view_wireitem", raise_exception=True)
make_stories = permission_required("stories.add_story", raise_exception=True)


@require_GET
@never_cache
@see_wire
def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first. Complete without JavaScript; a script brings what comes in later."""
    form = WireFilterForm(request.GET)
    filters = form.filters()
    at = clock.now()
    page = queries.wire_page(
        filters,
        at=at,
        before=Cursor.read(request.GET.get("before", "")),
        after=Cursor.read(request.GET.get("after", "")),
    )
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    on_top, found = page.newer is None, health.of_providers(at=at)
    return render(
        request,
        "desk/wire.html",
        {
            "form": form,
            "page": page,
            "asked": urlencode(asked),
            "live": on_top,
            "top": page.rows[0].item.cursor if page.rows else Cursor(at, 0),
            "problems": strange_folders({one.slug: one.active for one in found}),
            "troubles": places.troubled() if any(one.in_trouble for one in found) else [],
            "health": found,
            "may_make": request.user.has_perm("stories.add_story"),
            "breadcrumbs_items": [{"url": "", "label": "Wire"}],
        },
    )


@require_GET
@never_cache
@see_wire
def fresh(request: HttpRequest) -> HttpResponse:
    """What came in after the newest line of a page, and which of its lines are killed by now.

    `after` is that line's cursor, `shown` the ids on the page, with commas. Answers JSON: `count`,
    `html` (lines, newest first), `newest` (the next `after`), `more`, `killed` (ids).
    """
    after = Cursor.read(request.GET.get("after", ""))
    if after is None:
        return JsonResponse({"error": "`after` is no cursor. Load the page again."}, status=400)
    page = queries.wire_page(
        WireFilterForm(request.GET).filters(), at=clock.now(), after=after, size=AT_ONCE
    )
    may_make = request.user.has_perm("stories.add_story")
    html = "".join(
        render_to_string("desk/_wire_line.html", {"line": line, "may_make": may_make}, request)
        for line in page.rows
    )
    shown = [int(n) for n in request.GET.get("shown", "").split(",")[:ON_SCREEN] if _is_id(n)]
    return JsonResponse(
        {
            "count": len(page.rows),
            "html": html,
            "newest": str(page.rows[0].item.cursor if page.rows else after),
            "more": page.newer is not None,
            "killed": sorted(lists.killed_among(shown)) if shown else [],
        }
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(2**63))


@require_GET
@never_cache
@see_wire
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item with every version, its rights and its pictures."""
    try:
        page = queries.item_page(item_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404(f"There is no wire item {item_id}.") from error
    title = page.item.headline or page.item.slugline or page.item.raw.file_name
    return render(
        request,
        "desk/wire_item.html",
        {
            "page": page,
            "item": page.item,
            "title": title,
            "may_make": request.user.has_perm("stories.add_story"),
            "breadcrumbs_items": [
                {"url": reverse("wire_desk:index"), "label": "Wire"},
                {"url": "", "label": f"{page.item.provider.name} item {item_id}"},
            ],
        },
    )


@require_POST
@see_wire
@make_stories
def make_story(request: HttpRequest, item_id: int) -> HttpResponse:
    """Start a story from an item and open it; where the family has one, open that."""
    by = request.user.get_full_name()  # type: ignore[union-attr]
    try:
        made = from_wire.story_of(item_id, by=by, user=request.user)
    except ObjectDoesNotExist as error:
        raise Http404(f"There is no wire item {item_id}.") from error
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("wire_desk:item", item_id)
    if made.is_new:
        messages.success(request, "The story is a draft. Place it, then publish it.")
    else:
        messages.info(request, "This item already has a story. Here it is.")
    return redirect(STORY_EDIT, made.story_id)
