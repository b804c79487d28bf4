"""A story's body for the public interface: each block as plain data, addresses absolute."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lxml import html as lxml_html

from dateline import markup
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.polls import queries as polls
from dateline.web.domain.api import moment
from dateline.web.templatetags.reading import safe_richtext


def blocks_of(site: Site, body: Any, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Each block of a StreamField value, its `type` and what it holds.

    One that this interface does not know is named and nothing more; a picture that may not be shown
    at `at`, aware UTC, is left out.
    """
    for block in body:
        write = WRITERS.get(block.block_type)
        content = write(site, block.value, at) if write else {}
        if content is not None:
            yield {"type": block.block_type, **content}


def picture(
    site: Site, shown: Any, *, at: datetime, caption: str = "", full: bool = False
) -> dict[str, Any] | None:
    """A picture as the interface tells of it; None where there is none or it may not be shown."""
    found = media.sources(shown, ratio="full" if full else "3:2", at=at)
    if found is None:
        return None
    return {
        "url": site.origin + found.src,
        "width": found.width,
        "height": found.height,
        "alt": found.alt,
        "caption": caption or found.caption,
        "credit": found.credit,
        "copyright": found.copyright_notice,
    }


def _text(site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {"html": _absolute(site, safe_richtext(value))}


def _heading(_site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {"text": str(value)}


def _picture(site: Site, value: Any, at: datetime) -> dict[str, Any] | None:
    found = picture(site, value["picture"], at=at, caption=value["caption"], full=True)
    return {"picture": found} if found else None


def _gallery(site: Site, value: Any, at: datetime) -> dict[str, Any] | None:
    told = (
        picture(site, one["picture"], at=at, caption=one["caption"], full=True)
        for one in value["pictures"]
    )
    shown = [one for one in told if one]
    return {"title": value["title"], "pictures": shown} if shown else None


def _quote(_site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {"text": value["text"], "speaker": value["speaker"]}


def _factbox(site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {"title": value["title"], "html": _absolute(site, safe_richtext(value["text"], 3))}


def _wire(site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {"html": _absolute(site, markup.clean(str(value), link_rel=markup.WIRE_LINKS))}


def _saying(_site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return _named(value, "text", "speaker", "about", "context", "source", "source_url")


def _event(_site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    ends = value["ends_at"]
    return {
        **_named(value, "name", "venue", "address", "price", "link"),
        "starts": moment(value["starts_at"]),
        "ends": moment(ends) if ends else None,
        "cancelled": bool(value["cancelled"]),
    }


def _paper(site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return {
        **_named(value, "paper", "headline", "link"),
        "date": value["date"].isoformat() if value["date"] else None,
        "html": _absolute(site, safe_richtext(value["summary"], 3)),
    }


def _sender(_site: Site, value: Any, _at: datetime) -> dict[str, Any]:
    return _named(value, "name", "contact", "link")


def _poll(_site: Site, value: Any, at: datetime) -> dict[str, Any] | None:
    """A question and its answers; how often each was given stands on the story's page."""
    if value is None:  # it was deleted
        return None
    shown = polls.shown(value, at=at)
    return {"question": shown.question, "answers": [answer.text for answer in shown.answers]}


def _named(value: Any, *names: str) -> dict[str, Any]:
    return {name: str(value[name] or "") for name in names}


def _absolute(site: Site, clean: str) -> str:
    """Clean HTML whose links lead somewhere from any other site too."""
    if "<a " not in clean:
        return clean
    root = lxml_html.fragment_fromstring(clean, create_parent="div")
    root.make_links_absolute(f"{site.origin}/")
    written: str = lxml_html.tostring(root, encoding="unicode")
    return written.removeprefix("<div>").removesuffix("</div>")


WRITERS: dict[str, Callable[[Site, Any, datetime], dict[str, Any] | None]] = {
    "text": _text,
    "heading": _heading,
    "picture": _picture,
    "gallery": _gallery,
    "quote": _quote,
    "factbox": _factbox,
    "wire": _wire,
    "saying": _saying,
    "event": _event,
    "paper": _paper,
    "sender": _sender,
    "poll": _poll,
}
