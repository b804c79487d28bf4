"""Search by SQLite's FTS5, in files of its own beside the database."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from dateline.search.adapters.generations import Generations
from dateline.search.domain.analyser import Phrase, version
from dateline.search.domain.index import (
    COUNTED,
    DEEPEST,
    RANKED,
    Answer,
    EngineAway,
    Hit,
    Order,
    Question,
    StoryDocuments,
    counted,
)
from dateline.search.domain.query import Clause, Field

TABLES = """
CREATE TABLE story (id INTEGER PRIMARY KEY, stamp INTEGER NOT NULL);
CREATE TABLE document (
  place INTEGER PRIMARY KEY, placement INTEGER NOT NULL, story INTEGER NOT NULL,
  published INTEGER NOT NULL, opens INTEGER NOT NULL, closes INTEGER NOT NULL, marks TEXT NOT NULL
);
CREATE INDEX document_story ON document (story);
CREATE VIRTUAL TABLE words USING fts5 (
  title, by, text, marks, content='', contentless_delete=1, tokenize='ascii'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""
WAIT_S = 20.0  # for another process that writes
LONGEST_S = 2.0  # a question that takes longer is given up
STEPS = 20_000  # of SQLite's machine between two looks at the clock
BATCH = 200  # stories in one transaction
_COLUMNS = {Field.TEXT: "{title by text}", Field.TITLE: "title", Field.BY: "by"}
LAST_PLACE = 2**62
# The order is that of the rows themselves, so the newest are read and nothing else.
NEWEST = """
SELECT words.rowid, d.placement, d.story, d.published, d.marks
FROM words JOIN document d ON d.place = words.rowid
WHERE words MATCH :match AND words.rowid >= :since AND words.rowid < :until
  AND d.opens <= :at AND d.closes > :at
ORDER BY words.rowid DESC LIMIT :most
"""
BEST = """
SELECT words.rowid, d.placement, d.story, d.published, d.marks
FROM words JOIN document d ON d.place = words.rowid
WHERE words MATCH :match AND words.rowid >= :since AND words.rowid < :until
  AND d.opens <= :at AND d.closes > :at
ORDER BY bm25(words, 6.0, 3.0, 1.0, 0.0), words.rowid DESC LIMIT :most OFFSET :start
"""


class SqliteEngine:
    """One file, read by all processes and written by one at a time (WAL)."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder)

    def replace(self, stories: Iterable[StoryDocuments]) -> int:
        """Make these the only documents of each story; return of how many stories."""
        with self._open() as connection:
            return _replace(connection, stories)

    def ask(self, question: Question) -> Answer:
        """The hits of one page, how many there are, and by what they may be narrowed."""
        values = {
            "match": expression(question), "at": question.at,
            "since": max(question.since or 0, 0) << 30,
            "until": (question.until << 30) if question.until is not None else LAST_PLACE,
        }  # fmt: skip
        with self._open(LONGEST_S) as connection:
            rows = connection.execute(NEWEST, {**values, "most": COUNTED + 1}).fetchall()
            more, rows = len(rows) > COUNTED, rows[:COUNTED]
            start, end = question.start, min(question.start + question.size, DEEPEST)
            if question.order is Order.BEST and rows:
                lowest = rows[min(len(rows), RANKED) - 1][0]
                asked = {**values, "since": lowest, "most": max(end - start, 0), "start": start}
                found = connection.execute(BEST, asked).fetchall()
            else:
                found = rows[start:end]
        hits = tuple(Hit(*row[1:4]) for row in found)
        return Answer(hits, len(rows), more, counted(row[4] for row in rows))

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents each of these words stands; those in none are left out."""
        asked = "SELECT doc FROM vocabulary WHERE term = ?"
        with self._open(LONGEST_S) as connection:
            rows = {term: connection.execute(asked, (term,)).fetchone() for term in terms}
        return {term: row[0] for term, row in rows.items() if row}

    def rebuild(self, stories: Iterable[StoryDocuments]) -> int:
        """Make a new index in a file beside the old one, and let that answer."""
        with self.generations.alone("rebuild", wait_s=0):
            fresh = self.generations.fresh()
            with _connected(fresh, new=True) as connection:
                _replace(connection, stories)
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")
                count = _count(connection)
            self.generations.install(fresh)
            return count

    def analyser(self) -> int:
        """Which version of the analyser made the index."""
        with self._open() as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])

    def count(self) -> int:
        """How many documents there are."""
        with self._open() as connection:
            return _count(connection)

    @contextmanager
    def _open(self, longest_s: float = 0) -> Iterator[sqlite3.Connection]:
        with _connected(self._path()) as connection:
            if longest_s:
                until = time.monotonic() + longest_s
                connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
            yield connection

    def _path(self) -> Path:
        path = self.generations.current()
        if path is None:
            with self.generations.alone("first", wait_s=WAIT_S):
                path = self.generations.current() or self.generations.fresh()
                if not path.exists():
                    with _connected(path, new=True):
                        self.generations.install(path)
        return path


@contextmanager
def _connected(path: Path, *, new: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to one index, which is laid where it is `new`."""
    mode = "rwc" if new else "rw"  # never an empty file in the place of one that was replaced
    try:
        with closing(
            sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT_S,
                isolation_level=None,
            )
        ) as connection:  # fmt: skip
            connection.execute("PRAGMA synchronous = NORMAL")  # what is lost is made again
            if new:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(TABLES)
                connection.execute(f"PRAGMA user_version = {version():d}")
            yield connection
    except sqlite3.Error as error:
        raise EngineAway(f"{path}: {error}") from error


def _replace(connection: sqlite3.Connection, stories: Iterable[StoryDocuments]) -> int:
    count, rest = 0, iter(stories)
    while batch := list(islice(rest, BATCH)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            count += sum(_replace_one(connection, story) for story in batch)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return count


def _replace_one(connection: sqlite3.Connection, story: StoryDocuments) -> bool:
    known = connection.execute(
        "INSERT INTO story (id, stamp) VALUES (?, ?) "
        "ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp WHERE stamp <= excluded.stamp",
        (story.story_id, story.stamp),
    )
    if not known.rowcount:
        return False
    gone = connection.execute(
        "DELETE FROM document WHERE story = ? RETURNING place", (story.story_id,)
    ).fetchall()
    connection.executemany("DELETE FROM words WHERE rowid = ?", gone)
    for one in story.documents:
        connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                one.place, one.placement_id, one.story_id, one.published, one.opens, one.closes,
                " ".join(one.marks),
            ),
        )  # fmt: skip
        fields = (one.title, one.by, one.text, one.marks)
        connection.execute(
            "INSERT INTO words (rowid, title, by, text, marks) VALUES (?, ?, ?, ?, ?)",
            (one.place, *(" ".join(words) for words in fields)),
        )
    return True


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])


def expression(question: Question) -> str:
    """A question in the language of FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax.

    Every word is quoted and comes from our analyser, so nothing a reader types is syntax.
    """
    wanted = [f"marks : ({' OR '.join(map(_quoted, group))})" for group in question.marks]
    wanted += [_clause(clause) for clause in question.query.all_of]
    unwanted = [_clause(clause) for clause in question.query.none_of]
    text = " AND ".join(wanted)
    return f"({text}) NOT ({' OR '.join(unwanted)})" if unwanted else text


def _clause(clause: Clause) -> str:
    columns = _COLUMNS[clause.field]
    ways = (
        "(" + " AND ".join(f"{columns} : {_phrase(one)}" for one in way) + ")"
        for way in clause.any_of
    )
    return f"({' OR '.join(ways)})"


def _phrase(phrase: Phrase) -> str:
    return _quoted(" ".join(phrase.terms)) + ("*" if phrase.prefix else "")


def _quoted(words: str) -> str:
    return f'"{words}"'
