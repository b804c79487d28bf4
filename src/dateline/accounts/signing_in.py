"""How allauth signs people in here: one record a log-in, no name of another site believed."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from dateline import clock
from dateline.accounts import models
from dateline.accounts.adapters import sealing
from dateline.accounts.adapters.counting import worth_telling
from dateline.accounts.domain.ways import fingerprint
from dateline.accounts.domain.words import words_for
from dateline.accounts.queries import account_origin
from dateline.accounts.services import guesses, sessions

log = structlog.get_logger("dateline.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Ties allauth's verbs to the network's log-ins."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in on the account host, and begin a log-in of the network."""
        super().login(request, user)
        sessions.begin(request, user, at=clock.now())

    def logout(self, request: HttpRequest) -> None:
        """Sign out everywhere."""
        sessions.leave(request, at=clock.now(), cause="signed out")

    def set_password(self, user: Any, password: str) -> None:
        """Store a new password; every log-in but the one in which it was set ends."""
        super().set_password(user, password)
        here = sessions.login_id_of(self.request.session)
        sessions.keep_after_new_password(user, login_id=here, at=clock.now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the log that somebody was not who they said; whom they tried, as a fingerprint.

        The fifth time in five minutes the owner is told, too.
        """
        tried = str(credentials.get("email") or credentials.get("username") or "").lower()
        log.warning("sign_in_failed", tried=fingerprint(tried)[:16], by="password")
        if worth_telling(request, tried):
            guesses.note_guesses(tried, at=clock.now())
        super().authentication_failed(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts apart by the Host header, in which anybody writes another port.
        del request
        return str(credentials.get("email", "")).lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """The reader's address, which the front has made true behind the proxies it knows."""
        return str(request.META["REMOTE_ADDR"])

    def is_safe_url(self, url: str) -> bool:
        """Only paths of the account host itself: `/enter/` alone sends anybody elsewhere."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that says where it comes from by the network's own address."""
        words = words_for(str(self.request.LANGUAGE_CODE))
        told = {"a": words, "origin": account_origin(), **context}
        super().send_mail(template_prefix, email, told)


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second steps sealed."""

    def encrypt(self, text: str) -> str:
        """What is stored of a secret."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret of what was stored."""
        return sealing.unseal(encrypted_text)


def display(user: models.User) -> str:
    """How allauth's pages and mails call somebody."""
    return user.get_display_name()
