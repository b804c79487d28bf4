"""Ask whoever owns an address that was typed whether alerts may go there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.mail import EmailMessage
from django.db import transaction

from dateline.alerts.domain.by_mail import YES, YES_LIVES
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.mail_words import mail_words_for
from dateline.alerts.events import AlertMailAsked
from dateline.alerts.queries.senders import sender_of
from dateline.alerts.services.by_mail import Subject
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mastheads.domain.site import Site
from dateline.outbox import services as outbox

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the link of such a mail asks: who wants what of which masthead."""

    person: int
    masthead_id: int
    subject: Subject


@transaction.atomic
def ask(site: Site, person: int, subject: Subject, *, at: datetime) -> None:
    """Note that an address was typed; the mail to it leaves later, from the worker. Aware UTC."""
    outbox.record(
        AlertMailAsked(
            person=person, masthead_id=site.id, topic_id=subject.topic_id,
            story_id=subject.story_id, at=at,
        )
    )  # fmt: skip


def write(site: Site, address: str, fact: AlertMailAsked, lines: Sequence[str]) -> bool:
    """Send the mail that asks; `lines` name what was asked for. Say whether it left.

    An address that may not be written to at all gets nothing.
    """
    if is_withheld(address):
        return False
    words = mail_words_for(site.language)
    minute = int(fact.at.timestamp()) // MINUTE_S
    token = links.token_for(
        YES, fact.person, minute, fact.masthead_id, fact.topic_id, fact.story_id
    )  # fmt: skip
    text = "\n\n".join([
        words["ask_text"], *(f"· {line}" for line in lines),
        f"{words['ask_button']}: {site.origin}/alerts/yes/{token}/", words["ask_why"],
        site.legal_line,
    ])  # fmt: skip
    sender, reply_to, _ = sender_of(site)
    subject = words["ask_subject"].format(site=site.name)
    mail = EmailMessage(
        subject, text, sender, [address], reply_to=[reply_to] if reply_to else None
    )  # fmt: skip
    return bool(mail.send())


def asked_of(token: str, *, at: datetime) -> Asked:
    """What a link asks, at `at` (aware UTC). Changes nothing.

    Raises:
        FollowRefused: it is none of ours, or older than a week.

    """
    try:
        person, minute, masthead_id, topic_id, story_id = links.numbers_of(YES, token)
        made = datetime.fromtimestamp(minute * MINUTE_S, UTC)
    except (TokenRefused, ValueError, OverflowError, OSError) as error:
        raise FollowRefused("The link is not one of ours, or was changed on its way.") from error
    if at >= made + YES_LIVES:
        raise FollowRefused("The link is older than a week.")
    return Asked(person, masthead_id, Subject(topic_id=topic_id, story_id=story_id))
