"""What the styleguide shows beside cards: made-up contents for the parts that pages are made of."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from dateline.discussion.domain.rows import CommentRow
from dateline.discussion.domain.status import Door, Status
from dateline.mastheads.domain.site import Site
from dateline.promos.domain import words as promos
from dateline.promos.domain.kinds import Label
from dateline.stories.domain.live import Entry, KeyEvent, LivePart
from dateline.stories.domain.pages import Card, Page
from dateline.stories.queries.series import SeriesPlace, ShownSeries
from dateline.trending.domain.words import words_for as trending_words
from dateline.trending.queries.block import Block, Item
from dateline.web.domain.front import Row

NOBODY = UUID(int=0)
ROWS = (("picture", 5), ("list", 4), ("text", 4))


def parts(site: Site, card: Card, *, at: datetime) -> dict[str, Any]:
    """The page's further context: nothing of it is read from the database. `at` is aware UTC."""
    plain = replace(card, picture=None)
    return {
        "rows": [
            Row(name=f"A row: {style}", path=card.section_path, style=style, cards=(card,) * count)
            for style, count in ROWS
        ],
        "opinion": (replace(card, kind="opinion"), replace(plain, kind="opinion")),
        "latest": (card, replace(card, kind="press_release"), replace(card, corrected=True)),
        "live": _live(at),
        "series": SeriesPlace(ShownSeries(0, "Paperwork Week", "/", True, ""), 47, card, card),
        "page": Page((), number=2, has_next=True),
        "path": "/",
        "offer": _offer(site),
        "offer_words": promos.words_for(site.language),
        "mix": Block(_mixed(site, card), trending_words(site.language)),
        "comments": _comments(at),
        "thread": SimpleNamespace(door=SimpleNamespace(door=Door.OPEN), down_votes=True),
    }


def kind_blocks(at: datetime) -> list[tuple[str, Any]]:
    """The blocks that make a story of its kind, as (name, value) of a story's body."""
    return [
        ("saying", {"text": "Nobody ever missed the boat.", "speaker": "A harbour master",
                    "about": "of Minasato", "context": "On the last day", "source": "A letter"}),
        ("event", {"name": "Lantern night", "starts_at": at, "ends_at": at + timedelta(hours=3),
                   "venue": "Old Quay, pier 2", "price": "Free", "cancelled": False}),
        ("paper", {"paper": "A weekly", "date": at.date(), "headline": "The cat draws a pension",
                   "summary": "<p>The tax office, asked, is quoted as saying that it may.</p>"}),
        ("sender", {"name": "A company", "contact": "press@example.test"}),
    ]  # fmt: skip


def _live(at: datetime) -> LivePart:
    entry = Entry(
        id=1, version=1, headline="High water expected", text="<p>Ten centimetres lower.</p>",
        by="A reporter", at=at, changed_at=None, key_event=True, note="", noted_at=None,
        withdrawn_at=None, withdrawn_reason="",
    )  # fmt: skip
    corrected = replace(entry, id=2, key_event=False, note="We gave another pier.", noted_at=at)
    gone = replace(entry, id=3, key_event=False, withdrawn_at=at, withdrawn_reason="Not so.")
    return LivePart(  # ended: a going one asks for more
        started_at=at, ended_at=at, pinned=entry, begins=True, older=4,
        events=(KeyEvent(id=1, headline=entry.headline, at=at),), entries=(entry, corrected, gone),
    )  # fmt: skip


def _offer(site: Site) -> dict[str, Any]:
    label = promos.label_text(
        Label.HOUSE, language=site.language, advertiser="", masthead=site.name
    )
    return {
        "label": label, "kicker": "", "headline": "Two islands, one day, one ticket",
        "text": "The code gives the second passenger half the fare.", "code": "BOTHISLANDS",
        "cta": "", "picture": None,
    }  # fmt: skip


def _mixed(site: Site, card: Card) -> tuple[Item, ...]:
    item = Item(
        url="/", kicker=card.kicker, title=card.headline, site_name=site.name,
        language=card.language,
    )  # fmt: skip
    return (item, replace(item, corrected=True), replace(item, kind="opinion"), item)


def _comments(at: datetime) -> list[tuple[CommentRow, int]]:
    first = CommentRow(
        id=1, number=1, depth=0, answers=None, status=Status.VISIBLE, author_id=NOBODY,
        author="A reader", html="<p>I saw it from the bridge.</p>", created_at=at, score=(9, 1),
        featured=True,
    )  # fmt: skip
    answer = replace(
        first, id=2, number=2, depth=1, answers=1, featured=False, staff=True, edited_at=at
    )
    gone = CommentRow(
        id=3, number=3, depth=0, answers=None, status=Status.REMOVED, rule=1, created_at=at
    )
    return [(first, 0), (answer, 1), (gone, 0)]
