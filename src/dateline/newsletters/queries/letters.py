"""An edition drawn as mail: HTML, plain text and headers, for each text that readers get."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import formataddr
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.template import loader

from dateline.mail.domain.addresses import domain_of
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.letter_look import look_of
from dateline.mail.queries.drawing import html_of
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.clicks import Kind
from dateline.newsletters.domain.doors import Doors, NameOf, Wish, straight
from dateline.newsletters.domain.edition_words import WEEKDAYS, is_japanese, words_for
from dateline.newsletters.domain.editions import Block, BlockKind, Content, Item, content_of
from dateline.newsletters.domain.links import CHOOSE, OUT
from dateline.newsletters.domain.segments import Variant
from dateline.newsletters.domain.texts import linked, tidied
from dateline.newsletters.queries import material
from dateline.promos.queries.mailing import MailOffer, offer_for_mail

BLANK = "\u034f\u00a0" * 60  # pushes what follows the preheader out of the list of mails
SEED = 0x9E3779B1  # spreads neighbouring numbers over the whole draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands around the stories of a letter; addresses are absolute, some with a slot.

    `to_…` are counted where the letter's links are, and `hidden` is what no person follows.
    """

    subject: str
    preheader: str
    blank: str
    number: str
    date: str
    why: str
    online: str
    archive: str
    out: str
    choose: str
    to_online: str
    to_archive: str
    to_front: str
    hidden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One item as the template draws it."""

    headline: str
    kicker: str
    standfirst: str
    url: str
    picture: str
    alt: str
    credit: str
    is_lead: bool
    is_first: bool


def envelope_of(newsletter: models.Newsletter) -> str:
    """Where bounces of a list's letters go: the sender's domain, so that SPF speaks for it."""
    return f"bounces@{domain_of(newsletter.sender_address)}"


def path_of(edition: models.Edition) -> str:
    """The address of an edition in the archive, on its masthead."""
    return f"/newsletters/{edition.newsletter.slug}/{edition.number}/"


def drawn(
    edition: models.Edition, wanted: Iterable[Variant], *, at: datetime, name_of: NameOf = straight
) -> dict[Variant, Letter]:
    """Draw these texts of an edition. `at` (aware UTC) is when it is sent: offers are drawn for it.

    Some milliseconds each. The edition's list must be loaded. `name_of` gives each link the name
    by which it is counted; without, links lead straight to where they lead.
    """
    site = material.home_of(edition.newsletter)
    content = content_of(edition.content)
    origins = {one.slug: one.origin for one in mastheads.all_mastheads()}
    doors = Doors(site.slug, origins, name_of)
    seed = (edition.pk or 0) * SEED % 2**32
    has_offer = any(block.kind == BlockKind.OFFER for block in content.blocks)
    offer = offer_for_mail(site, seed=seed, at=at) if has_offer else None
    return {
        one: _drawn(edition, one, one.of(content), site=site, doors=doors, offer=offer, at=at)
        for one in wanted
    }


def _drawn(
    edition: models.Edition, variant: Variant, content: Content, *, site: Site,
    doors: Doors, offer: MailOffer | None, at: datetime,
) -> Letter:  # fmt: skip
    newsletter = edition.newsletter
    look = look_of(site, is_japanese=is_japanese(newsletter.language))
    head = _head(edition, variant, site, doors, at=at)
    context = {
        "look": look, "d": look.light, "n": look.dark, "site": site,
        "language": newsletter.language, "words": variant.language,
        "w": words_for(variant.language), "head": head,
        "offer": _counted(offer, doors),
        "list": {"name": newsletter.name, "about": newsletter.about},
        "blocks": _blocks(content, doors, newsletter.language),
    }  # fmt: skip
    mjml = loader.render_to_string("newsletters/letter/letter.mjml", context)
    text = loader.render_to_string("newsletters/letter/letter.txt", context)
    sender = formataddr((newsletter.sender_name, newsletter.sender_address))
    return Letter(
        subject=head.subject, html=html_of(mjml), text=tidied(text), sender=sender,
        reply_to=newsletter.reply_to, headers=_headers(edition, site, head),
    )  # fmt: skip


def _head(
    edition: models.Edition, variant: Variant, site: Site, doors: Doors, *, at: datetime
) -> Head:
    newsletter, words = edition.newsletter, words_for(variant.language)
    base = f"{site.origin}/newsletters"
    online, archive = path_of(edition), f"/newsletters/{newsletter.slug}/"
    return Head(
        subject=edition.subject,
        preheader=edition.preheader,
        blank=BLANK,
        number=words_for(newsletter.language)["number"].format(edition.number),
        date=date_text(edition, at=at),
        why=words["why"].format(list=newsletter.name, site=site.name),
        online=f"{site.origin}{online}",
        archive=f"{site.origin}{archive}",
        out=f"{base}/out/⟦token:{OUT}⟧/",
        choose=f"{base}/choose/⟦token:{CHOOSE}⟧/",
        to_online=doors.to(Wish(Kind.ONLINE, site.slug, online)),
        to_archive=doors.to(Wish(Kind.ARCHIVE, site.slug, archive)),
        to_front=doors.to(Wish(Kind.FRONT, site.slug, "/")),
        hidden=doors.hidden(),
    )


def date_text(edition: models.Edition, *, at: datetime) -> str:
    """The day of an edition as its readers read it: its rhythm's, or that of `at`, aware UTC."""
    newsletter = edition.newsletter
    moment = edition.public_at or edition.due_at or at
    day = edition.day or moment.astimezone(ZoneInfo(newsletter.time_zone)).date()
    text = day.strftime(words_for(newsletter.language)["date"])
    return f"{text}({WEEKDAYS[day.weekday()]})" if is_japanese(newsletter.language) else text


def _headers(edition: models.Edition, site: Site, head: Head) -> dict[str, str]:
    """RFC 2919 and 2369, 8058 for one click, 5064 for the archive."""
    newsletter = edition.newsletter
    name = newsletter.slug.replace("_", "-")
    return {
        "List-Id": f"<{name}.newsletters.{site.host}>",
        "List-Unsubscribe": f"<{head.out}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{head.archive}>",
        "Archived-At": f"<{head.online}>",
    }


def _counted(offer: MailOffer | None, doors: Doors) -> MailOffer | None:
    """An offer whose link is one of the letter's."""
    if offer is None:
        return None
    straight_on = doors.straight(doors.home, offer.path)
    door = doors.to(Wish(Kind.OFFER, doors.home, offer.path, offer.headline))
    html, text = (one.replace(straight_on, door) for one in (offer.html, offer.text))
    return replace(offer, html=html, text=text)


def _blocks(content: Content, doors: Doors, language: str) -> list[dict[str, Any]]:
    found, had_lead = [], False
    for block in content.blocks:
        items: list[Shown] = []
        for place, item in enumerate(block.items):
            is_lead = not had_lead and block.kind != BlockKind.JOBS
            had_lead = had_lead or is_lead
            first = place == 0 or (place == 1 and bool(items) and items[0].is_lead)
            items.append(_shown(item, doors, is_lead=is_lead, is_first=first and not is_lead))
        found.append(_as_drawn(block, items, language))
    return found


def _as_drawn(block: Block, items: list[Shown], language: str) -> dict[str, Any]:
    """A block; one that begins with the lead has its title over what follows that."""
    words = words_for(language)
    own = block.kind in {BlockKind.TEXT, BlockKind.SECTION}
    title = block.title or ("" if own else words.get(block.kind, ""))
    leads = bool(items) and items[0].is_lead
    return {
        "kind": block.kind, "title": title, "items": items, "text": block.text,
        "shown_title": "" if leads else title,
        "paragraphs": [linked(part) for part in block.text.split("\n\n") if part.strip()],
    }  # fmt: skip


def _shown(item: Item, doors: Doors, *, is_lead: bool, is_first: bool) -> Shown:
    kind = Kind.STORY if item.story_id else Kind.JOB
    picture = doors.straight(item.site, item.picture) if item.picture else ""
    return Shown(
        headline=item.headline, kicker=item.kicker, standfirst=item.standfirst,
        url=doors.to(Wish(kind, item.site, item.path, item.headline, item.story_id)),
        picture=picture,
        alt=item.alt, credit=item.credit, is_lead=is_lead, is_first=is_first,
    )  # fmt: skip


def filled(one: Letter, slots: Mapping[str, str]) -> Letter:
    """The same with its slots filled in, for a look at it and for a test mail to oneself."""
    html, text, headers = one.html, one.text, dict(one.headers)
    for name, value in slots.items():
        html = html.replace(f"⟦{name}⟧", escape(value))
        text = text.replace(f"⟦{name}⟧", value)
        headers = {key: told.replace(f"⟦{name}⟧", value) for key, told in headers.items()}
    return Letter(
        subject=one.subject, html=html, text=text, sender=one.sender, reply_to=one.reply_to,
        headers=headers,
    )  # fmt: skip


def as_test(one: Letter) -> Letter:
    """The same for whoever makes it: its slots are filled, and its signed links lead nowhere."""
    slots = {f"token:{purpose}": "test" for purpose in (OUT, CHOOSE)}
    return filled(one, {**slots, "address": "", "number": "0", "name": ""})
