"""Carry a log-in from the account host to one site, in the browser that asked for it."""

import secrets
from datetime import datetime

import structlog
from django.db import transaction

from dateline.accounts import models
from dateline.accounts.domain.ways import (
    CODE_LIVES,
    LOGIN_LIVES,
    HandOverRefused,
    Way,
    fingerprint,
    safe_path,
)

log = structlog.get_logger("dateline.accounts")


@transaction.atomic
def issue(login: models.NetworkLogin, way: Way, *, at: datetime) -> str:
    """Make a code that takes `login` along `way`, once, within 30 seconds; return it.

    Only its SHA-256 is stored.
    """
    code = secrets.token_urlsafe(32)
    models.HandOver.objects.create(
        code=fingerprint(code),
        login=login,
        to=way.to,
        path=safe_path(way.path),
        nonce=way.nonce,
        expires_at=at + CODE_LIVES,
    )
    return code


@transaction.atomic
def redeem(code: str, *, to: str, nonce: str, at: datetime) -> tuple[models.NetworkLogin, str]:
    """Swap a code for the log-in behind it and the path to go to; it is worthless afterwards.

    `to` is the place that was asked, `nonce` the cookie that the browser holds there.

    Raises:
        HandOverRefused: unknown, used or too old, of another host or browser, or signed out.

    """
    good = models.HandOver.objects.filter(
        code=fingerprint(code), to=to, nonce=fingerprint(nonce), used_at=None, expires_at__gt=at
    )
    if good.update(used_at=at) != 1:  # one statement: of two who come at once, one is too late
        log.warning("hand_over_refused", to=to)
        raise HandOverRefused(f"The code {code[:4]}… opens nothing at {to}, or not any more.")
    row = models.HandOver.objects.select_related("login__user").get(code=fingerprint(code))
    login = row.login
    if login.ended_at or login.began_at <= at - LOGIN_LIVES or not login.user.is_active:
        raise HandOverRefused(f"The log-in behind the code {code[:4]}… has ended.")
    return login, row.path
