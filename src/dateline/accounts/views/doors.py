"""The door that each site has to the account host: out to it, back with a code, and away."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST, require_safe

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.domain.ways import (
    DESK,
    DOOR_OPEN_S,
    HandOverRefused,
    Way,
    fingerprint,
    safe_path,
)
from dateline.accounts.domain.words import words_for
from dateline.accounts.services import handover, sessions

SHORTEST_NONCE = 40  # characters of ours; a shorter one is somebody else's


@require_safe
def out(request: HttpRequest) -> HttpResponseBase:
    """Go to the account host; the browser keeps a cookie here that the way back must match."""
    held = request.COOKIES.get(_nonce_cookie(), "")
    nonce = held if len(held) >= SHORTEST_NONCE else secrets.token_urlsafe(32)
    way = Way(to=_place(request), path=_path(request), nonce=fingerprint(nonce))
    response = HttpResponseRedirect(queries.entrance(way, by=request.GET.get("by", "")))
    response.set_cookie(
        _nonce_cookie(), nonce, max_age=DOOR_OPEN_S,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    add_never_cache_headers(response)
    return response


@require_GET
def back(request: HttpRequest) -> HttpResponseBase:
    """Come back with a code: swap it for a session of this host."""
    nonce = request.COOKIES.get(_nonce_cookie(), "")
    try:
        login, path = handover.redeem(
            request.GET.get("code", ""), to=_place(request), nonce=nonce, at=clock.now()
        )
    except HandOverRefused:
        return _refused(request)
    sessions.carry(request, login, place=_place(request))
    response = HttpResponseRedirect(path)
    response.set_cookie(
        sessions.KNOWN_COOKIE, "1", max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    response.delete_cookie(_nonce_cookie(), samesite="Lax")
    add_never_cache_headers(response)
    return response


@require_POST
def away(request: HttpRequest) -> HttpResponseBase:
    """Sign out: here and everywhere."""
    sessions.leave(request, at=clock.now(), cause=f"signed out at {_place(request)}")
    to = queries.account_origin() if _place(request) == DESK else ""
    response = redirect(f"{to}/")
    response.delete_cookie(sessions.KNOWN_COOKIE, samesite="Lax")
    add_never_cache_headers(response)
    return response


def _refused(request: HttpRequest) -> HttpResponseBase:
    if sessions.reader_of(request):  # of two windows, the other came back first
        return redirect("/")
    site = request.masthead  # type: ignore[attr-defined]  # set by project.hosts
    language = site.language if site else "en"
    context = {
        "a": words_for(language),
        "language": language,
        "paper": site,
        "look_url": "/look.css" if site else "",
        "again": "/account/enter/" if site else "/login/",
    }
    response = render(request, "accounts/refused.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _place(request: HttpRequest) -> str:
    place: str = request.place  # type: ignore[attr-defined]  # set by project.hosts
    return place


def _path(request: HttpRequest) -> str:
    """Where to go afterwards: as asked, else the page of this host that the link was on."""
    asked = request.GET.get("next")
    if asked is None:
        came = urlsplit(request.headers.get("Referer", ""))
        here = came.netloc == request.get_host() and not came.path.startswith("/account/")
        asked = came.path + (f"?{came.query}" if came.query else "") if here else "/"
    return safe_path(asked)


def _nonce_cookie() -> str:
    return "__Host-door" if settings.SESSION_COOKIE_SECURE else "door"
