"""What a house asks of comments: its settings, its word lists, its moderators, its threads."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline import clock
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.status import Door, WordKind
from dateline.discussion.domain.text import typed
from dateline.discussion.forms import NETWORK, DoorForm, HouseForm, WordsForm
from dateline.discussion.queries import doors, keeping, moderating, people
from dateline.discussion.services import rooms
from dateline.discussion.views.desk_access import by, draw, moderators_only, trail
from dateline.mastheads.domain.site import Site

READ_AND_WRITE = ["GET", "HEAD", "POST"]
UNFIT = 422


def _own_site(request: HttpRequest, slug: str) -> tuple[Site, list[Site]]:
    """The masthead of that name, and all that this person moderates; 404 for another's."""
    sites = moderating.sites_of(by(request))
    site = next((site for site in sites if site.slug == slug), None)
    if site is None:
        raise Http404(f"You moderate no masthead {slug}.")
    return site, sites


@require_http_methods(READ_AND_WRITE)
@never_cache
@moderators_only
def houses(request: HttpRequest) -> HttpResponse:
    """Lead to the first house."""
    first = moderating.sites_of(by(request))
    return redirect("discussion_desk:house", first[0].slug) if first else redirect("/")


@require_http_methods(READ_AND_WRITE)
@never_cache
@moderators_only
def house(request: HttpRequest, slug: str) -> HttpResponse:
    """One masthead's settings. Only what was changed is saved."""
    site, sites = _own_site(request, slug)
    now = doors.house_on(site.id)
    form = HouseForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(now, name) for name in rooms.OF_THE_HOUSE},
    )
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if changes:
            rooms.save_house(site.id, changes=changes, by=by(request))
        messages.success(request, f"{len(changes)} changed. They hold from the next comment on.")
        return redirect("discussion_desk:house", slug)
    return draw(
        request, "house", status=_status(form),
        form=form, site=site, sites=sites,
        breadcrumbs_items=trail(("", f"House rules of {site.name}")),
    )  # fmt: skip


@require_http_methods(READ_AND_WRITE)
@never_cache
@moderators_only
def words(request: HttpRequest, where: str) -> HttpResponse:
    """One word list: paste lines to list or unlist, and look some up."""
    masthead_id, name = _list_of(request, where)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _listed(form, masthead_id, request))
        except DiscussionRefused as refusal:
            form.add_error("lines", str(refusal))
        else:
            return redirect("discussion_desk:words", where)
    asked = typed(request.GET.get("q", ""))[:200]
    return draw(
        request, "words", status=_status(form),
        form=form, name=name, where=where, asked=asked,
        found=keeping.word_lines(masthead_id, asked=asked),
        sites=moderating.sites_of(by(request)), leads=people.moderates(by(request), None),
        breadcrumbs_items=trail(("", f"Words of {name}")),
    )  # fmt: skip


def _list_of(request: HttpRequest, where: str) -> tuple[int | None, str]:
    if where == NETWORK:
        if not people.moderates(by(request), None):
            raise Http404("Only who moderates the whole network has its list.")
        return None, "the whole network"
    site, _ = _own_site(request, where)
    return site.id, site.name


def _listed(form: WordsForm, masthead_id: int | None, request: HttpRequest) -> str:
    lines, total = form.words(), len(set(form.words()))
    if request.POST.get("do") == "unlist":
        dropped = rooms.unlist_words(lines, masthead_id=masthead_id, by=by(request))
        return f"{dropped:,} taken off the list; {total - dropped:,} were not on it."
    kind = WordKind(form.cleaned_data["kind"])
    added = rooms.list_words(lines, masthead_id=masthead_id, kind=kind, by=by(request))
    return f"{added:,} new on the list; {total - added:,} were on it, and are {kind} now."


@require_http_methods(READ_AND_WRITE)
@never_cache
@moderators_only
def thread(request: HttpRequest, story_id: int) -> HttpResponse:
    """Open, hold or close the threads of one story, on the mastheads of this moderator."""
    found = keeping.thread_doors(story_id, by=by(request), at=clock.now())
    if not found:
        raise Http404(f"Story {story_id} is on no masthead that you moderate.")
    form = DoorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _say(request, _set_door(request, story_id, form))
        return redirect("discussion_desk:thread", story_id)
    return draw(
        request, "thread",
        doors=found,
        choices=[("", "as the house says"), *((d.value, d.value) for d in Door)],
        breadcrumbs_items=trail(("", f"Thread of story {story_id}")),
        story_id=story_id,
        story_edit=reverse("wagtailsnippets_stories_story:edit", args=[story_id]),
    )  # fmt: skip


def _set_door(request: HttpRequest, story_id: int, form: DoorForm) -> tuple[Any, str]:
    if not form.is_valid():
        return messages.error, "Choose open, held, closed, or as the house says."
    told = form.cleaned_data
    door = Door(told["door"]) if told["door"] else None
    try:
        rooms.set_door(story_id, told["masthead"], door=door, by=by(request), reason=told["reason"])
    except DiscussionRefused as refusal:
        return messages.error, str(refusal)
    return messages.success, f"The thread is {door}." if door else "The house decides again."


def _say(request: HttpRequest, told: tuple[Callable[..., Any], str]) -> None:
    say, words = told
    say(request, words)


def _status(form: Any) -> int:
    return UNFIT if form.errors else 200
