"""Template tags of stories of a kind: moments of entries and events, the poll of a block."""

from datetime import datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime

from dateline.edge import services as edge
from dateline.polls.domain.words import words_for
from dateline.stories.domain.pages import Card
from dateline.web.domain.moments import next_midnight

register = template.Library()


@register.simple_tag(takes_context=True)
def entry_moment(context: dict[str, Any], at: datetime) -> SafeString:
    """When an entry came: the time on its day, the day and the time after it."""
    w, now, zone = context["w"], context["now"], get_current_timezone()
    local = localtime(at, zone)
    text = format_date(local, w["time_format"])
    if local.date() == localtime(now, zone).date():
        edge.opens_at(next_midnight(now, zone))
    else:
        text = f"{format_date(local, w['short_date_format'])} {text}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.simple_tag(takes_context=True)
def label_word(context: dict[str, Any], card: Card) -> str:
    """What a reader must know of a story before reading it, as one word; empty for most."""
    key = "live_over" if card.kind == "live" and not card.live else card.kind
    word: str = context["w"].get(f"label_{key}", "")
    return word


@register.filter
def says_more_than(words: str, headline: str) -> bool:
    """Whether a quote says something that its headline, with or without marks, does not."""
    return _letters(words) != _letters(headline or "")


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


@register.filter
def span_to(ends_at: datetime | None, starts_at: datetime) -> str:
    """Whether an event that ends says so by `time`, by its `day`, or not at all (empty)."""
    if ends_at is None:
        return ""
    return "time" if localtime(ends_at).date() == localtime(starts_at).date() else "day"


@register.simple_tag(takes_context=True)
def time_of_day(context: dict[str, Any], at: datetime) -> SafeString:
    """The time of `at` alone, in the masthead's time zone."""
    local = localtime(at)
    text = format_date(local, context["w"]["time_format"])
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.filter
def of_poll(polls: Any, poll_id: int) -> Any:
    """The poll with this id among those of the page, or None."""
    return polls.get(poll_id) if polls else None


@register.filter
def filled(sentence: str, moment: SafeString) -> SafeString:
    """Put a moment, already HTML, where `{}` stands in one of the interface's words."""
    before, _, after = sentence.partition("{}")
    return format_html("{}{}{}", before, moment, after)


@register.simple_tag(takes_context=True)
def poll_words(context: dict[str, Any]) -> dict[str, str]:
    """The words around polls, in the masthead's language."""
    return words_for(context["site"].language)


@register.filter
def votes(number: int, p: dict[str, str]) -> str:
    """How many votes there are, in words."""
    word = {0: "votes_none", 1: "votes_one"}.get(number, "votes_many")
    return p[word].replace("{}", f"{number:,}")
