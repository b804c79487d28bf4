"""The screen on which a person says what a notice in words means, and what it does not mean."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin.auth import require_admin_access

from dateline.stories import models, proposals
from dateline.stories.domain.errors import NeedsText, StoryRefused
from dateline.stories.proposals import Proposal
from dateline.stories.services import kill_proposals
from dateline.stories.services.wagtail_verbs import name_of


@method_decorator([never_cache, require_admin_access], name="dispatch")
class Decide(View):
    """Show what a notice may mean; kill or hold what is ticked, or say that it is not a kill."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever may kill may decide; nobody else."""
        if not request.user.has_perm("stories.kill_story"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, alarm_id: int) -> HttpResponse:
        """The notice, and everything it may mean."""
        found = _found(alarm_id)
        ticked = {_mark(c) for c in found.candidates if c.is_ticked}
        return _page(request, found, ticked=ticked, reason=found.reason)

    def post(self, request: HttpRequest, alarm_id: int) -> HttpResponse:
        """Do it. A refusal keeps ticks and words."""
        found = _found(alarm_id)
        ticked = set(request.POST.getlist("meant"))
        is_none = "none" in request.POST
        reason = request.POST.get("why_not" if is_none else "reason", "")[:2000].strip()
        by = name_of(request.user)
        try:
            if is_none:
                kill_proposals.dismiss(alarm_id, reason=reason, by=by)
                messages.success(request, "Noted: it is not a kill. The record keeps why.")
            else:
                self._confirm(found, ticked, reason=reason, by=by)
        except NeedsText as refusal:
            words = {"why_not": reason} if is_none else {"reason": reason}
            return _page(request, found, ticked=ticked, problem=refusal, is_none=is_none, **words)
        except StoryRefused as refusal:
            messages.error(request, str(refusal))
        except ExceptionGroup as failed:
            said = " ".join(str(error) for error in failed.exceptions)
            messages.error(request, f"Not everything could be taken down. {said} Try again.")
            return redirect("stories_desk:decide", alarm_id)
        return redirect("wagtailadmin_home")

    def _confirm(self, found: Proposal, ticked: set[str], *, reason: str, by: str) -> None:
        done = kill_proposals.confirm(
            found.row.alarm_id,
            story_ids=_ids(ticked, "story"),
            item_ids=_ids(ticked, "item"),
            reason=reason,
            by=by,
            user=self.request.user,
        )
        verb = "killed" if found.row.verb == models.KillProposal.Verb.KILL else "held"
        said = f"{len(done)} stor{'y is' if len(done) == 1 else 'ies are'} {verb}."
        messages.success(self.request, said if found.candidates else "Remembered.")


def _found(alarm_id: int) -> Proposal:
    try:
        return proposals.proposal(alarm_id)
    except models.KillProposal.DoesNotExist as error:
        raise Http404(f"Alarm {alarm_id} proposes nothing.") from error


def _mark(candidate: proposals.Candidate) -> str:
    return f"{'story' if candidate.is_story else 'item'}-{candidate.id}"


def _ids(ticked: set[str], kind: str) -> set[int]:
    parts = (mark.partition("-") for mark in ticked)
    return {int(n) for what, _, n in parts if what == kind and n.isascii() and n.isdigit()}


def _page(
    request: HttpRequest,
    found: Proposal,
    *,
    ticked: set[str],
    problem: NeedsText | None = None,
    is_none: bool = False,
    **words: str,
) -> HttpResponse:
    lines = [
        {"one": c, "mark": _mark(c), "is_ticked": _mark(c) in ticked} for c in found.candidates
    ]
    context = {
        "found": found,
        "item": found.item,
        "alarm": found.row.alarm,
        "lines": lines,
        "is_hold": found.row.verb == models.KillProposal.Verb.HOLD,
        "reason": words.get("reason", found.reason),
        "why_not": words.get("why_not", ""),
        "problem": problem,
        "is_none": is_none,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "The desk"},
            {"url": "", "label": "What is meant?"},
        ],
    }
    return render(request, "stories/decide.html", context, status=422 if problem else 200)
