"""Accounts at providers: connect one, register with one, take one away."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.base import SessionBase
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from dateline.accounts import models
from dateline.accounts.domain.words import words_for
from dateline.accounts.events import ProviderConnected, ProviderDisconnected
from dateline.accounts.queries import owner_of
from dateline.accounts.services import sessions
from dateline.outbox import services as outbox

ARRIVAL = "from_provider"  # key of a session


class ConnectionRefused(Exception):
    """An account at a provider that cannot be used so; the reason is a word for `domain.words`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody whom a provider vouches for, and what it told us.

    `provider` is its short name, `uid` who it is there, `kept` what is stored of them, `email` an
    address (empty where none was told) and `confirmed` whether the provider says it is theirs.
    `next` is a path of the account host.
    """

    provider: str
    uid: str
    kept: Mapping[str, str]
    email: str = ""
    confirmed: bool = False
    next: str = ""


def hold(session: SessionBase, arrival: Arrival) -> None:
    """Remember who came, until their address is proven."""
    session[ARRIVAL] = asdict(arrival)


def held(session: SessionBase) -> Arrival | None:
    """Who came with this session and is not known yet."""
    found = session.get(ARRIVAL)
    return Arrival(**found) if found else None


def let_go(session: SessionBase) -> None:
    """Forget who came."""
    session.pop(ARRIVAL, None)


def welcome(arrival: Arrival, *, at: datetime) -> models.User | None:
    """Register somebody whose address the provider confirms and nobody has; else return None.

    An address that somebody has is no key to their account, whoever confirms it.
    """
    if not (arrival.email and arrival.confirmed) or owner_of(arrival.email):
        return None
    return settle(arrival, arrival.email, at=at)


@transaction.atomic
def settle(arrival: Arrival, address: str, *, at: datetime) -> models.User:
    """Connect who came to the account of `address`, which they have proven; make it where needed.

    An account whose address nobody had confirmed may have been made by a stranger, who waits for
    its owner: its password is removed.

    Raises:
        ConnectionRefused: `provider_closed`, the account was closed; `provider_sign_in_first`, it
            belongs to the newsroom or has a second step, and a code by mail is not enough for it;
            `provider_others`, who came is somebody else here.

    """
    user = owner_of(address) or _register(address)
    if not user.is_active:
        raise ConnectionRefused("provider_closed")
    if user.is_staff or user.is_superuser or get_mfa_adapter().is_mfa_enabled(user):
        raise ConnectionRefused("provider_sign_in_first")
    if not EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    connect(user, arrival, at=at)
    return user


def _register(address: str) -> models.User:
    """A new account without a password; of two who come at once, the first one's."""
    try:
        with transaction.atomic():
            return models.User.objects.create_user(address)
    except IntegrityError:
        return models.User.objects.get(email__iexact=address)


@transaction.atomic
def connect(user: models.User, arrival: Arrival, *, at: datetime) -> bool:
    """Let somebody sign in with their account at a provider; say whether that is new.

    Raises:
        ConnectionRefused: `provider_others`, somebody else signs in with it.

    """
    found, new = SocialAccount.objects.get_or_create(
        provider=arrival.provider,
        uid=arrival.uid,
        defaults={"user": user, "extra_data": dict(arrival.kept)},
    )
    if found.user_id != user.pk:
        raise ConnectionRefused("provider_others")
    if new:
        outbox.record(ProviderConnected(user_id=str(user.pk), provider=arrival.provider, at=at))
    return bool(new)


@transaction.atomic
def disconnect(user: models.User, account_id: int, *, at: datetime) -> str:
    """Take a provider's account away from the ways somebody signs in.

    Returns the short name of the provider; an empty text where the account is not theirs.

    Raises:
        ConnectionRefused: `last_way`, nothing else would be left: no password, passkey or other
            provider.

    """
    models.User.objects.select_for_update().get(pk=user.pk)  # of two at once, one waits
    mine = SocialAccount.objects.filter(user=user)
    found = mine.filter(pk=account_id).first()
    if found is None:
        return ""
    if not other_ways(user, but=found):
        raise ConnectionRefused("last_way")
    _cut(found, at=at, cause="disconnected")
    return str(found.provider)


def tell(user: models.User, what: str, *, provider: str, language: str) -> None:
    """Write to somebody that a way to sign in was added or taken away.

    `what` is `connected` or `disconnected`, `provider` what readers call it.
    """
    w = words_for(language)
    text = w[f"provider_{what}_mail"].replace("{label}", provider)
    EmailMessage(w["provider_change_subject"], text, to=[user.email]).send()


@transaction.atomic
def revoke(provider: str, uid: str, *, at: datetime, cause: str) -> models.User | None:
    """Do as a provider says that its person wishes: disconnect, and sign out everywhere.

    Returns whose it was; None where nobody signs in with it. Somebody who has no other way left
    comes back with a code by mail.
    """
    found = SocialAccount.objects.select_related("user").filter(provider=provider, uid=uid).first()
    if found is None:
        return None
    user: models.User = found.user
    _cut(found, at=at, cause=cause)
    sessions.end_others(user, but=sessions.NO_LOGIN, at=at, cause=cause)
    return user


def other_ways(user: models.User, *, but: SocialAccount) -> bool:
    """Whether somebody can sign in without `but`: by a password, a passkey, another provider."""
    if SocialAccount.objects.filter(user=user).exclude(pk=but.pk).exists():
        return True
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return user.has_usable_password() or any(one.wrap().is_passwordless for one in passkeys)


def _cut(found: SocialAccount, *, at: datetime, cause: str) -> None:
    user_id, provider = str(found.user_id), found.provider
    found.delete()
    outbox.record(ProviderDisconnected(user_id=user_id, provider=provider, at=at, cause=cause))
