"""Saved searches as their readers see them, and their digests as mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template import loader

from dateline.alerts import models
from dateline.alerts.domain.by_mail import CHOOSE, OUT
from dateline.alerts.domain.search_words import search_words_for
from dateline.alerts.queries.senders import sender_of
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.letter_look import look_of
from dateline.mail.queries.drawing import html_of
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import searching

# What readers and newsrooms write is never a slot of a mail.
NO_SLOTS = str.maketrans("⟦⟧", "[]")


@dataclass(frozen=True, slots=True)
class Mine:
    """One search of a reader, on the page where they choose."""

    id: int
    masthead: str
    label: str
    url: str
    pace: str


@dataclass(frozen=True, slots=True)
class Told:
    """One story of a digest: from where and when, its headline, what it is about, its address."""

    label: str
    text: str
    about: str
    url: str
    language: str


def mine(person: int) -> list[Mine]:
    """The searches that somebody gets by mail, oldest first. One query beside the mastheads."""
    rows = models.SavedSearch.objects.filter(person=person).exclude(due_at=None).order_by("pk")
    sites = {site.id: site for site in mastheads.all_mastheads()}
    return [
        Mine(row.pk, site.name, row.label, site.origin + row.path, row.pace)
        for row in rows
        if (site := sites.get(row.masthead_id))
    ]


def zone_of(person: int) -> str:
    """The time zone in which somebody gets them, or "" where they have none."""
    rows = models.SavedSearch.objects.filter(person=person).exclude(due_at=None)
    return rows.order_by("-pk").values_list("time_zone", flat=True).first() or ""


def persons() -> list[int]:
    """Every subscriber who has asked for one, by their id."""
    return list(models.SavedSearch.objects.values_list("person", flat=True).distinct())


def saved(saved_id: int) -> models.SavedSearch | None:
    """One of them, or None where it is forgotten."""
    return models.SavedSearch.objects.filter(pk=saved_id).first()


def site_of(row: models.SavedSearch) -> Site:
    """The masthead that is searched."""
    return next(one for one in mastheads.all_mastheads() if one.id == row.masthead_id)


def listed(digest: models.SearchDigest, *, at: datetime) -> list[Card]:
    """The stories that a digest names and that may be sent at `at`, aware UTC, newest first."""
    ids = list(digest.hits.filter(listed=True).values_list("story_id", flat=True))
    return searching.still_found(site_of(digest.saved), ids, at=at, use=Use.NEWSLETTER)


def letter_of(digest: models.SearchDigest, cards: Sequence[Card]) -> Letter:
    """A digest as mail: HTML, plain text and headers. There must be one story at least."""
    row = digest.saved
    site = site_of(row)
    words = search_words_for(site.language)
    out = f"{site.origin}/newsletters/out/⟦token:{OUT}⟧/"
    look = look_of(site, is_japanese=site.language.startswith("ja"))
    label = row.label.translate(NO_SLOTS)
    more = max(digest.total - digest.hits.filter(listed=True).count(), 0)
    context: dict[str, Any] = {
        "site": site, "look": look, "d": look.light, "n": look.dark, "w": words,
        "subject": words["subject"].format(search=label, site=site.name), "search": label,
        "said": [_told(card, site, row.time_zone, words) for card in cards],
        "more": words["more"].format(more) if more else "", "all": site.origin + row.path,
        "why": words["why"].format(site=site.name, search=label), "out": out,
        "choose": f"{site.origin}/search/mail/choose/⟦token:{CHOOSE}⟧/",
    }  # fmt: skip
    sender, reply_to, _ = sender_of(site)
    return Letter(
        subject=context["subject"],
        html=html_of(loader.render_to_string("alerts/mail/search.mjml", context)),
        text=loader.render_to_string("alerts/mail/search.txt", context),
        sender=sender, reply_to=reply_to,
        headers={
            "List-Id": f"<search-{row.pk}.alerts.{site.host}>",
            "List-Unsubscribe": f"<{out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )  # fmt: skip


def _told(card: Card, site: Site, time_zone: str, words: Any) -> Told:
    moment = card.published_at.astimezone(ZoneInfo(time_zone))
    when = words["when"].format(moment, month=words["months"].split()[moment.month - 1])
    texts = (f"{card.kicker} · {when}", card.headline, card.standfirst)
    label, text, about = (one.translate(NO_SLOTS) for one in texts)
    return Told(label, text, about, site.origin + card.path, card.language)
