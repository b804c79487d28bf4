"""Search by PostgreSQL: a tsvector of analysed words under a GIN index, in tables of its own."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction

from dateline.search.domain.analyser import Phrase, version
from dateline.search.domain.index import (
    COUNTED,
    DEEPEST,
    RANKED,
    Answer,
    Document,
    EngineAway,
    Hit,
    Order,
    Question,
    StoryDocuments,
    counted,
)
from dateline.search.domain.query import Clause, Field

Session = Callable[[], AbstractContextManager[Any]]

BATCH = 200  # stories in one transaction
LAST_POSITION = 16_383  # what PostgreSQL can say of where a word stands
LONGEST_MS = 2_000  # a question that takes longer is given up
LAST_PLACE = 2**62
TABLES = """
CREATE TABLE IF NOT EXISTS search_story{new} (id bigint PRIMARY KEY, stamp bigint NOT NULL);
CREATE TABLE IF NOT EXISTS search_document{new} (
  place bigint PRIMARY KEY, placement bigint NOT NULL, story bigint NOT NULL,
  published bigint NOT NULL, opens bigint NOT NULL, closes bigint NOT NULL,
  marks text NOT NULL, words tsvector NOT NULL
);
COMMENT ON TABLE search_document{new} IS '{version}';
"""
INDEXES = """
CREATE INDEX ON search_document{new} USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON search_document{new} (story);
"""
SWAP = """
DROP TABLE IF EXISTS search_story, search_document;
ALTER TABLE search_story_new RENAME TO search_story;
ALTER TABLE search_document_new RENAME TO search_document;
ALTER INDEX search_story_new_pkey RENAME TO search_story_pkey;
ALTER INDEX search_document_new_pkey RENAME TO search_document_pkey;
"""
SEEN = """
INSERT INTO search_story{new} (id, stamp) VALUES (%s, %s)
ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp
  WHERE search_story{new}.stamp <= excluded.stamp
RETURNING id
"""
ADD = """
INSERT INTO search_document{new} VALUES (%s, %s, %s, %s, %s, %s, %s, %s::tsvector)
"""
# `+ 0` keeps the planner from walking documents by place, each of which it must read: it does not
# count that cost, and goes that way for frequent words, and by any plan made before it saw a word.
NEWEST = """
SELECT place, placement, story, published, marks FROM search_document
WHERE words @@ %(match)s::tsquery AND place + 0 >= %(since)s AND place + 0 < %(until)s
  AND opens <= %(at)s AND closes > %(at)s
ORDER BY place + 0 DESC LIMIT %(most)s
"""
BEST = """
SELECT place, placement, story, published FROM search_document WHERE place = ANY(%(places)s)
ORDER BY ts_rank('{0.1, 0.2, 0.5, 1.0}', words, %(words)s::tsquery) DESC, place DESC
LIMIT %(most)s OFFSET %(start)s
"""
KNOWN = """
SELECT term, (SELECT count(*) FROM (
  SELECT 1 FROM search_document WHERE words @@ ('''' || term || '''')::tsquery LIMIT 1000
) AS found) FROM unnest(%s::text[]) AS term
"""
_WEIGHTS = {Field.TEXT: "", Field.TITLE: "A", Field.BY: "B"}


@contextmanager
def _of_django() -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


class PostgresEngine:
    """Two tables beside the newsroom's own, made by the engine: all in them can be made again.

    `session` gives a cursor in a transaction; it is Django's own connection where none is named.
    """

    name = "postgresql"

    def __init__(self, session: Session = _of_django) -> None:
        self.session = session
        self._laid = False

    def replace(self, stories: Iterable[StoryDocuments]) -> int:
        """Make these the only documents of each story; return of how many stories."""
        return self._write(stories, "")

    def ask(self, question: Question) -> Answer:
        """The hits of one page, how many there are, and by what they may be narrowed."""
        start, end = question.start, min(question.start + question.size, DEEPEST)
        with self._open(LONGEST_MS) as cursor:
            cursor.execute(NEWEST, values_of(question))
            rows = cursor.fetchall()
            more, rows = len(rows) > COUNTED, rows[:COUNTED]
            found = rows[start:end]
            ranking = " & ".join(map(_clause, question.query.all_of))
            if question.order is Order.BEST and rows and ranking:
                asked = {
                    "places": [row[0] for row in rows[:RANKED]], "words": ranking,
                    "most": max(end - start, 0), "start": start,
                }  # fmt: skip
                cursor.execute(BEST, asked)
                found = cursor.fetchall()
        hits = tuple(Hit(*row[1:4]) for row in found)
        return Answer(hits, len(rows), more, counted(row[4] for row in rows))

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents each of these words stands, 1,000 at most."""
        with self._open(LONGEST_MS) as cursor:
            cursor.execute(KNOWN, [list(terms)])
            return {term: count for term, count in cursor.fetchall() if count}

    def rebuild(self, stories: Iterable[StoryDocuments]) -> int:
        """Make new tables beside the old ones, and put them in their place."""
        with self._open() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_story_new, search_document_new")
            cursor.execute(TABLES.format(new="_new", version=version()))
        self._write(stories, "_new")
        with self._open() as cursor:
            cursor.execute(INDEXES.format(new="_new"))
            cursor.execute("ANALYZE search_document_new")
        with self._open() as cursor:
            cursor.execute(SWAP)
        with contextlib.suppress(EngineAway), self._open() as cursor:
            cursor.execute("ANALYZE search_document")
        return self.count()

    def count(self) -> int:
        """How many documents there are."""
        with self._open() as cursor:
            cursor.execute("SELECT count(*) FROM search_document")
            return int(cursor.fetchone()[0])

    def analyser(self) -> int:
        """Which version of the analyser made the index; 0 before it was noted."""
        with self._open() as cursor:
            cursor.execute("SELECT obj_description('search_document'::regclass, 'pg_class')")
            return int(cursor.fetchone()[0] or 0)

    def _write(self, stories: Iterable[StoryDocuments], new: str) -> int:
        count, rest = 0, iter(stories)
        while batch := list(islice(rest, BATCH)):
            with self._open() as cursor:
                count += sum(_replace_one(cursor, story, new) for story in batch)
        return count

    @contextmanager
    def _open(self, longest_ms: int = 0) -> Iterator[Any]:
        try:
            if not self._laid:
                self._lay()
            with self.session() as cursor:
                if longest_ms:
                    cursor.execute(f"SET LOCAL statement_timeout = {longest_ms:d}")
                yield cursor
        except (psycopg.Error, DatabaseError) as error:
            raise EngineAway(f"PostgreSQL: {error}") from error

    def _lay(self) -> None:
        with self.session() as cursor:
            cursor.execute("SELECT to_regclass('search_document')")
            if cursor.fetchone()[0] is None:
                cursor.execute(TABLES.format(new="", version=version()))
                cursor.execute(INDEXES.format(new=""))
        self._laid = True


def _replace_one(cursor: Any, story: StoryDocuments, new: str) -> bool:
    cursor.execute(SEEN.format(new=new), [story.story_id, story.stamp])
    if cursor.fetchone() is None:
        return False
    if not new:
        cursor.execute("DELETE FROM search_document WHERE story = %s", [story.story_id])
    if story.documents:
        cursor.executemany(ADD.format(new=new), [_row(one) for one in story.documents])
    return True


def _row(one: Document) -> tuple[Any, ...]:
    return (
        one.place, one.placement_id, one.story_id, one.published, one.opens, one.closes,
        " ".join(one.marks), vector(one),
    )  # fmt: skip


def vector(one: Document) -> str:
    """A document as PostgreSQL writes a tsvector: each word with its places, and the marks."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 1
    for weight, terms in (("A", one.title), ("B", one.by), ("", one.text)):
        for at, term in enumerate(terms, start):
            places[term].append(f"{min(at, LAST_POSITION)}{weight}")
        start += len(terms) + 1  # no phrase reaches from one part into the next
    words = [f"{_quoted(term)}:{','.join(found)}" for term, found in places.items()]
    return " ".join([*words, *(_quoted(f"={mark}") for mark in one.marks)])


def values_of(question: Question) -> dict[str, Any]:
    """What NEWEST needs to know of a question."""
    return {
        "match": expression(question), "at": question.at, "most": COUNTED + 1,
        "since": max(question.since or 0, 0) << 30,
        "until": (question.until << 30) if question.until is not None else LAST_PLACE,
    }  # fmt: skip


def expression(question: Question) -> str:
    """A question as a tsquery is written; every word is quoted, so nothing typed is syntax."""
    parts = [f"({' | '.join(_quoted(f'={m}') for m in group)})" for group in question.marks]
    parts += [_clause(clause) for clause in question.query.all_of]
    parts += [f"!{_clause(clause)}" for clause in question.query.none_of]
    return " & ".join(parts)


def _clause(clause: Clause) -> str:
    weight = _WEIGHTS[clause.field]
    ways = (
        "(" + " & ".join(_phrase(one, weight) for one in way) + ")" for way in clause.any_of
    )  # fmt: skip
    return f"({' | '.join(ways)})"


def _phrase(phrase: Phrase, weight: str) -> str:
    signs = [weight] * len(phrase.terms)
    if phrase.prefix:
        signs[-1] = f"*{weight}"
    words = (
        _quoted(term) + (f":{sign}" if sign else "")
        for term, sign in zip(phrase.terms, signs, strict=True)
    )
    return f"({' <-> '.join(words)})"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
