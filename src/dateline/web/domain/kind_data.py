"""What a story of each kind says of itself to machines (schema.org 30.0)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dateline import markup
from dateline.polls.domain.polls import ShownPoll
from dateline.stories.domain.live import Entry, LivePart

LONGEST = 1000  # characters of an entry's text: the rest is on the page
HEADLINE = 110  # as long as search engines show one
CONTEXT = "https://schema.org"


def live_blog(article: dict[str, Any], part: LivePart, *, url: str) -> dict[str, Any]:
    """A story's NewsArticle as LiveBlogPosting with the entries of its page.

    `url` is the story's absolute address. Withdrawn entries are left out.
    """
    shown = [entry for entry in part.entries if not entry.withdrawn_at]
    data = {**article, "@type": "LiveBlogPosting"}
    if part.started_at:
        data["coverageStartTime"] = _iso(part.started_at)
    if part.ended_at:
        data["coverageEndTime"] = _iso(part.ended_at)
    if part.changed_at:
        data["dateModified"] = max(article["dateModified"], _iso(part.changed_at))
    data["liveBlogUpdate"] = [_posting(entry, url=url) for entry in shown]
    return data


def _posting(entry: Entry, *, url: str) -> dict[str, Any]:
    text = markup.text_of(entry.text).strip()
    posting: dict[str, Any] = {
        "@type": "BlogPosting",
        "headline": (entry.headline or text)[:HEADLINE],
        "articleBody": text[:LONGEST],
        "datePublished": _iso(entry.at),
        "dateModified": _iso(entry.changed_at) if entry.changed_at else "",
        "author": {"@type": "Person", "name": entry.by},
        "url": f"{url}/live/{entry.id}",
    }
    if entry.note and entry.noted_at:
        posting["correction"] = {
            "@type": "CorrectionComment", "text": entry.note, "datePublished": _iso(entry.noted_at)
        }  # fmt: skip
    return {name: value for name, value in posting.items() if value}


def event(value: Mapping[str, Any], *, url: str, image: str) -> dict[str, Any]:
    """An event block as Event. `url` is its story's absolute address, `image` absolute or empty."""
    state = "EventCancelled" if value["cancelled"] else "EventScheduled"
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": value["name"],
        "startDate": _iso(value["starts_at"]),
        "endDate": _iso(value["ends_at"]) if value["ends_at"] else "",
        "eventStatus": f"{CONTEXT}/{state}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place", "name": value["venue"], "address": value["address"] or value["venue"]
        },
        "url": url,
        "sameAs": value["link"] or "",
        "image": [image] if image else "",
    }  # fmt: skip
    return {name: told for name, told in data.items() if told}


def saying(value: Mapping[str, Any]) -> dict[str, Any]:
    """A quote of the day as Quotation, for the article's `hasPart`."""
    data: dict[str, Any] = {
        "@type": "Quotation",
        "text": value["text"],
        "creator": {"@type": "Person", "name": value["speaker"]},
        "citation": value["source"],
        "url": value["source_url"],
    }
    return {name: told for name, told in data.items() if told}


def paper(value: Mapping[str, Any]) -> dict[str, Any]:
    """What another paper reports as a NewsArticle that the article is based on."""
    day: date | None = value["date"]
    data: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": value["headline"],
        "datePublished": day.isoformat() if day else "",
        "url": value["link"],
        "publisher": {"@type": "NewsMediaOrganization", "name": value["paper"]},
    }
    return {name: told for name, told in data.items() if told}


def question(poll: ShownPoll) -> dict[str, Any]:
    """A poll as Question, for the article's `hasPart`; counts are told once it has closed."""
    return {
        "@type": "Question",
        "name": poll.question,
        "text": poll.question,
        "suggestedAnswer": [
            {"@type": "Answer", "text": answer.text}
            | ({"upvoteCount": answer.votes} if poll.closed else {})
            for answer in poll.answers
        ],
    }


def with_parts(
    article: dict[str, Any], blocks: Iterable[tuple[str, Any]], polls: Mapping[int, ShownPoll]
) -> dict[str, Any]:
    """An article that says what else it holds. `blocks` are (type, value) in reading order."""
    listed = list(blocks)
    parts = [saying(value) for kind, value in listed if kind == "saying"]
    parts += [question(polls[value.pk]) for kind, value in listed if kind == "poll" and value]
    based = [paper(value) for kind, value in listed if kind == "paper"]
    senders = [
        {"@type": "Organization", "name": value["name"]}
        for kind, value in listed
        if kind == "sender"
    ]
    more = {"hasPart": parts, "isBasedOn": based, "sourceOrganization": senders}
    return article | {name: told for name, told in more.items() if told}


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
