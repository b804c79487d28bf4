"""The gold set: stories, queries and what a person expects of each, as documents and questions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from dateline.search.domain import index
from dateline.search.domain.index import Document, Question, StoryDocuments, joined, mark
from dateline.search.domain.query import parse

GOLD = Path(__file__).parent / "gold"
MASTHEAD = 7
NOW = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Told:
    """One story of the corpus as it is written down."""

    key: str
    language: str
    kind: str
    section: str
    published: datetime
    by: str
    corrected: bool
    headline: str
    text: str


@cache
def corpus():
    """Every story, in the order of the file."""
    told, head = [], None
    lines = (GOLD / "corpus.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("@ "):
            head, words = [part.strip() for part in line[2:].split("|")], []
        elif head and not line.startswith("#"):
            words.append(line)
            if len(words) == 2:
                key, language, kind, section, day, by, corrected = head
                at = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
                told.append(Told(key, language, kind, section, at, by, bool(corrected), *words))
    return told


def queries():
    """(what is typed, keys of the stories that are meant)."""
    lines = (GOLD / "queries.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.rpartition("=>") for line in lines if line and not line.startswith("#"))
    return [(typed.strip(), frozenset(keys.split())) for typed, _, keys in pairs]


def documents():
    """The corpus as an engine takes it; ids count from 1 in the order of the file."""
    return [_story(number, told) for number, told in enumerate(corpus(), start=1)]


def _story(number, told):
    published = int(told.published.timestamp())
    marks = [
        mark(index.MASTHEAD, MASTHEAD),
        mark(index.SECTION, told.section),
        mark(index.MONTH, index.month_of(told.published)),
        mark(index.AUTHOR, told.by),
        mark(index.KIND, told.kind),
        mark(index.LANGUAGE, told.language),
        *([mark(index.CORRECTED, 1)] if told.corrected else []),
    ]
    one = Document(
        placement_id=number, story_id=number, published=published, opens=published,
        closes=index.ALWAYS, title=joined([told.headline]), by=joined([told.by]),
        text=joined([told.text]), marks=tuple(marks),
    )  # fmt: skip
    return StoryDocuments(number, 1, (one,))


def question(typed, **changes):
    """What is asked of an engine where a reader of the corpus types this."""
    query = parse(typed)
    marks = [(mark(index.MASTHEAD, MASTHEAD),)]
    if query.section:
        marks.append((mark(index.SECTION, query.section),))
    day = timedelta(days=1)
    return Question(
        **{
            "query": query, "marks": tuple(marks), "at": NOW, "size": 100,
            "since": query.since and _midnight(query.since),
            "until": query.until and _midnight(query.until + day),
            **changes,
        }
    )  # fmt: skip


def _midnight(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def keys(answer):
    """Which stories of the corpus an answer names."""
    told = corpus()
    return {told[hit.story_id - 1].key for hit in answer.hits}
