"""A reader's own data: ask for a copy, fetch it, close the account, see that it is done."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline import clock
from dateline.accounts import models
from dateline.accounts.domain.data import DataRefused
from dateline.accounts.domain.words import words_for
from dateline.accounts.services import own_data
from dateline.accounts.views.pages import signed_in, the_reader


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponseBase:
    """What was asked for, and the two things that can be."""
    asked = models.DataRequest.objects.filter(user=request.user.pk).order_by("-asked_at")
    return render(request, "accounts/data.html", {"asked": asked})


@require_POST
@signed_in
@reauthentication_required
def ask_copy(request: HttpRequest) -> HttpResponseBase:
    """Ask for a copy of everything."""
    asked = own_data.ask_for_copy(the_reader(request), at=clock.now())
    return redirect("accounts:data_status", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@reauthentication_required(allow_get=True)
def delete(request: HttpRequest) -> HttpResponseBase:
    """Close the account, after a choice; signs out."""
    words = words_for(str(request.LANGUAGE_CODE))
    if request.method != "POST":
        return render(request, "accounts/delete.html")
    try:
        asked = own_data.ask_for_deletion(
            the_reader(request),
            choice=request.POST.get("choice", ""),
            language=str(request.LANGUAGE_CODE),
            at=clock.now(),
        )
    except DataRefused as refusal:
        return render(request, "accounts/delete.html", {"problem": words[str(refusal)]}, status=422)
    auth.logout(request)
    return redirect("accounts:data_status", asked.pk)


@require_safe
def status(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """How far a request is; whoever has its address may look, also after the account is gone."""
    asked = get_object_or_404(models.DataRequest, pk=key)
    return render(request, "accounts/data_status.html", {"asked": asked})


@require_safe
@signed_in
@reauthentication_required
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The copy itself, for its reader."""
    asked = get_object_or_404(
        models.DataRequest.objects.exclude(content=""), pk=key, user=request.user.pk
    )
    response = HttpResponse(asked.content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="your-data.json"'
    return response
