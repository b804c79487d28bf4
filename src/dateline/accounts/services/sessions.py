"""Log-ins for the whole network: begun on the account host, carried to sites, ended everywhere.

A site's session says which log-in it belongs to and on which site it is good. Both are looked up
for each request that asks who is reading, so that ending the log-in ends every session at once.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from dateline.accounts import models
from dateline.accounts.domain.ways import ACCOUNT, LOGIN_LIVES, fingerprint
from dateline.accounts.events import LoginsEnded
from dateline.outbox import services as outbox

LOGIN, PLACE = "network_login", "place"  # keys of a session
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NO_LOGIN = UUID(int=0)
AGENT_LENGTH = 200
CODES_KEPT = timedelta(days=1)
# Set beside a session, readable by scripts, and without meaning for the server: a page of somebody
# who has none asks nobody who they are.
KNOWN_COOKIE = "known"

log = structlog.get_logger("dateline.accounts")


def reader_of(request: HttpRequest) -> models.User | None:
    """Who is signed in on the site that `request` came to, or None. Reads the session.

    Only for answers that are for one reader: a page that asks is never shared. One query for
    somebody who is signed in.
    """
    user = request.user
    return user if user.is_authenticated else None


def person_of(session: SessionBase, *, place: str, at: datetime) -> models.User | None:
    """Whose session this is, when it is good at `place` and its log-in goes on.

    `place` is a masthead's slug, DESK or ACCOUNT. A session that was carried to another host is
    nobody's, and so is one whose password was changed by somebody else.
    """
    key = session.get(LOGIN)
    if not key or session.get(PLACE) != place:
        return None
    login = (
        models.NetworkLogin.objects.select_related("user")
        .filter(pk=key, ended_at=None, began_at__gt=at - LOGIN_LIVES, user__is_active=True)
        .first()
    )
    if login is None or not constant_time_compare(login.auth_hash, hash_of(login.user)):
        return None
    return login.user


def login_id_of(session: SessionBase) -> UUID:
    """The log-in that a session belongs to, going on or not; a session of none has NO_LOGIN."""
    return UUID(session.get(LOGIN) or str(NO_LOGIN))


def hash_of(user: models.User) -> str:
    """What changes with the password."""
    return fingerprint(user.get_session_auth_hash())


def passed_second_step(request: HttpRequest, user: models.User) -> bool:
    """Whether the log-in of this session on the account host came through a second step.

    That its person has one by now says nothing of a log-in from before.
    """
    return any(one["method"] == "mfa" for one in get_authentication_records(request, user))


@transaction.atomic
def begin(request: HttpRequest, user: models.User, *, at: datetime) -> models.NetworkLogin:
    """Note that `user` has just signed in on the account host, in the session of `request`.

    The log is told by which ways; the address is kept with the log-in, where its reader sees it.
    """
    login = models.NetworkLogin.objects.create(
        user=user,
        began_at=at,
        address=get_adapter().get_client_ip(request),
        agent=request.headers.get("User-Agent", "")[:AGENT_LENGTH],
        auth_hash=hash_of(user),
    )
    request.session[LOGIN], request.session[PLACE] = str(login.pk), ACCOUNT
    ways = [record["method"] for record in get_authentication_records(request, user)]
    log.info("signed_in", user=str(user.pk), login=str(login.pk), by=ways)
    return login


@transaction.atomic
def carry(request: HttpRequest, login: models.NetworkLogin, *, place: str) -> None:
    """Sign the browser of `request` in at `place`, in a new session that belongs to `login`."""
    auth.login(request, login.user, backend=BACKEND)
    request.session[LOGIN], request.session[PLACE] = str(login.pk), place
    log.info("signed_in_at", place=place, user=str(login.user_id), login=str(login.pk))


@transaction.atomic
def leave(request: HttpRequest, *, at: datetime, cause: str) -> None:
    """Sign the browser of `request` out everywhere: here, on the account host, on every site."""
    login = models.NetworkLogin.objects.filter(pk=login_id_of(request.session)).first()
    if login:
        _end(login.user_id, [login.pk], at=at, cause=cause)
    auth.logout(request)


@transaction.atomic
def end(user: models.User, login_id: UUID, *, at: datetime, cause: str) -> int:
    """End one of a person's log-ins; return how many ended (0 or 1)."""
    return _end(user.pk, [login_id], at=at, cause=cause)


@transaction.atomic
def end_others(user: models.User, *, but: UUID, at: datetime, cause: str) -> int:
    """End every log-in of a person except `but`; return how many."""
    others = models.NetworkLogin.objects.filter(user=user, ended_at=None).exclude(pk=but)
    return _end(user.pk, list(others.values_list("pk", flat=True)), at=at, cause=cause)


@transaction.atomic
def keep_after_new_password(user: models.User, *, login_id: UUID, at: datetime) -> None:
    """End a person's log-ins after a new password, except the one in which it was set."""
    end_others(user, but=login_id, at=at, cause="new password")
    models.NetworkLogin.objects.filter(pk=login_id, user=user).update(auth_hash=hash_of(user))


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove codes a day after their end; log-ins, sessions and limits that are over. How many.

    A log-in of 30 days ago is over: from where it came, and with what, is forgotten before it is.
    """
    over = models.NetworkLogin.objects.filter(began_at__lte=at - LOGIN_LIVES)
    over.exclude(address=None, agent="").update(address=None, agent="")
    codes, _ = models.HandOver.objects.filter(expires_at__lt=at - CODES_KEPT).delete()
    logins, _ = models.NetworkLogin.objects.filter(began_at__lt=at - 2 * LOGIN_LIVES).delete()
    gone, _ = Session.objects.filter(expire_date__lt=at).delete()
    counted, _ = models.LimitEntry.objects.filter(expires__lt=at).delete()
    return codes + logins + gone + counted


def _end(user_id: UUID, login_ids: list[UUID], *, at: datetime, cause: str) -> int:
    rows = models.NetworkLogin.objects.filter(user_id=user_id, pk__in=login_ids, ended_at=None)
    count = rows.update(ended_at=at)
    if count:
        log.info("signed_out", user=str(user_id), logins=count, cause=cause)
        outbox.record(LoginsEnded(user_id=str(user_id), count=count, at=at, cause=cause))
    return count
