"""The desk's screen of a live blog: add an entry in seconds, change, pin or withdraw one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin.auth import require_admin_access

from dateline.stories import models
from dateline.stories.domain.errors import EntryChanged, StoryRefused
from dateline.stories.domain.live import EntryWords
from dateline.stories.forms import ReasonForm
from dateline.stories.live_forms import EntryForm
from dateline.stories.queries import live as queries
from dateline.stories.services import live
from dateline.stories.services.wagtail_verbs import name_of
from dateline.stories.views import edit_url

ON_SCREEN = 50  # entries
SCREEN = "stories_desk:live"
REFUSED = 422


def _blog(request: HttpRequest, story_id: int) -> models.Story:
    if not request.user.has_perm("stories.change_story"):
        raise PermissionDenied
    story = queries.blog(story_id)
    if story is None:
        raise Http404(f"There is no live blog {story_id}.")
    if story.live and not request.user.has_perm("stories.publish_story"):
        raise PermissionDenied  # readers get an entry at once
    return story


def _words(form: EntryForm) -> EntryWords:
    told = form.cleaned_data
    return EntryWords(told["headline"], told["text"], key_event=told["key_event"])


@method_decorator([never_cache, require_admin_access], name="dispatch")
class LiveView(View):
    """The entries of a live blog, and above them the form for the next."""

    def get(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Show an empty form, its headline ready to be typed."""
        return self._page(request, _blog(request, story_id), EntryForm(initial={"key": uuid4()}))

    def post(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Post the entry; a refusal is a sentence and what was typed stays in the form."""
        story, form = _blog(request, story_id), EntryForm(request.POST)
        if form.is_valid():
            try:
                live.post_entry(
                    story_id, _words(form), key=form.cleaned_data["key"], by=name_of(request.user)
                )
            except StoryRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(SCREEN, story_id)
        return self._page(request, story, form, status=REFUSED)

    def _page(
        self, request: HttpRequest, story: models.Story, form: EntryForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "story": story, "form": form, "entries": queries.on_desk(story.pk, limit=ON_SCREEN),
            "edit_url": edit_url(story.pk),
        }  # fmt: skip
        return render(request, "stories/live.html", context, status=status)


@method_decorator([never_cache, require_admin_access], name="dispatch")
class EntryView(View):
    """One entry: its words, and what readers are told about a mistake in them."""

    def get(self, request: HttpRequest, story_id: int, entry_id: int) -> HttpResponse:
        """Show it as it stands."""
        story = _blog(request, story_id)
        entry = _entry(story_id, entry_id)
        return self._page(request, story, entry, EntryForm(initial=_shown(entry)))

    def post(self, request: HttpRequest, story_id: int, entry_id: int) -> HttpResponse:
        """Change it, unless somebody else did so since."""
        story, form = _blog(request, story_id), EntryForm(request.POST)
        entry = _entry(story_id, entry_id)
        if form.is_valid():
            try:
                live.change_entry(
                    entry_id, _words(form), seen=form.cleaned_data["version"] or 0,
                    note=form.cleaned_data["note"], by=name_of(request.user),
                )  # fmt: skip
            except EntryChanged as refusal:
                form.see(entry.version)
                form.add_error(None, str(refusal))
                return self._page(request, story, entry, form, status=409, theirs=entry)
            except StoryRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(SCREEN, story_id)
        return self._page(request, story, entry, form, status=REFUSED)

    def _page(
        self, request: HttpRequest, story: models.Story, entry: models.LiveEntry, form: EntryForm,
        *, status: int = 200, theirs: models.LiveEntry | None = None,
    ) -> HttpResponse:  # fmt: skip
        context = {"story": story, "entry": entry, "form": form, "theirs": theirs}
        return render(request, "stories/live_entry.html", context, status=status)


def _entry(story_id: int, entry_id: int) -> models.LiveEntry:
    entry = queries.desk_entry(story_id, entry_id)
    if entry is None or entry.withdrawn_at:
        raise Http404(f"There is no entry {entry_id} here.")
    return entry


def _shown(entry: models.LiveEntry) -> dict[str, Any]:
    return {
        "key": entry.key, "version": entry.version, "headline": entry.headline,
        "text": entry.text, "key_event": entry.key_event,
    }  # fmt: skip


@require_POST
@require_admin_access
def withdraw(request: HttpRequest, story_id: int, entry_id: int) -> HttpResponse:
    """Take an entry away; a reason is told to readers."""
    _blog(request, story_id)
    _entry(story_id, entry_id)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _do(
        request, story_id, "The entry is withdrawn.",
        lambda by: live.withdraw_entry(entry_id, reason=reason, by=by),
    )  # fmt: skip


@require_POST
@require_admin_access
def pin(request: HttpRequest, story_id: int, entry_id: int) -> HttpResponse:
    """Put an entry above the others, or take it down again."""
    _blog(request, story_id)
    wanted = not _entry(story_id, entry_id).pinned
    return _do(
        request, story_id, "The entry is pinned." if wanted else "Nothing is pinned now.",
        lambda by: live.pin_entry(entry_id, pinned=wanted, by=by),
    )  # fmt: skip


@require_POST
@require_admin_access
def coverage(request: HttpRequest, story_id: int) -> HttpResponse:
    """Close a live blog, or open it again."""
    story = _blog(request, story_id)
    if story.coverage_ended_at:
        done, verb = "The live blog is open again.", live.reopen_coverage
    else:
        done, verb = "The live blog is closed.", live.close_coverage
    return _do(request, story_id, done, lambda by: verb(story_id, by=by))


def _do(request: HttpRequest, story_id: int, done: str, verb: Any) -> HttpResponse:
    try:
        verb(name_of(request.user))
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(SCREEN, story_id)
