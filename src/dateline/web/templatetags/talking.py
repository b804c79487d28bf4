"""Template tags of the comments: names, votes, moments, what a moderator did."""

from datetime import datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from dateline.discussion.domain.rows import CommentRow
from dateline.discussion.domain.status import Status
from dateline.discussion.queries.people import UNNAMED
from dateline.web.domain import threads
from dateline.web.domain.sentences import in_language

register = template.Library()
lines = register.filter(threads.lines)
score_text = register.filter(threads.score_text)


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
