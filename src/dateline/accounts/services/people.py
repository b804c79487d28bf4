"""Add people and groups. One function per verb, one transaction each; safe to run again."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMessage
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission

from dateline.accounts import models
from dateline.accounts.domain.words import words_for
from dateline.accounts.events import AddressChanged
from dateline.accounts.queries import by_email
from dateline.accounts.services import sessions
from dateline.outbox import services as outbox


class AccountRefused(Exception):
    """A person or group that cannot be stored; the text says which and why."""


@transaction.atomic
def create_person(
    *,
    email: str,
    password: str | None,
    first_name: str = "",
    last_name: str = "",
    groups: Iterable[str] = (),
    staff: bool = False,
    superuser: bool = False,
) -> models.User:
    """Add a person, or return the one with this address, as they are; found in any letter case.

    Without a `password` nobody can sign in as them until they set one. `groups` are names. The
    address counts as confirmed: who adds people vouches for it.

    Raises:
        AccountRefused: the address is none, or a group does not exist.

    """
    found = by_email(email)
    if found:
        return found
    if email.count("@") != 1 or not all(email.split("@")):
        raise AccountRefused(f"{email!r} is no e-mail address.")
    wanted = set(groups)
    rows = list(Group.objects.filter(name__in=wanted))
    if missing := wanted - {row.name for row in rows}:
        raise AccountRefused(f"There is no group {', '.join(sorted(missing))}.")
    person = models.User.objects.create_user(
        email,
        password,
        first_name=first_name,
        last_name=last_name,
        is_staff=staff or superuser,
        is_superuser=superuser,
    )
    EmailAddress.objects.create(user=person, email=email.lower(), verified=True, primary=True)
    person.groups.set(rows)
    return person


@transaction.atomic
def address_was_changed(person: models.User, *, before: str, at: datetime) -> None:
    """Follow an administrator's change of a person's address, which is stored already.

    The new one has to be confirmed at the next log-in, which a code that is sent to it does; every
    log-in ends, and the old address is told. Letter case alone is no change.
    """
    if before.lower() == person.email.lower():
        return
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(
        user=person, email=person.email.lower(), verified=False, primary=True
    )
    sessions.end_others(person, but=sessions.NO_LOGIN, at=at, cause="address changed on the desk")
    outbox.record(AddressChanged(user_id=str(person.pk), at=at))
    w = words_for("en")
    letter = EmailMessage(w["address_moved_subject"], w["address_moved_text"], to=[before])
    transaction.on_commit(letter.send)


@transaction.atomic
def save_group(name: str, *, permissions: Iterable[str], on_pictures: Iterable[str] = ()) -> Group:
    """Make sure that a group exists and may do this at least; what it may do besides, stays.

    `permissions` are `app.codename`; `on_pictures` are codenames of Wagtail's collection
    permissions (add_image, change_image, choose_image) on every picture.

    Raises:
        AccountRefused: a permission that does not exist; says which.

    """
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*(_permission(wanted) for wanted in permissions))
    root = Collection.get_first_root_node()
    for codename in on_pictures:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(f"wagtailimages.{codename}")
        )
    return group


def _permission(wanted: str) -> Permission:
    app, _, codename = wanted.partition(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise AccountRefused(f"There is no permission {wanted}.")
    return found
