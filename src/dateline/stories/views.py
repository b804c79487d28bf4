"""The desk's own story screens: withdraw, kill, reinstate, reports and alarms."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin.auth import require_admin_access
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    UnpublishView,
    WorkflowActionView,
)

from dateline.stories import models
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.form_problems import Problem, problems_of
from dateline.stories.forms import ReasonForm
from dateline.stories.services import alarms, from_wire, kills, publishing, subjects
from dateline.stories.services.wagtail_verbs import name_of

EDIT = "wagtailsnippets_stories_story:edit"
TEN_MINUTES_S = 600


def edit_url(story_id: int) -> str:
    """The desk's address for editing a story."""
    return reverse(EDIT, args=[story_id])


class SaysWhatIsWrong:
    """A story form that cannot be saved says why, on the page and to Wagtail's autosave."""

    problems: tuple[Problem, ...] = ()

    def form_invalid(self, form: Any) -> Any:
        """Name each part that is wrong; a lock or a newer version keeps Wagtail's own words."""
        if getattr(self, "produced_error_code", "") == "validation_error":
            self.problems = tuple(problems_of(form))
            said = ["The story is not saved.", *(problem.text for problem in self.problems)]
            aside = "The note in the form says what is missing."  # Wagtail's, beside the button
            autosaving = self.expects_json_response  # type: ignore[attr-defined]
            self.produced_error_message = aside if autosaving else " ".join(said)
        return super().form_invalid(form)  # type: ignore[misc]

    def json_error_response(self, error_code: str, error_message: str) -> JsonResponse:
        """What autosave gets: Wagtail's three keys, and `problems`, each with text and field."""
        answer = {
            "success": False,
            "error_code": error_code,
            "error_message": error_message,
            "problems": [asdict(problem) for problem in self.problems],
        }
        return JsonResponse(answer, status=400)


class StoryCreateView(SaysWhatIsWrong, CreateView):
    """Wagtail's form for a new story."""


class StoryEditView(SaysWhatIsWrong, EditView):
    """Wagtail's edit view; a refusal is a sentence on the page and nothing typed is lost."""

    def publish_action(self) -> Any:
        """Publish the revision just saved; a refusal leaves it as a draft."""
        return self._or_say_why(super().publish_action)

    def workflow_action_action(self) -> Any:
        """Approve or reject; a refusal leaves the workflow where it was."""
        return self._or_say_why(super().workflow_action_action)

    def _or_say_why(self, verb: Any) -> Any:
        try:
            return verb()
        except StoryRefused as refusal:
            messages.error(self.request, f"{refusal} Your text is kept as a draft.")
            return redirect(edit_url(self.object.pk))


class StoryWorkflowActionView(WorkflowActionView):
    """Approval from lists and panels; a refusal is a sentence."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Run the approval."""
        try:
            return super().post(request, *args, **kwargs)
        except StoryRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(edit_url(self.object.pk))


class StoryDeleteView(DeleteView):
    """Wagtail's delete, for stories nobody ever saw."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse a story that readers saw, in a sentence."""
        if self.object.versions.exists():
            messages.error(
                request,
                f"“{self.object}” was public, so it stays on the record. Withdraw or kill it.",
            )
            return redirect(edit_url(self.object.pk))
        return super().dispatch(request, *args, **kwargs)


class TopicDeleteView(DeleteView):
    """Wagtail's delete of a topic, asked through the service."""

    @transaction.atomic
    def delete_action(self) -> None:
        """Delete it, and note it in Wagtail's history as Wagtail would."""
        log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)
        subjects.delete_topic(self.object.pk, by=name_of(self.request.user))


class WithdrawView(UnpublishView):
    """Wagtail's unpublish, asked through the service, with a reason for the record."""

    template_name = "stories/withdraw.html"

    def unpublish(self) -> Any:
        """Withdraw the story; one that is not public stays as it is."""
        reason = self.request.POST.get("reason", "").strip()
        try:
            publishing.withdraw_story(self.object.pk, reason=reason, by=name_of(self.request.user))
        except StoryRefused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(edit_url(self.object.pk))
        return None


def _may_kill(request: HttpRequest) -> None:
    if not request.user.has_perm("stories.kill_story"):
        raise PermissionDenied


@method_decorator([never_cache, require_admin_access], name="dispatch")
class KillView(View):
    """Ask for the reason, then kill."""

    def get(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Show what the kill will do."""
        _may_kill(request)
        return self._page(request, story_id, ReasonForm(), status=200)

    def post(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Kill the story and go to the report."""
        _may_kill(request)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(request, story_id, form, status=422)
        try:
            report_id = kills.kill_story(
                story_id,
                reason=form.cleaned_data["reason"],
                by=name_of(request.user),
                user=request.user,
            )
        except StoryRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(edit_url(story_id))
        return redirect("stories_desk:kill_report", report_id)

    def _page(
        self, request: HttpRequest, story_id: int, form: ReasonForm, *, status: int
    ) -> HttpResponse:
        story = get_object_or_404(models.Story, pk=story_id)
        placements = story.placements.select_related("masthead", "section").order_by("masthead")
        context = {
            "story": story, "form": form, "placements": placements, "edit_url": edit_url(story_id),
        }  # fmt: skip
        return render(request, "stories/kill.html", context, status=status)


@never_cache
@require_admin_access
def kill_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """How long each surface took to let go of a killed story."""
    _may_kill(request)
    report = get_object_or_404(models.KillReport.objects.select_related("story"), pk=report_id)
    rows = list(report.surfaces.order_by("surface", "url"))
    seconds = [
        (row.clear_at - report.killed_at).total_seconds() if row.clear_at else None for row in rows
    ]
    surfaces = [
        {"row": r, "seconds": s, "long": _long(s)} for r, s in zip(rows, seconds, strict=True)
    ]
    slowest = max((s for s in seconds if s is not None), default=None)
    alarm = models.DeskAlarm.objects.filter(key=f"kill:{report.pk}").first()
    context = {
        "report": report, "surfaces": surfaces, "slowest": slowest, "alarm": alarm,
        "slowest_long": _long(slowest),
        "edit_url": edit_url(report.story_id),
    }  # fmt: skip
    return render(request, "stories/kill_report.html", context)


def _long(seconds: float | None) -> str:
    """A time no kill should take, in hours and minutes; empty below ten minutes."""
    if seconds is None or seconds < TEN_MINUTES_S:
        return ""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min"


@require_POST
@require_admin_access
def reinstate(request: HttpRequest, story_id: int) -> HttpResponse:
    """Lift a kill; the story is a draft again."""
    _may_kill(request)
    return _say_and_edit(
        request, story_id, kills.reinstate_story,
        "The kill is lifted. The story is a draft: publish it when it is right.",
    )  # fmt: skip


@require_POST
@require_admin_access
def lift_hold(request: HttpRequest, story_id: int) -> HttpResponse:
    """Lift a hold; what was public is public again."""
    _may_kill(request)
    return _say_and_edit(request, story_id, kills.lift_hold, "The hold is lifted.")


def _say_and_edit(request: HttpRequest, story_id: int, verb: Any, done: str) -> HttpResponse:
    get_object_or_404(models.Story, pk=story_id)
    try:
        verb(story_id, by=name_of(request.user))
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(edit_url(story_id))


@require_POST
@require_admin_access
def use_version(request: HttpRequest, story_id: int, item_id: int) -> HttpResponse:
    """Replace a story's text with the agency's newer version, because an editor chose it.

    Readers of a public story get it at once, so that needs the permission to publish.
    """
    if not request.user.has_perm("stories.change_story"):
        raise PermissionDenied
    story = get_object_or_404(models.Story, pk=story_id, killed_at=None)
    if story.live and not request.user.has_perm("stories.publish_story"):
        raise PermissionDenied
    try:
        from_wire.use_version(story_id, item_id, by=name_of(request.user))
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The agency's version is in. Earlier drafts are in the history.")
    return redirect(edit_url(story_id))


@require_POST
@require_admin_access
def acknowledge(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Take an alarm off the desk because a person has seen it."""
    if not request.user.has_perm("stories.change_story"):
        raise PermissionDenied
    alarm = get_object_or_404(models.DeskAlarm, pk=alarm_id)
    try:
        if alarms.acknowledge(alarm.pk, by=name_of(request.user)):
            messages.success(request, "Acknowledged.")
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
    target = request.POST.get("next", "")
    local = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return redirect(target if local else "wagtailadmin_home")
