"""Stories of a kind of their own: live blogs that tick, polls, events, series and the rest."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from wagtail.rich_text import RichText

from dateline import clock
from dateline.demo import adapters
from dateline.demo.domain import wording
from dateline.demo.domain.content import duration
from dateline.demo.services import network
from dateline.mastheads.queries import by_slug
from dateline.polls import queries as polls
from dateline.polls import services as voting
from dateline.stories.domain.live import EntryWords
from dateline.stories.queries import live as entries
from dateline.stories.queries import reading
from dateline.stories.services import drafting, live, publishing
from dateline.stories.services.series import find_or_start

ZONE = ZoneInfo("Asia/Tokyo")
TICK = timedelta(seconds=75)  # between two entries of a live blog that goes on
BLOCKS = ("saying", "event", "sender", "paper", "poll")


@cache
def written() -> tuple[dict[str, Any], ...]:
    """The stories as they are written, read once."""
    return tuple(adapters.table("kinds")["story"])


@transaction.atomic
def make(*, at: datetime, drawn: Mapping[str, Any]) -> int:
    """Publish every story of a kind that is not there yet; return how many.

    `at` is the moment of the seeding, aware UTC; `drawn` are pictures by name.
    """
    wanted = [told for told in written() if reading.id_on(_home(told), told["slug"]) is None]
    for told in sorted(wanted, key=lambda one: -duration(one["ago"])):
        _bring(told, at=at, drawn=drawn)
    return len(wanted)


def _home(told: Mapping[str, Any]) -> str:
    return str(told["in"].partition("/")[0])


def _bring(told: Mapping[str, Any], *, at: datetime, drawn: Mapping[str, Any]) -> None:
    began = at - duration(told["ago"])
    language = "ja" if _home(told).endswith("-ja") else "en"
    ready = wording.told(at=began.astimezone(ZONE), language=language)
    by = told.get("by", ())
    story_id = drafting.draft_story(
        headline=ready(told["headline"]),
        places=_places(told),
        body=list(_body(told, at=at, ready=ready)),
        people=by,
        fields={
            "kind": told.get("kind", "article"),
            "short_headline": ready(told.get("short", "")),
            "standfirst": ready(told.get("standfirst", "")),
            "dateline": told.get("dateline", ""),
            "language": language,
            "lead_picture": drawn[told["picture"]] if "picture" in told else None,
            **series_of(told),
        },
    )
    author = adapters.table("people")[by[0]]["name"] if by else network.BY
    publishing.publish_story(story_id, by=str(author), at=began)
    for number, said in enumerate(told.get("entry", ())):
        _enter(story_id, said, number, at=began + duration(said["after"]), ready=ready)
    if "closed" in told:
        live.close_coverage(story_id, by=str(author), at=began + duration(told["closed"]))


def _places(told: Mapping[str, Any]) -> list[drafting.Place]:
    places = [place.strip().partition("/") for place in told["in"].split(",")]
    return [
        drafting.Place(
            masthead=masthead, section=section.rpartition("/")[2], slug=told["slug"],
            canonical=number == 0,
        )
        for number, (masthead, _, section) in enumerate(places)
    ]  # fmt: skip


def series_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a story that is part of a series, which is started where it is not there."""
    if "series" not in told:
        return {}
    (one,) = [one for one in adapters.table("kinds")["series"] if one["slug"] == told["series"]]
    site = by_slug(one["masthead"])
    if site is None:
        raise ValueError(f"The series {one['name']!r} names a masthead that is not there.")
    terms = {name: one[name] for name in ("slug", "name", "numbered", "about")}
    series_id = find_or_start(site.id, **terms, by=network.BY)
    return {"series_id": series_id, "series_number": told["number"]}


def _body(told: Mapping[str, Any], *, at: datetime, ready: Any) -> Iterator[tuple[str, Any]]:
    for name in BLOCKS[:3]:
        if name in told:
            yield name, _BLOCK[name](told[name], at=at, ready=ready)
    if text := told.get("text"):
        yield "text", "".join(f"<p>{wording.inline(ready(part))}</p>" for part in text)
    for name in BLOCKS[3:]:
        found = told.get(name, [])
        for one in found if isinstance(found, list) else [found]:
            yield name, _BLOCK[name](one, at=at, ready=ready)


def _saying(told: Mapping[str, str], *, at: datetime, ready: Any) -> dict[str, Any]:
    del at
    return {name: ready(words) for name, words in told.items()} | {"source_url": ""}


def _event(told: Mapping[str, Any], *, at: datetime, ready: Any) -> dict[str, Any]:
    day = (at.astimezone(ZONE) + timedelta(days=told["days"])).date()
    starts_at = datetime.combine(day, time(told["at"]), ZONE)
    texts = ("name", "venue", "address", "price")
    return {name: ready(told[name]) for name in texts} | {
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=told["hours"]),
        "link": told["link"], "cancelled": False,
    }  # fmt: skip


def _sender(told: Mapping[str, str], *, at: datetime, ready: Any) -> dict[str, Any]:
    del at, ready
    return {**told, "link": ""}


def _paper(told: Mapping[str, Any], *, at: datetime, ready: Any) -> dict[str, Any]:
    return {
        "paper": told["paper"], "headline": ready(told["headline"]), "link": "",
        "date": (at.astimezone(ZONE) - timedelta(days=told["days"])).date(),
        "summary": RichText(f"<p>{wording.inline(ready(told['summary']))}</p>"),
    }  # fmt: skip


def _poll(told: Mapping[str, Any], *, at: datetime, ready: Any) -> Any:
    """A poll in which as many have voted as the file says."""
    opened = at - timedelta(days=1)
    answers = [ready(text) for text in told["answers"]]
    number = voting.ask(
        ready(told["question"]), answers, opens_at=opened,
        closes_at=at + duration(told["open"]), by=network.BY, at=at,
    )  # fmt: skip
    poll, token = polls.poll(number), count()
    for answer, votes in zip(polls.shown(poll, at=at).answers, told["votes"], strict=True):
        voting.count_many(
            number, answer.id, at=at,
            voters=[voting.voter_of_browser(number, f"demo-{next(token)}") for _ in range(votes)],
        )  # fmt: skip
    return poll


_BLOCK: dict[str, Any] = {
    "saying": _saying, "event": _event, "sender": _sender, "paper": _paper, "poll": _poll,
}  # fmt: skip


def _enter(
    story_id: int, said: Mapping[str, Any], number: int, *, at: datetime, ready: Any
) -> None:
    """One entry as it is written, with what became of it."""
    text = f"<p>{wording.inline(ready(said['text']))}</p>"
    words = EntryWords(ready(said["headline"]), text, key_event=said.get("key", False))
    by = said["by"]
    key = uuid5(NAMESPACE_URL, f"demo:{story_id}:{number}")
    entry = live.post_entry(story_id, words, key=key, by=by, at=at)
    if said.get("pin"):
        live.pin_entry(entry, by=by, at=at)
    later = at + timedelta(minutes=6)
    if "note" in said:
        live.change_entry(entry, words, seen=1, note=ready(said["note"]), by=by, at=later)
    if "withdrawn" in said:
        live.withdraw_entry(entry, reason=ready(said["withdrawn"]), by=by, at=later)


def tick(*, at: datetime | None = None) -> int:
    """Post what comes next in each live blog that goes on; return 0: rest.

    Does nothing where the data folder holds no demo.
    """
    at = at or clock.now()
    if adapters.read_marker() is None:
        return 0
    for told in written():
        if "next" in told and (story_id := reading.id_on(_home(told), told["slug"])):
            _go_on(story_id, told, at=at)
    return 0


def _go_on(story_id: int, told: Mapping[str, Any], *, at: datetime) -> None:
    known = entries.on_desk(story_id, limit=1000)
    number = len(known)
    following = told["next"][number - len(told["entry"]) :][:1]
    story = entries.blog(story_id)
    closed = story is None or story.killed_at or story.coverage_ended_at
    if following and not closed and at - known[0].at >= TICK:
        _enter(story_id, following[0], number, at=at, ready=wording.with_quotes)
