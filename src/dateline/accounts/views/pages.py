"""The account host's own pages, beside those of allauth: enter, join, name, log-ins, alerts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline import clock
from dateline.accounts import models, queries
from dateline.accounts.domain.names import NameRefused
from dateline.accounts.domain.ways import DESK, Way, safe_path
from dateline.accounts.domain.words import words_for
from dateline.accounts.middleware import CAME_FROM
from dateline.accounts.services import handover, readers, sessions
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Ask for a log-in first, and come back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if sessions.reader_of(request) is None:
            return _to_log_in(request)
        return view(request, *args, **kwargs)

    return asked


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """What we know about somebody, and the ways to change it."""
    user = the_reader(request)
    return render(
        request,
        "accounts/home.html",
        {
            "reader": user,
            "memberships": queries.memberships(user),
            "logins": _logins(request),
            "connected": len(queries.connections(user)),
            "second_step": get_mfa_adapter().is_mfa_enabled(user),
            "desk": "" if queries.why_not_to_the_desk(user) else queries.desk_origin(),
        },
    )


@require_safe
def enter(request: HttpRequest) -> HttpResponseBase:
    """Sign somebody in who came from a site, and send them back there with a code."""
    way = _way(request)
    origin = queries.origin_at(way.to)
    if origin is None:
        raise Http404(f"There is no place {way.to} in this network.")
    request.session[CAME_FROM] = "" if way.to == DESK else way.to
    user = sessions.reader_of(request)
    if user is None:
        return _to_log_in(request)
    if way.to == DESK:
        if why := queries.why_not_to_the_desk(user):
            context = {"why": why, "again": f"{origin}/", "reader": user}
            return render(request, "accounts/desk_closed.html", context, status=403)
        if settings.DATELINE_STAFF_MFA and not sessions.passed_second_step(request, user):
            sessions.leave(request, at=clock.now(), cause="second step wanted for the desk")
            return _to_log_in(request)
    elif not queries.is_member(user, _site(way).id):
        return redirect(f"/join/?{queries.query_of(way)}")
    return _hand_over(request, origin, way)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def join(request: HttpRequest) -> HttpResponseBase:
    """Ask, once for each masthead, whether it may know the reader; take a name with the answer."""
    way, user = _way(request), the_reader(request)
    site, words = _site(way), _words(request)
    shown = words["join_text"].format(title=site.name)
    context = {"joined": site, "shown": shown, "reader": user, "query": queries.query_of(way)}
    if request.method != "POST":
        suggested = "" if user.display_name else queries.suggested_name(user)
        context |= {"typed": suggested, "suggested": bool(suggested)}
        return render(request, "accounts/join.html", context)
    name, now = request.POST.get("name", ""), clock.now()
    try:
        if not user.display_name:
            readers.set_display_name(user, name, at=now)
    except NameRefused as refusal:
        problem = words[refusal.reason].format(**refusal.facts)
        context |= {"problem": problem, "typed": name}
        return render(request, "accounts/join.html", context, status=422)
    readers.join(user, site, shown=shown, at=now)
    return _hand_over(request, site.origin, way)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def name(request: HttpRequest) -> HttpResponseBase:
    """Change the display name."""
    user, words = the_reader(request), _words(request)
    if request.method != "POST":
        return render(request, "accounts/name.html", {"typed": user.display_name or ""})
    typed = request.POST.get("name", "")
    try:
        stored = readers.set_display_name(user, typed, at=clock.now())
    except NameRefused as refusal:
        problem = words[refusal.reason].format(**refusal.facts)
        context = {"problem": problem, "typed": typed}
        return render(request, "accounts/name.html", context, status=422)
    messages.success(request, words["name_saved"].format(name=stored))
    return redirect("accounts:home")


@require_safe
@signed_in
def logins(request: HttpRequest) -> HttpResponseBase:
    """Every browser that is signed in."""
    return render(request, "accounts/logins.html", {"logins": _logins(request)})


@require_POST
@signed_in
def end_login(request: HttpRequest) -> HttpResponseBase:
    """Sign one browser out, or every other."""
    user, now = the_reader(request), clock.now()
    chosen = request.POST.get("login", "")
    if chosen == "others":
        this = sessions.login_id_of(request.session)
        sessions.end_others(user, but=this, at=now, cause="ended from the list")
    else:
        sessions.end(user, _uuid(chosen), at=now, cause="ended from the list")
    messages.success(request, _words(request)["ended"])
    return redirect("accounts:logins")


@require_POST
@signed_in
def leave(request: HttpRequest, masthead_id: int) -> HttpResponseBase:
    """Take back that a masthead may know the reader."""
    readers.leave_site(the_reader(request), masthead_id)
    messages.success(request, _words(request)["left"])
    return redirect("accounts:home")


@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponseBase:
    """What the link of an invitation leads to: the words, a button, and the proof of the wish."""
    token, words = request.GET.get("token", ""), _words(request)
    try:
        user, site, _ = readers.invitation(token)
        shown = words["alerts_text"].format(title=site.name)
        if request.method == "POST":
            readers.wish_for_alerts(token, shown=shown, at=clock.now())
    except readers.InvitationRefused:
        return render(request, "accounts/alerts_refused.html", status=410)
    context = {"asked": site, "shown": shown, "address": user.email}
    page = "alerts_noted" if request.method == "POST" else "alerts"
    return render(request, f"accounts/{page}.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404 in the frame of the account host."""
    del exception  # it names what a stranger typed
    return render(request, "accounts/not_found.html", status=404)


def _hand_over(request: HttpRequest, origin: str, way: Way) -> HttpResponse:
    login = models.NetworkLogin.objects.get(pk=sessions.login_id_of(request.session))
    code = handover.issue(login, way, at=clock.now())
    return HttpResponseRedirect(f"{origin}/account/back/?{urlencode({'code': code})}")


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """To the log-in page; to another, where the link on the site named one to begin with."""
    start = queries.beginning(request.GET.get("by", "")) or "/login/"
    return redirect(f"{start}?{urlencode({'next': request.get_full_path()})}")


def _way(request: HttpRequest) -> Way:
    asked = request.GET
    path = safe_path(asked.get("path", "/"))
    nonce = asked.get("nonce", "")[:64]
    return Way(to=asked.get("to", ""), path=path, nonce=nonce if nonce.isalnum() else "")


def _site(way: Way) -> Site:
    site = mastheads.by_slug(way.to)
    if site is None:
        raise Http404(f"There is no masthead {way.to}.")
    return site


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("There is no such log-in.") from None


def the_reader(request: HttpRequest) -> models.User:
    """Who is signed in, in a view that has asked for it."""
    user: models.User = request.user  # type: ignore[assignment]  # `signed_in` has asked
    return user


def _logins(request: HttpRequest) -> list[queries.OpenLogin]:
    this = sessions.login_id_of(request.session)
    return queries.open_logins(the_reader(request), this=this, at=clock.now())


def _words(request: HttpRequest) -> dict[str, str]:
    return words_for(str(request.LANGUAGE_CODE))
