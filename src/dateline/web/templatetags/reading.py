"""Template tags of the reader pages: pictures, moments, safe HTML, structured data."""

import json
import re
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language
from wagtail.rich_text import RichText, expand_db_html

from dateline import markup
from dateline.edge import services as edge
from dateline.media import queries as media
from dateline.web.domain import words
from dateline.web.domain.moments import fresh_until, is_fresh

register = template.Library()
# JSON inside <script>: nothing in it may end the element or start a comment.
IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def sources(
    context: dict[str, Any], picture: Any, ratio: Any, sizes: str
) -> media.PictureSources | None:
    """How to draw `picture`, or None where there is none or it may not be shown now."""
    return media.sources(picture, ratio=ratio, sizes=sizes, at=context["now"])


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: datetime) -> SafeString:
    """`at` for a list: the time when it is fresh, else the day, in the masthead's time zone."""
    w, now, zone = context["w"], context["now"], get_current_timezone()
    fresh = is_fresh(at, now, zone)
    if fresh:
        edge.opens_at(fresh_until(at, now, zone))
    pattern = w["time_format" if fresh else "short_date_format"]
    return _in_short(at, zone, pattern, get_language())


@lru_cache(maxsize=8192)  # a front shows sixty moments, and the next front nearly the same
def _in_short(at: datetime, zone: tzinfo, pattern: str, language: str | None) -> SafeString:
    del language  # decides the names of months
    local = localtime(at, zone)
    text = format_date(local, pattern)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.simple_tag(takes_context=True)
def full_moment(context: dict[str, Any], at: datetime) -> SafeString:
    """`at` in full, with its zone."""
    return format_html('<time datetime="{}">{}</time>', *written_out(at, context["w"]))


def written_out(at: datetime, w: dict[str, str]) -> tuple[str, str]:
    """`at` in the current time zone: for machines (ISO 8601), and in full for people."""
    local = localtime(at)
    return local.isoformat(timespec="seconds"), format_date(local, w["moment_format"])


@register.filter
def safe_richtext(value: RichText | str, level: int = 2) -> SafeString:
    """Text from the desk's editor; cleaned again, since a draft may come from anywhere.

    `level` is that of its headings on the page, whatever they were in the editor.
    """
    source = value.source if isinstance(value, RichText) else str(value)
    html = _levelled(markup.clean(expand_db_html(source)), level)
    return mark_safe(html)  # noqa: S308 - markup.clean made it safe


@register.simple_tag(takes_context=True)
def wire_html(context: dict[str, Any], value: Any) -> SafeString:
    """Agency copy, cleaned; tables may be scrolled sideways, by keyboard too."""
    opening = f'<div class="scroll" role="group" tabindex="0" aria-label="{context["w"]["table"]}">'
    html = _levelled(markup.clean(str(value), link_rel=markup.WIRE_LINKS), 2)
    html = html.replace("<table", f"{opening}<table").replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - markup.clean made it safe; what was added is our own


def _levelled(html: str, level: int) -> str:
    """Clean HTML with all its headings at one level, so that none is skipped on the page."""
    return re.sub(r"<(/?)h[2-6]\b", rf"<\1h{level}", html)


@register.filter
def ld_json(data: Any) -> SafeString:
    """Structured data for a <script type="application/ld+json">, with nothing that could end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
    return mark_safe(text)  # noqa: S308 - no <, > or & is left


@register.filter
def fill(sentence: str, value: object) -> str:
    """Put `value` where `{}` stands in one of the interface's words."""
    return sentence.replace("{}", str(value))


@register.filter
def language_name(language: str) -> str:
    """A language by its own name."""
    return words.language_name(language)
