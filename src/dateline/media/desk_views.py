"""The desk's own picture screens: kill and reinstate, each with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.permissions import policy_registry

from dateline.media import queries, services
from dateline.media.forms import ReasonForm
from dateline.media.models import Picture


def kill(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Ask why, then withdraw the picture from every page."""
    picture = _changeable(request, picture_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.kill_picture(picture_id, reason=form.cleaned_data["reason"], by=str(request.user))
        messages.warning(request, f"“{picture.title}” is killed. No reader sees it any more.")
        return redirect("wagtailimages:edit", picture_id)
    effect = "Every page, list and feed loses this picture at once. The original is kept."
    return _ask(request, picture, form, verb="Kill", effect=effect)


def reinstate(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Ask why, then let the picture be used again."""
    picture = _changeable(request, picture_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.reinstate_picture(
            picture_id, reason=form.cleaned_data["reason"], by=str(request.user)
        )
        messages.success(request, f"“{picture.title}” may be used again.")
        return redirect("wagtailimages:edit", picture_id)
    effect = "The pages that used this picture show it again."
    return _ask(request, picture, form, verb="Reinstate", effect=effect)


def _ask(
    request: HttpRequest, picture: Picture, form: ReasonForm, *, verb: str, effect: str
) -> HttpResponse:
    context = {"picture": picture, "form": form, "verb": verb, "effect": effect}
    status = 422 if form.errors else 200
    return render(request, "media/ask_reason.html", context, status=status)


def _changeable(request: HttpRequest, picture_id: int) -> Picture:
    picture = queries.by_id(picture_id)
    if picture is None:
        raise Http404
    policy = policy_registry.get_by_type(Picture)
    if not policy.user_has_permission_for_instance(request.user, "change", picture):
        raise PermissionDenied
    return picture
