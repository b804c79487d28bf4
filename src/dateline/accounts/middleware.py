"""Who is asking: a session is good on the site it was made for, while its log-in goes on."""

from collections.abc import Callable
from functools import partial

import structlog
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from dateline import clock
from dateline.accounts import models
from dateline.accounts.domain.ways import ACCOUNT
from dateline.accounts.domain.words import language_of
from dateline.accounts.services import sessions
from dateline.mail.services.unsent import UNSENT
from dateline.mastheads import queries as mastheads

log = structlog.get_logger("dateline.accounts")

RETRY_AFTER_S = "60"
CAME_FROM = "came_from"  # key of the account host's session: slug of a masthead


class NetworkAuthentication(AuthenticationMiddleware):
    """Sets `request.user` from the network's log-in. Asks nothing until somebody asks for it."""

    def process_request(self, request: HttpRequest) -> None:
        """Put a lazy user on the request; a page that never asks touches no session."""
        request.user = SimpleLazyObject(partial(_who, request))  # type: ignore[assignment]


def _who(request: HttpRequest) -> models.User | AnonymousUser:
    place = getattr(request, "place", "")
    return sessions.person_of(request.session, place=place, at=clock.now()) or AnonymousUser()


class AccountHost:
    """On the account host: the language and look of the site one came from; nothing is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "place", "") != ACCOUNT:
            return self.get_response(request)
        slug = request.session.get(CAME_FROM, "")
        site = mastheads.by_slug(slug) if slug else None
        request.came_from = site  # type: ignore[attr-defined]
        asked = site.language if site else translation.get_language_from_request(request)
        language = language_of(request.GET.get("hl") or asked)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Content-Language"] = language
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Say so where a mail could not leave: codes and links to sign in with come by mail.

        What was typed is on the page, to be sent once more; passwords are not.
        """
        if getattr(request, "place", "") != ACCOUNT or not isinstance(exception, UNSENT):
            return None
        log.warning("mail_unsent", path=request.path, error=str(exception))
        secret = any("password" in name for name in request.POST)
        typed = {} if secret else request.POST.dict()
        response = render(request, "accounts/mail_away.html", {"typed": typed}, status=503)
        response["Retry-After"] = RETRY_AFTER_S
        return response
