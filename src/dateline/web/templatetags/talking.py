"""Template tags of the comments: names, votes, moments, what a moderator did."""

from dataclasses import replace
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template import loader
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime

from dateline.discussion.domain.rows import CommentRow
from dateline.discussion.domain.status import Status
from dateline.discussion.queries.people import UNNAMED
from dateline.web.domain import threads
from dateline.web.domain.sentences import in_language
from dateline.web.domain.words import words_for

DRAWN = 2_000  # comments that are kept as they were last drawn: 3 KB each

register = template.Library()
lines = register.filter(threads.lines)
score_text = register.filter(threads.score_text)


@register.simple_tag(takes_context=True)
def comment_line(context: dict[str, Any], row: CommentRow, step: int) -> SafeString:
    """One comment. For everybody's page it is drawn once for as long as it reads the same.

    A thread is drawn again for each comment and vote; all others on its page are as they were.
    """
    thread, mine = context["thread"], context.get("mine")
    place = Place(
        step, context["card"].path, thread.door.door, thread.down_votes,
        context["site"].language, get_current_timezone(),
    )  # fmt: skip
    if mine:
        return _draw(row, place, mine)
    return _drawn(replace(row, more=0, more_after=""), place)


class Place(NamedTuple):
    """All that decides how a comment is drawn beside itself. The time zone is the current one."""

    step: int
    path: str
    door: str
    down_votes: bool
    language: str
    zone: tzinfo


@lru_cache(maxsize=DRAWN)
def _drawn(row: CommentRow, place: Place) -> SafeString:
    return _draw(row, place, None)


def _draw(row: CommentRow, place: Place, mine: Any) -> SafeString:
    html = loader.get_template("web/parts/comment.html").render(
        {
            "row": row, "step": place.step, "mine": mine, "card": {"path": place.path},
            "thread": {"door": {"door": place.door}, "down_votes": place.down_votes},
            "w": words_for(place.language),
        }
    )  # fmt: skip
    return SafeString(html)


@register.simple_tag(takes_context=True)
def written(context: dict[str, Any], at: datetime) -> SafeString:
    """When a comment was posted, in the masthead's time zone."""
    local = localtime(at)
    text = format_date(local, context["w"]["comment_format"])
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.filter
def author_name(row: CommentRow, w: dict[str, str]) -> str:
    """Who wrote a comment, where nobody is named in the masthead's language."""
    if row.author_id is None:
        return w["former_member"]
    return w["unnamed_member"] if row.author == UNNAMED else row.author


@register.filter
def tombstone(row: CommentRow, w: dict[str, str]) -> str:
    """Why only the place of a comment is left, with the house rule where one was broken."""
    if row.status is Status.REMOVED and row.rule:
        return house_rule(row.rule, w)
    return w[f"tombstone_{row.status}"]


@register.filter
def house_rule(number: int, w: dict[str, str]) -> str:
    """That a moderator removed a comment, and by which rule."""
    return f"{w['tombstone_rule'].replace('{}', str(number))} {w[f'rule_{number}']}"


@register.filter
def counted(number: int, w: dict[str, str]) -> str:
    """How many comments there are, in words."""
    return _of_number(number, w, "comments_none", "comments_one", "comments_many")


@register.filter
def of_story(talked: Any, story_id: int) -> int:
    """How many comments a story of a list has; none where the list does not show it."""
    return int(talked.get(story_id, 0)) if talked else 0


@register.filter
def more_replies(number: int, w: dict[str, str]) -> str:
    """That there are more replies, in words."""
    return _of_number(number, w, "", "more_replies_one", "more_replies")


def _of_number(number: int, w: dict[str, str], none: str, one: str, many: str) -> str:
    word = {0: none, 1: one}.get(number, many)
    return w[word].replace("{}", f"{number:,}")


@register.filter
def said_in(sentence: str, language: str) -> str:
    """A sentence of the discussion room in the masthead's language."""
    return in_language(sentence, language)


@register.filter
def vote_of(mine: Any, comment_id: int) -> int:
    """What a reader thinks of a comment: -1, 0 or +1."""
    return int(mine.votes.get(comment_id, 0)) if mine else 0


@register.simple_tag(takes_context=True)
def provider_text(context: dict[str, Any], provider: str) -> str:
    """What logging in with an account of somebody else brings with it."""
    words: str = context["w"]["provider_text"]
    return words.format(provider=provider, title=context["site"].name)
