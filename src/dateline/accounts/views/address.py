"""Change of an e-mail address: the old one answers first, then the new one."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import AddEmailForm
from allauth.account.views import email as allauth_page
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dateline import clock
from dateline.accounts.adapters.counting import may_send_code
from dateline.accounts.domain.words import words_for
from dateline.accounts.services import codes
from dateline.accounts.views.pages import signed_in, the_reader

PROOF = "old_address"  # what its codes are for
NEW = "new_address"  # key of a session


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: HttpRequest) -> HttpResponseBase:
    """Let allauth change it, which would ask the new address only; the old one answers first."""
    if request.method == "POST" and "action_add" in request.POST:
        asked: HttpResponseBase = _ask_the_old_one(request)
        return asked
    response: HttpResponseBase = allauth_page(request)
    return response


@reauthentication_required
def _ask_the_old_one(request: HttpRequest) -> HttpResponseBase:
    user, words = the_reader(request), words_for(str(request.LANGUAGE_CODE))
    form = _form(request, request.POST.get("email", ""))
    if not form.is_valid():
        response: HttpResponseBase = allauth_page(request)  # says what is wrong
        return response
    if not may_send_code(request, user.email.lower()):
        limited: HttpResponse = ratelimit.respond_429(request)
        return limited
    request.session[NEW] = form.cleaned_data["email"]
    codes.send(
        request.session,
        PROOF,
        user.email,
        subject=words["address_mail_subject"],
        text=words["address_mail_text"].replace("{new}", form.cleaned_data["email"]),
        at=clock.now(),
    )
    return redirect("accounts:old_address")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@reauthentication_required(allow_get=True)
def old_address(request: HttpRequest) -> HttpResponseBase:
    """Take the code that the old address got; then the new one is asked, as allauth does."""
    words, wanted = words_for(str(request.LANGUAGE_CODE)), request.session.get(NEW, "")
    old = codes.sent_to(request.session, PROOF)
    if not (old and wanted):
        return redirect("account_email")
    context: dict[str, Any] = {"old": old, "new": wanted}
    if request.method != "POST":
        return render(request, "accounts/old_address.html", context)
    try:
        codes.check(request.session, PROOF, request.POST.get("code", ""), at=clock.now())
    except codes.CodeRefused as refusal:
        if str(refusal) == "code_wrong":
            context["problem"] = words["code_wrong"]
            return render(request, "accounts/old_address.html", context, status=422)
        messages.error(request, words["code_over"])
        return redirect("account_email")
    form = _form(request, request.session.pop(NEW))
    if form.is_valid():  # it was a quarter of an hour ago
        form.save(request)
    return redirect("account_email_verification_sent")


def _form(request: HttpRequest, address: str) -> Any:
    return AddEmailForm(the_reader(request), {"email": address})
