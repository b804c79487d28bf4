"""What providers tell us of their people: an app removed, mail stopped, deletion asked for.

Each notice is signed, is believed within a day of being made, and once.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from dateline.accounts import models, queries
from dateline.accounts.adapters import tokens
from dateline.accounts.domain.data import ERASE
from dateline.accounts.domain.providers import APPLE, FACEBOOK, text_of
from dateline.accounts.domain.ways import fingerprint
from dateline.accounts.services import connections, own_data

FRESH = timedelta(days=1)
AHEAD = timedelta(minutes=5)  # how far a provider's clock may be before ours
KEPT = timedelta(days=3)  # longer than a notice is fresh
DELETION = models.DataRequest.DELETION


class NoticeRefused(Exception):
    """A notice that is forged, too old, or cannot be read."""


class NoticeKnown(Exception):
    """A notice that was taken before; nothing is done twice."""


@transaction.atomic
def facebook_deauthorized(text: str, *, at: datetime) -> None:
    """Somebody removed our app at Facebook: it opens their account no more, and they are out.

    Raises:
        NoticeRefused, NoticeKnown: and nothing was changed.

    """
    uid = _facebook_user(text, kind="deauthorize", at=at)
    connections.revoke(FACEBOOK, uid, at=at, cause="removed at Facebook")


@transaction.atomic
def facebook_deletion(text: str, *, at: datetime) -> models.DataRequest:
    """Somebody asked Facebook to have their data deleted here; the request, with its proof page.

    Raises:
        NoticeRefused, NoticeKnown: and nothing was changed.

    """
    uid = _facebook_user(text, kind="deletion", at=at)
    return _delete(FACEBOOK, uid, at=at, cause="deletion asked for at Facebook")


@transaction.atomic
def apple_told(text: str, *, at: datetime) -> None:
    """Do what a notice of Apple says: mail stopped or wanted again, consent or account gone.

    Raises:
        NoticeRefused, NoticeKnown: and nothing was changed.
        requests.RequestException: Apple's keys cannot be fetched now; it will try again.

    """
    event = _apple_event(text, at=at)
    kind, sub = text_of(event, "type"), text_of(event, "sub")
    address = text_of(event, "email").lower()
    if kind == "email-disabled" and address:
        models.MailStop.objects.get_or_create(address=address, defaults={"since": at})
    elif kind == "email-enabled":
        models.MailStop.objects.filter(address=address).delete()
    elif kind == "consent-revoked":
        connections.revoke(APPLE, sub, at=at, cause="consent revoked at Apple")
    elif kind in {"account-delete", "account-deleted"}:
        _delete(APPLE, sub, at=at, cause="account deleted at Apple")


def forget_old(*, at: datetime) -> int:
    """Forget notices that would be too old to be believed again; how many."""
    gone, _ = models.ProviderNotice.objects.filter(received_at__lt=at - KEPT).delete()
    return gone


def _facebook_user(text: str, *, kind: str, at: datetime) -> str:
    told = _verified(lambda: tokens.signed_request(text, provider=queries.provider(FACEBOOK)))
    _take(FACEBOOK, kind, text, made=told.get("issued_at"), at=at)
    return text_of(told, "user_id")


def _apple_event(text: str, *, at: datetime) -> dict[str, Any]:
    provider = queries.provider(APPLE)
    claims = _verified(
        lambda: tokens.claims_of(text, provider=provider, keys_url=provider.keys_url)
    )
    told = claims.get("events")
    try:
        event = json.loads(told) if isinstance(told, str) else told
    except (ValueError, RecursionError) as error:
        raise NoticeRefused("The event cannot be read.") from error
    if not isinstance(event, dict):
        raise NoticeRefused("There is no event.")
    _take(APPLE, "notice", text, made=claims["iat"], at=at)
    return event


def _verified(read: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = read()
    except tokens.TokenRefused as error:
        raise NoticeRefused(str(error)) from error
    return found


def _take(provider: str, kind: str, text: str, *, made: Any, at: datetime) -> None:
    """Put a notice on record, unless it is there, too old, or of no time."""
    try:
        made_at = datetime.fromtimestamp(int(made), UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise NoticeRefused("It does not say when it was made.") from error
    if not at - FRESH < made_at < at + AHEAD:
        raise NoticeRefused(f"It was made at {made_at:%d %B %Y, %H:%M} UTC.")
    _, new = models.ProviderNotice.objects.get_or_create(
        fingerprint=fingerprint(f"{provider} {kind} {text}"),
        defaults={"provider": provider, "kind": kind, "received_at": at},
    )
    if not new:
        raise NoticeKnown("It was taken before.")


def _delete(provider: str, uid: str, *, at: datetime, cause: str) -> models.DataRequest:
    """Delete what we have through a provider: all of it, where that is the only way in.

    Somebody with a password, passkey or other provider keeps their account, as does the newsroom:
    they close it here. What came from the provider goes at once. Nobody is told by mail in a
    language that we would have to guess: English.
    """
    found = SocialAccount.objects.select_related("user").filter(provider=provider, uid=uid).first()
    if found is None:
        return _done(at=at, proof={})
    user: models.User = found.user
    waiting = user.data_requests.filter(kind=DELETION, done_at=None).first()
    if waiting:
        return waiting
    if user.is_staff or user.is_superuser or connections.other_ways(user, but=found):
        connections.revoke(provider, uid, at=at, cause=cause)
        return _done(at=at, proof={"providers": 1})
    return own_data.ask_for_deletion(user, choice=ERASE, language="en", at=at)


def _done(*, at: datetime, proof: dict[str, int]) -> models.DataRequest:
    return models.DataRequest.objects.create(
        kind=DELETION, choice=ERASE, asked_at=at, due_at=at, done_at=at, proof=proof
    )
