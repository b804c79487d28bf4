"""Mails to one subscriber: please confirm, you are on it already, welcome, another address.

Which of them a sign-up brings is decided here, in the worker: whoever typed the address learns
nothing from the page, nor from how long it took.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string

from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.kinds import Standing
from dateline.newsletters.domain.links import AGAIN, CONFIRM, MOVE, minute_of
from dateline.newsletters.domain.mail_words import mail_words_for
from dateline.newsletters.queries.holders import choose_token, out_token

PATH = "/newsletters/"
OLD, NEW = 0, 1  # which of two addresses a link asks


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a letter says: `own` are paragraphs of the list's editors, `out` leads off it."""

    title: str
    text: str
    about: list[models.Newsletter]
    own: list[str]
    button: str
    link: str
    why: str
    out: str
    out_word: str


def answer(subscriber_id: int, ids: Sequence[int], masthead_id: int, *, at: datetime) -> str:
    """Write to whoever owns an address that was typed; return `confirm`, `already` or nothing.

    An address that may not be written to at all gets nothing. One that is on every list hears so
    at most once a day. `at` (aware UTC) is when it was typed.
    """
    who = models.Subscriber.objects.filter(pk=subscriber_id).first()
    site = mastheads.by_id(masthead_id)
    if who is None or site is None or is_withheld(who.address):
        return ""
    rows = who.subscriptions.filter(newsletter_id__in=ids).select_related("newsletter")
    new = [row.newsletter for row in rows if row.standing != Standing.CONFIRMED]
    if new:
        _confirm(who, new, site, at=at)
        return "confirm"
    return _already(who, [row.newsletter for row in rows], site, at=at)


def _confirm(
    who: models.Subscriber, new: list[models.Newsletter], site: Site, *, at: datetime
) -> None:
    token = links.token_for(CONFIRM, who.pk, who.turn, minute_of(at), *(one.pk for one in new))
    _mail("confirm", who.address, new, site, link=f"{site.origin}{PATH}confirm/{token}/").send()
    who.subscriptions.filter(newsletter__in=new).update(mailed_at=at)


def _already(
    who: models.Subscriber, known: list[models.Newsletter], site: Site, *, at: datetime
) -> str:
    """Say so, once a day: the first who writes the moment down is the one who sends."""
    due = Q(told_at=None) | Q(told_at__lte=at - AGAIN)
    mine = models.Subscriber.objects.filter(pk=who.pk)
    if not known or not mine.filter(due).update(told_at=at):
        return ""
    link = f"{site.origin}{PATH}choose/{choose_token(who)}/"
    try:
        _mail("already", who.address, known, site, link=link).send()
    except OSError:  # smtplib's own errors are among them; the outbox tries again
        mine.update(told_at=who.told_at)
        raise
    return "already"


def welcome(
    newsletter_id: int, subscriber_id: int, masthead_id: int | None, *, at: datetime
) -> bool:
    """Send a list's welcome to somebody who is on it since `at` (aware UTC); say whether it left.

    A list without words of welcome sends none.
    """
    rows = models.Subscription.objects.filter(
        newsletter_id=newsletter_id, subscriber_id=subscriber_id,
        standing=Standing.CONFIRMED.value,
    )  # fmt: skip
    row = rows.select_related("newsletter", "subscriber").first()
    site = mastheads.by_id((row.newsletter.masthead_id if row else None) or masthead_id or 0)
    if row is None or site is None or not row.newsletter.welcome:
        return False
    who, newsletter = row.subscriber, row.newsletter
    w = mail_words_for(newsletter.language)
    day = at.astimezone(ZoneInfo(newsletter.time_zone)).strftime(w["day_format"])
    out = f"{site.origin}{PATH}out/{out_token(who, newsletter.pk)}/"
    mail = _mail(
        "welcome", who.address, [newsletter], site, out=out, day=day,
        link=f"{site.origin}{PATH}choose/{choose_token(who)}/",
    )  # fmt: skip
    mail.extra_headers |= {
        "List-Unsubscribe": f"<{out}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return bool(mail.send())


def ask_both(change_id: int, masthead_id: int) -> bool:
    """Ask the old and the new address of a subscriber whether letters may move."""
    rows = models.AddressChange.objects.filter(pk=change_id, done_at=None)
    change = rows.select_related("subscriber").first()
    site = mastheads.by_id(masthead_id)
    if change is None or site is None:
        return False
    who = change.subscriber
    for side, address in ((OLD, who.address), (NEW, change.address)):
        token = links.token_for(MOVE, change.pk, side, who.turn, minute_of(change.asked_at))
        _mail(
            "move", address, [], site, link=f"{site.origin}{PATH}move/{token}/",
            text="move_new" if side == NEW else "move_old", old=who.address, new=change.address,
        ).send()  # fmt: skip
    return True


def _mail(
    kind: str,
    to: str,
    about: list[models.Newsletter],
    site: Site,
    *,
    link: str,
    out: str = "",
    text: str = "",
    **said: str,
) -> EmailMultiAlternatives:
    """One letter, as text and as HTML; nothing in it was typed by whoever asked for it."""
    language = about[0].language if about else site.language
    w = mail_words_for(language)
    joined = w["between"].join(one.name for one in about)
    rhythm = about[0].rhythm if about else ""
    facts = {"title": site.name, "lists": joined, "rhythm": rhythm, **said}
    shown = _Shown(
        title=w[f"{kind}_title"].format(**facts),
        text=w[text or f"{kind}_text"].format(**facts),
        about=[] if kind == "welcome" else about,
        own=about[0].welcome.strip().split("\n\n") if kind == "welcome" else [],
        button=w[f"{kind}_button"],
        link=link,
        why=w[f"{kind}_why"].format(**facts),
        out=out,
        out_word=w["out"],
    )
    mail = EmailMultiAlternatives(
        " ".join(w[f"{kind}_subject"].format(**facts).split()),
        _text(shown), to=[to], headers={"Auto-Submitted": "auto-generated"}, **_sender(about),
    )  # fmt: skip
    given = {"site": site, "language": language, "said": shown}
    mail.attach_alternative(render_to_string("newsletters/mail/letter.html", given), "text/html")
    return mail


def _sender(about: list[models.Newsletter]) -> dict[str, Any]:
    """From whom it is: the first list's sender; the network's own where it is about none."""
    if not about:
        return {}
    sender = formataddr((about[0].sender_name, about[0].sender_address))
    return {"from_email": sender, "reply_to": [about[0].reply_to] if about[0].reply_to else None}


def _text(said: _Shown) -> str:
    names = [f"* {one.name}: {one.about}" for one in said.about]
    foot = f"-- \n{said.why}" + (f"\n{said.out_word}: {said.out}" if said.out else "")
    parts = [said.text, "\n".join(names), *said.own, f"{said.button}:\n{said.link}", foot]
    return "\n\n".join(part for part in parts if part) + "\n"
