"""What a reader decides: the name others see, the sites they join, the alerts they wish for."""

from datetime import datetime

from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from dateline.accounts import models
from dateline.accounts.domain.names import NameRefused, check, folded, may_change_at
from dateline.accounts.domain.words import language_of, words_for
from dateline.accounts.events import AlertsWished, ReaderJoined, ReaderRenamed
from dateline.accounts.queries import account_origin, takes_mail
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.outbox import services as outbox

SALT = "dateline.accounts.alerts"
INVITATION_LIVES_S = 30 * 24 * 3600


class InvitationRefused(Exception):
    """A link to alerts that cannot be used: changed, too old, or of somebody who is gone."""


@transaction.atomic
def set_display_name(user: models.User, name: str, *, at: datetime) -> str:
    """Give a reader the name that others see; return it as stored.

    Raises:
        NameRefused: what `domain.names.check` refuses; `name_taken` when it looks like somebody
            else's; `name_too_soon` within 14 days of the last change.

    """
    text = check(name, titles=[site.name for site in mastheads.all_mastheads()])
    if text == user.display_name:
        return text
    row = models.User.objects.select_for_update().get(pk=user.pk)
    again_at = may_change_at(row.display_name_at)
    if again_at and at < again_at:
        raise NameRefused("name_too_soon", at=again_at)
    row.display_name, row.display_name_folded, row.display_name_at = text, folded(text), at
    try:
        with transaction.atomic():
            row.save(update_fields=["display_name", "display_name_folded", "display_name_at"])
    except IntegrityError:
        raise NameRefused("name_taken", found=text) from None
    outbox.record(ReaderRenamed(user_id=str(user.pk), at=at))
    user.display_name = text
    return text


@transaction.atomic
def join(user: models.User, site: Site, *, shown: str, at: datetime) -> None:
    """Note that a reader agreed, to the words in `shown`, to be known on a masthead. Once."""
    _, new = models.Membership.objects.get_or_create(
        user=user, masthead_id=site.id, defaults={"shown": shown, "joined_at": at}
    )
    if new:
        outbox.record(ReaderJoined(user_id=str(user.pk), masthead_id=site.id, at=at))


@transaction.atomic
def leave_site(user: models.User, masthead_id: int) -> None:
    """Take the agreement for one masthead back; the next log-in there asks again."""
    models.Membership.objects.filter(user=user, masthead__pk=masthead_id).delete()


def invite_to_alerts(user_id: str, masthead_id: int, *, at: datetime) -> bool:
    """Send the one mail that invites a new reader to news alerts; say whether it was sent.

    Nobody is subscribed by it: the link leads to a page with the words and a button. An address
    whose owner wants no mail of ours gets none.
    """
    user = models.User.objects.filter(pk=user_id, is_active=True).first()
    site = mastheads.by_id(masthead_id)
    if user is None or site is None or user.alert_wishes.filter(masthead_id=masthead_id).exists():
        return False
    if not takes_mail(user):
        return False
    w = words_for(site.language)
    token = signing.dumps(
        {"user": str(user.pk), "masthead": site.id, "address": user.email, "at": at.isoformat()},
        salt=SALT,
    )
    EmailMessage(
        w["invite_subject"].format(title=site.name),
        w["invite_text"].format(
            name=user.get_display_name(),
            title=site.name,
            link=f"{account_origin()}/alerts/?token={token}&hl={language_of(site.language)}",
        ),
        to=[user.email],
    ).send()
    return True


def invitation(token: str) -> tuple[models.User, Site, datetime]:
    """Whom a link of an invitation is for, for which masthead, and when it was sent (aware UTC).

    Raises:
        InvitationRefused: it was changed, is older than 30 days, or the address is another now.

    """
    try:
        told = signing.loads(token, salt=SALT, max_age=INVITATION_LIVES_S)
    except signing.BadSignature as error:
        raise InvitationRefused(str(error)) from error
    user = models.User.objects.filter(pk=told["user"], email=told["address"], is_active=True)
    site = mastheads.by_id(told["masthead"])
    found = user.first()
    if found is None or site is None:
        raise InvitationRefused("Its reader or its masthead is gone.")
    return found, site, datetime.fromisoformat(told["at"])


@transaction.atomic
def wish_for_alerts(token: str, *, shown: str, at: datetime) -> Site:
    """Record that a reader wants a masthead's news alerts, with the proof; return the masthead.

    A second time changes nothing: the first proof stands.

    Raises:
        InvitationRefused: as `invitation`.

    """
    user, site, invited_at = invitation(token)
    _, is_new = models.AlertWish.objects.get_or_create(
        user=user,
        masthead_id=site.id,
        defaults={
            "address": user.email, "invited_at": invited_at, "shown": shown, "wished_at": at
        },
    )  # fmt: skip
    if is_new:
        outbox.record(AlertsWished(user_id=str(user.pk), masthead_id=site.id, at=at))
    return site
