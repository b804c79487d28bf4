"""The desk's screens on which a story is withheld, and told of a legal demand against it."""

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin.auth import require_admin_access

from dateline import clock
from dateline.stories import models
from dateline.stories.closing import demand_of, demand_on
from dateline.stories.domain.errors import RepeatsTheStory, StoryRefused
from dateline.stories.legal_forms import LAW, DemandForm, WithholdForm
from dateline.stories.services import kills, legal
from dateline.stories.services.wagtail_verbs import name_of
from dateline.stories.views import edit_url

UNFIT = 422


@method_decorator([never_cache, require_admin_access], name="dispatch")
class LegalScreen(View):
    """One form about one story; whoever may kill may use it."""

    template = ""

    def dispatch(self, request: HttpRequest, *args: Any, story_id: int) -> Any:
        """Nobody else may."""
        if not request.user.has_perm("stories.kill_story"):
            raise PermissionDenied
        self.story = get_object_or_404(models.Story, pk=story_id)
        return super().dispatch(request, *args, story_id=story_id)

    def get(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """The form, with what is known."""
        del story_id
        return self.page(request, self.form())

    def post(self, request: HttpRequest, story_id: int) -> HttpResponse:
        """Do it. A refusal keeps what was typed."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=UNFIT)
        try:
            messages.success(request, self.act(request, form))
        except RepeatsTheStory as refusal:
            form.add_error(None, str(refusal))
            return self.page(request, form, status=UNFIT)
        except StoryRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(edit_url(story_id))

    @abstractmethod
    def form(self, data: Any = None) -> Any:
        """The form of this screen."""

    @abstractmethod
    def act(self, request: HttpRequest, form: Any) -> str:
        """Do what a valid form says; return what is then said to the editor."""

    def asked(self) -> dict[str, Any]:
        """What a form must know: the languages of the story's titles, and which day it is."""
        titles = self.story.placements.values_list("masthead__language", flat=True)
        languages = list(dict.fromkeys(titles.order_by("masthead"))) or [self.story.language]
        return {"languages": languages, "today": timezone.localdate(clock.now())}

    def page(self, request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
        """Draw the form."""
        context = {"story": self.story, "form": form, "edit_url": edit_url(self.story.pk)}
        return render(request, self.template, context, status=status)


class WithholdView(LegalScreen):
    """Withhold a story, for doubts of ours or because the law demands it."""

    template = "stories/withhold.html"

    def form(self, data: Any = None) -> WithholdForm:
        """Filled with the last demand that was lifted, so that lifting by mistake is undone."""
        last = self.story.legal_demands.order_by("-pk").first()
        form = WithholdForm(data, demand=last and demand_of(last), **self.asked())
        if last or self.story.withheld_at:
            form.initial["cause"] = LAW
        return form

    def act(self, request: HttpRequest, form: WithholdForm) -> str:
        """Close the gate."""
        by, reason = name_of(request.user), form.cleaned_data["reason"]
        if form.is_law:
            legal.withhold_by_law(
                self.story.pk, form.demand(), reason=reason, by=by, user=request.user
            )
            return "The story is withheld. Its address answers 451 and says who demanded that."
        kills.withhold_story(self.story.pk, reason=reason, by=by)
        return "The story is withheld until somebody lifts the hold."


class DemandView(LegalScreen):
    """What readers are told of the demand in force."""

    template = "stories/demand.html"

    def form(self, data: Any = None) -> DemandForm:
        """Filled with what they are told now."""
        return DemandForm(data, demand=demand_on(self.story.pk), **self.asked())

    def act(self, request: HttpRequest, form: DemandForm) -> str:
        """Tell it in other words."""
        legal.tell_demand(self.story.pk, form.demand(), by=name_of(request.user), user=request.user)
        return "Readers are told so from now on."
