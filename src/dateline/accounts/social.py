"""How allauth treats somebody who comes from a provider: known, to be connected, or new."""

from typing import Any

import structlog
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.adapters.counting import may_send_code
from dateline.accounts.adapters.fetching import ConfiguredHosts
from dateline.accounts.domain.providers import FACEBOOK, LoginProvider
from dateline.accounts.domain.words import words_for
from dateline.accounts.services import codes, connections, sessions
from dateline.accounts.services.connections import Arrival, ConnectionRefused

PROOF = "provider"  # what its codes are for

log = structlog.get_logger("dateline.accounts")


class SocialAdapter(DefaultSocialAccountAdapter):
    """Nothing is stored of somebody new before an address is theirs; see `services.connections`."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Go on for somebody known; answer for anybody else."""
        sociallogin.token = None  # it has told us what we asked; no session keeps it
        arrival = arrival_of(sociallogin)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_connect(request, arrival))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(_receive(request, arrival))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """No name of a provider becomes one of ours by itself."""
        del request, data
        return sociallogin.user

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """What the settings name; a table of the database could name others."""
        del request
        return [
            app
            for app in map(_app, settings.DATELINE_LOGIN_PROVIDERS)
            if provider in {None, app.provider, app.provider_id}
            and client_id in {None, app.client_id}
        ]

    def get_requests_session(self) -> ConfiguredHosts:
        """The only way out."""
        return ConfiguredHosts()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Say so in our own words; why, only the log is told."""
        del extra_context
        raise ImmediateHttpResponse(failed(request, provider.name, error=error, why=exception))


def _app(one: LoginProvider) -> SocialApp:
    kind = one.key if one.key == FACEBOOK else "openid_connect"
    return SocialApp(
        provider=kind,
        provider_id=one.key,
        name=one.label,
        client_id=one.client_id,
        secret=one.secret,
    )


def arrival_of(sociallogin: Any) -> Arrival:
    """What allauth holds of somebody who came."""
    first = next(iter(sociallogin.email_addresses), None)
    return Arrival(
        provider=sociallogin.account.provider,
        uid=sociallogin.account.uid,
        kept=sociallogin.account.extra_data,
        email=first.email if first else "",
        confirmed=bool(first and first.verified),
        next=sociallogin.state.get("next") or "",
    )


def _connect(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    language = str(request.LANGUAGE_CODE)
    words, user = words_for(language), sessions.reader_of(request)
    if user is None:
        return redirect("account_login")
    try:
        new = connections.connect(user, arrival, at=clock.now())
    except ConnectionRefused as refusal:
        messages.error(request, words[str(refusal)])
    else:
        messages.success(request, words["provider_connected"])
        if new:
            label = queries.provider(arrival.provider).label
            connections.tell(user, "connected", provider=label, language=language)
    return redirect("accounts:connections")


def _receive(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """Sign in who can be registered at once; ask anybody else to prove an address."""
    if request.user.is_authenticated:
        get_account_adapter().logout(request)
    user = connections.welcome(arrival, at=clock.now())
    if user:
        return sign_in(request, user, arrival)
    connections.hold(request.session, arrival)
    if arrival.email:
        return ask_for_proof(request, arrival, arrival.email.lower())
    return redirect("accounts:from_provider")


def ask_for_proof(request: HttpRequest, arrival: Arrival, address: str) -> HttpResponse:
    """Send a code to the address that somebody says is theirs; as often as allauth would."""
    if not may_send_code(request, address):
        limited: HttpResponse = ratelimit.respond_429(request)
        return limited
    words = words_for(str(request.LANGUAGE_CODE))
    codes.send(
        request.session,
        PROOF,
        address,
        subject=words["provider_mail_subject"],
        text=words["provider_mail_text"].replace(
            "{label}", queries.provider(arrival.provider).label
        ),
        at=clock.now(),
    )
    return redirect("accounts:from_provider")


def sign_in(request: HttpRequest, user: Any, arrival: Arrival) -> HttpResponse:
    """Sign somebody in who has just been connected; a second step is still asked for."""
    connections.let_go(request.session)
    response: HttpResponse = perform_login(request, user, redirect_url=arrival.next or None)
    return response


def failed(request: HttpRequest, label: str, *, error: Any, why: Any = None) -> HttpResponse:
    """The page for a way that did not lead back, and a line in the log unless it was a choice."""
    cancelled = error == AuthError.CANCELLED
    if not cancelled:
        log.warning("provider_failed", provider=label, error=str(why or error)[:300])
    context = {"label": label, "cancelled": cancelled}
    status = 200 if cancelled else 401
    return render(request, "accounts/provider_failed.html", context, status=status)
