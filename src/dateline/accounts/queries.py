"""Find people, what may be asked of them, and the places they can go to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.db.models import BigIntegerField, QuerySet, Value

from dateline.accounts import models
from dateline.accounts.domain import names
from dateline.accounts.domain.providers import LoginProvider
from dateline.accounts.domain.ways import BEGINNINGS, DESK, LOGIN_LIVES, Way
from dateline.mail.queries.suppression import is_withheld
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared


def by_email(email: str) -> models.User | None:
    """The person with this address in any letter case, or None."""
    return models.User.objects.filter(email__iexact=email.strip()).first()


def account_origin() -> str:
    """Where people sign in: `scheme://account.<network>[:port]`."""
    return mastheads.origin_of(f"account.{settings.DATELINE_NETWORK_DOMAIN}")


def desk_origin() -> str:
    """Where the newsroom works: `scheme://desk.<network>[:port]`."""
    return mastheads.origin_of(f"desk.{settings.DATELINE_NETWORK_DOMAIN}")


def origin_at(place: str) -> str | None:
    """Where a place of the network answers; None where there is no such place.

    Nobody is ever sent to a host that this does not name.
    """
    if place == DESK:
        return desk_origin()
    site = mastheads.by_slug(place)
    return site.origin if site else None


def entrance(way: Way, *, by: str = "") -> str:
    """The address on the account host that signs somebody in and sends them along `way`.

    `by` is how they want to begin: a key of domain.ways.BEGINNINGS, or a provider that is set up;
    anything else is a log-in.
    """
    begin = f"&{urlencode({'by': by})}" if beginning(by) else ""
    return f"{account_origin()}/enter/?{query_of(way)}{begin}"


def beginning(by: str) -> str:
    """The page of the account host for a way to begin; an empty text for one that is none."""
    known = {one.id: f"/with/{one.id}/" for one in providers()}
    return (BEGINNINGS | known).get(by, "")


def query_of(way: Way) -> str:
    """A way as the query of an address."""
    return urlencode({"to": way.to, "path": way.path, "nonce": way.nonce})


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that readers may sign in with.

    `id` is for addresses (`facebook`), `name` for readers.
    """

    id: str
    name: str

    @property
    def start(self) -> str:
        """A path on the host of any site or of the desk; append `&next=/where/to/come/back`."""
        return f"/account/enter/?by={self.id}"


def providers() -> list[Provider]:
    """The providers that are set up, in the order to show them. Asks no database."""
    return [Provider(one.key, one.label) for one in settings.DATELINE_LOGIN_PROVIDERS]


def provider(key: str) -> LoginProvider:
    """The settings of one provider.

    Raises:
        KeyError: it is not set up.

    """
    return {one.key: one for one in settings.DATELINE_LOGIN_PROVIDERS}[key]


def provider_origins() -> list[str]:
    """Where a log-in may send a browser, outside of the network."""
    found = dict.fromkeys(o for one in settings.DATELINE_LOGIN_PROVIDERS for o in one.browsed)
    return list(found)


def owner_of(address: str) -> models.User | None:
    """Whose an address is, active or not: who has confirmed it, else who gave it."""
    rows = EmailAddress.objects.select_related("user")
    confirmed = rows.filter(email__iexact=address.strip(), verified=True).first()
    return confirmed.user if confirmed else by_email(address)


def takes_mail(user: models.User) -> bool:
    """Whether mail that somebody can do without may go to them now.

    Not to a closed account, nor to an address whose owner had a provider stop mail (Apple's relay),
    nor to one that mail came back from, or whose owner complained of it.
    """
    stopped = models.MailStop.objects.filter(address=user.email.lower())
    may = user.is_active and user.email and not stopped.exists()
    return bool(may and not is_withheld(user.email))


def connections(user: models.User) -> list[SocialAccount]:
    """The accounts at providers that somebody signs in with, oldest first."""
    return list(SocialAccount.objects.filter(user=user).order_by("date_joined", "pk"))


def suggested_name(user: models.User) -> str:
    """A display name to begin with: what a provider calls somebody, where we would take it.

    Nobody is called by it until they send it themselves.
    """
    for one in connections(user):
        try:
            return names.check(one.extra_data.get("name", ""))
        except names.NameRefused:
            continue
    return ""


def is_member(user: models.User, masthead_id: int) -> bool:
    """Whether a reader has agreed to be known on a masthead."""
    return models.Membership.objects.filter(user=user, masthead_id=masthead_id).exists()


def memberships(user: models.User) -> list[models.Membership]:
    """What a reader has joined, oldest first, with the mastheads."""
    rows = models.Membership.objects.filter(user=user).select_related("masthead")
    return list(rows.order_by("joined_at"))


def why_not_to_the_desk(user: models.User) -> str:
    """Why the desk is closed to somebody: `not_staff`, `second_step`, or an empty text.

    A log-in of somebody who has a second step has passed it: allauth asks for it each time.
    """
    if not user.has_perm("wagtailadmin.access_admin"):
        return "not_staff"
    if settings.DATELINE_STAFF_MFA and not get_mfa_adapter().is_mfa_enabled(user):
        return "second_step"
    return ""


@dataclass(frozen=True, slots=True)
class Posts:
    """Who does one kind of work, for which masthead: a room's table of (user, masthead).

    No masthead in a row is the whole network. A superuser holds every post. `model` names the
    table as Django does: `promos.Manager`.
    """

    model: str

    def rows(self) -> QuerySet[Any]:
        """Everybody named, active or not, with their masthead."""
        rows: QuerySet[Any] = apps.get_model(self.model).objects.all()
        return rows.select_related("user", "masthead")

    def own(self, user_id: UUID) -> set[int | None]:
        """The mastheads somebody works for; None among them is the whole network. One query."""
        return set(_held(self.model, user=user_id))

    def holds(self, user_id: UUID, masthead_id: int | None) -> bool:
        """Whether somebody works for this masthead; None asks for the whole network."""
        return not {None, masthead_id}.isdisjoint(self.own(user_id))

    def holds_any(self, user_id: UUID) -> bool:
        """Whether somebody works for any masthead."""
        return bool(self.own(user_id))

    def is_named(self, user_id: UUID) -> bool:
        """Whether somebody is named for any masthead or the network; superusers need not be."""
        return self._of(user_id).exists()

    def sites_of(self, user_id: UUID) -> list[Site]:
        """The mastheads somebody works for, in the network's order."""
        own = self.own(user_id)
        return [site for site in mastheads.all_mastheads() if None in own or site.id in own]

    @staticmethod
    def is_superuser(user_id: UUID) -> bool:
        """Whether somebody holds every post without being named."""
        people = models.User.objects.filter(pk=user_id, is_active=True)
        return people.filter(is_superuser=True).exists()

    def _of(self, user_id: UUID) -> QuerySet[Any]:
        return self.rows().filter(user_id=user_id, user__is_active=True)


def _posts_of(model: str, *, user: UUID) -> QuerySet[Any, Any]:
    """The mastheads in a room's table, and None for a superuser; a desk's page asks ten times."""
    rows: QuerySet[Any, Any] = apps.get_model(model).objects.order_by()
    named = rows.filter(user_id=user, user__is_active=True).values_list("masthead_id", flat=True)
    whole = Value(None, output_field=BigIntegerField(null=True))
    people = models.User.objects.filter(pk=user, is_active=True, is_superuser=True).order_by()
    return named.union(people.annotate(whole=whole).values_list("whole", flat=True))


_held = Prepared[int | None](_posts_of)


@dataclass(frozen=True, slots=True)
class OpenLogin:
    """One log-in that goes on. `began_at` is aware UTC; `agent` is what the browser says it is."""

    id: UUID
    began_at: datetime
    address: str
    agent: str
    is_this: bool


def open_logins(user: models.User, *, this: UUID, at: datetime) -> list[OpenLogin]:
    """Where somebody is signed in, newest first; `this` is the log-in that asks."""
    rows = models.NetworkLogin.objects.filter(
        user=user, ended_at=None, began_at__gt=at - LOGIN_LIVES
    )
    return [
        OpenLogin(row.pk, row.began_at, row.address or "", row.agent, row.pk == this)
        for row in rows.order_by("-began_at")
    ]


@dataclass(frozen=True, slots=True)
class Wish:
    """That a reader wished for a masthead's news alerts, with the proof. Moments are aware UTC."""

    user_id: str
    address: str
    shown: str
    invited_at: datetime
    wished_at: datetime


def alert_wish(user_id: str, masthead_id: int) -> Wish | None:
    """A reader's wish for the alerts of one masthead, or None."""
    rows = models.AlertWish.objects.filter(user_id=user_id, masthead_id=masthead_id)
    return next((_wish(row) for row in rows), None)


def alert_wishes(masthead_id: int) -> Iterator[Wish]:
    """Every wish for the alerts of one masthead whose reader's account is open, oldest first."""
    rows = models.AlertWish.objects.filter(masthead_id=masthead_id, user__is_active=True)
    return (_wish(row) for row in rows.order_by("pk").iterator(chunk_size=500))


def _wish(row: models.AlertWish) -> Wish:
    return Wish(str(row.user_id), row.address, row.shown, row.invited_at, row.wished_at)


def confirmed_address(user: models.User) -> str:
    """The address of somebody that they have confirmed and sign in with; empty where none is."""
    own = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return user.email if own.exists() else ""
