"""Search by tantivy, in a folder of this machine: one writer at a time, readers map its files."""

import re
from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from tantivy import Document as Stored
from tantivy import FieldType, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from dateline.search.adapters.generations import Generations
from dateline.search.domain import index
from dateline.search.domain.analyser import Phrase, version
from dateline.search.domain.index import (
    COUNTED,
    DEEPEST,
    Answer,
    EngineAway,
    Hit,
    Question,
    StoryDocuments,
    sorted_facets,
)
from dateline.search.domain.query import Clause, Field

WAIT_S = 10.0  # for another process that writes
SMALL, LARGE = 15_000_000, 400_000_000  # bytes a writer may take: for facts, for a rebuild
BATCH = 500  # stories between two commits of facts
VALUES = 1_000  # of one facet
NOTED = "analyser.version"
TIMED = "timed"  # the mark of the few documents that are not open all the time
WEIGHTS = {"title": 6.0, "by": 3.0, "text": 1.0}
_COLUMNS = {Field.TEXT: ("title", "by", "text"), Field.TITLE: ("title",), Field.BY: ("by",)}
_NUMBERS = ("place", "placement", "story", "published", "opens", "closes", "stamp")


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in _NUMBERS:
        builder.add_unsigned_field(name, fast=True, indexed=name in {"story", "place"})
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for kind in (*index.FACETS, index.MASTHEAD):
        builder.add_text_field(f"is_{kind}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()
_term = partial(Query.term_query, SCHEMA)


class TantivyEngine:
    """One folder, mapped by all processes of a machine; a writer is there only while it writes."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder)
        self._opened: tuple[Path, int, Index] | None = None

    def replace(self, stories: Iterable[StoryDocuments]) -> int:
        """Make these the only documents of each story; return of how many stories."""
        count, rest = 0, iter(stories)
        with self.generations.alone("write", wait_s=WAIT_S):
            while batch := list(islice(rest, BATCH)):
                opened = self._index()
                newest = _stamps(opened.searcher(), [story.story_id for story in batch])
                fresh = [s for s in batch if s.stamp >= newest.get(s.story_id, 0)]
                _write(opened, fresh)
                count += len(fresh)
        return count

    def ask(self, question: Question) -> Answer:
        """The hits of one page, how many there are, and by what they may be narrowed."""
        searcher, query = self._index().searcher(), _query(question)
        newest = searcher.search(query, limit=COUNTED + 1, order_by_field="place", count=False).hits
        more, newest = len(newest) > COUNTED, newest[:COUNTED]
        start, end = question.start, min(question.start + question.size, DEEPEST)
        if not newest or end <= start:
            return Answer((), len(newest), more)
        if question.order is index.Order.BEST and question.query.all_of:
            found = searcher.search(query, limit=end - start, offset=start, count=False).hits
        else:
            found = newest[start:end]
        counted = _all_of([query, _from(int(newest[-1][0]))]) if more else query
        return Answer(
            tuple(_hits(searcher, [address for _, address in found])),
            len(newest),
            more,
            _facets(searcher, counted),
        )

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents each of these words stands; those in none are left out."""
        searcher = self._index().searcher()
        found = {
            term: max(searcher.doc_freq(name, term) for name in WEIGHTS) for term in terms
        }  # fmt: skip
        return {term: count for term, count in found.items() if count}

    def rebuild(self, stories: Iterable[StoryDocuments]) -> int:
        """Make a new index in a folder beside the old one, and let that answer."""
        with self.generations.alone("rebuild", wait_s=0):
            fresh = self.generations.fresh()
            made = _made(fresh)
            writer = made.writer(heap_size=LARGE, num_threads=2)
            for story in stories:
                for stored in _stored(story):
                    writer.add_document(stored)
            writer.commit()
            writer.wait_merging_threads()
            self.generations.install(fresh)
        return self.count()

    def analyser(self) -> int:
        """Which version of the analyser made the index; 0 before it was noted."""
        self._index()
        path = self.generations.current()
        try:
            return int((path / NOTED).read_text()) if path else 0
        except (FileNotFoundError, ValueError):
            return 0

    def count(self) -> int:
        """How many documents there are."""
        searcher = self._index().searcher()
        return int(searcher.search(_term("state", "open"), limit=1).count)

    def _index(self) -> Index:
        """The index that answers now, as it was last written."""
        path = self.generations.current()
        if path is None:
            with self.generations.alone("first", wait_s=WAIT_S):
                path = self.generations.current()
                if path is None:
                    path = self.generations.fresh()
                    _made(path)
                    self.generations.install(path)
        try:
            written = (path / "meta.json").stat().st_mtime_ns
            if self._opened is None or self._opened[0] != path:
                self._opened = (path, written, Index.open(str(path)))
            elif self._opened[1] != written:
                self._opened[2].reload()
                self._opened = (path, written, self._opened[2])
        except (OSError, ValueError) as error:
            raise EngineAway(f"{path}: {error}") from error
        return self._opened[2]


def _made(path: Path) -> Index:
    path.mkdir(parents=True, exist_ok=True)
    (path / NOTED).write_text(str(version()))
    return Index(SCHEMA, path=str(path))


def _write(opened: Index, stories: Iterable[StoryDocuments]) -> None:
    writer = opened.writer(heap_size=SMALL, num_threads=1)
    for story in stories:
        writer.delete_documents_by_query(_term("story", story.story_id))
        for stored in _stored(story):
            writer.add_document(stored)
    writer.commit()
    writer.wait_merging_threads()
    opened.reload()


def _stored(story: StoryDocuments) -> Iterable[Stored]:
    """The documents of a story; of one without any the stamp alone stays behind."""
    if not story.documents:
        gone = {"state": "gone", "story": story.story_id, "stamp": story.stamp}
        yield Stored.from_dict(gone, SCHEMA)
    for one in story.documents:
        timed = one.opens != one.published or one.closes != index.ALWAYS
        kept: dict[str, Any] = {
            "state": ["open", TIMED] if timed else ["open"],
            "story": story.story_id, "stamp": story.stamp, "placement": one.placement_id,
            "place": one.place, "published": one.published, "opens": one.opens,
            "closes": one.closes, "title": " ".join(one.title), "by": " ".join(one.by),
            "text": " ".join(one.text),
        }  # fmt: skip
        for mark in one.marks:
            kept.setdefault(f"is_{mark[0]}", []).append(mark)
        yield Stored.from_dict(kept, SCHEMA)


def _stamps(searcher: Searcher, story_ids: list[int]) -> dict[int, int]:
    """The greatest stamp seen of each of these stories."""
    asked = Query.term_set_query(SCHEMA, "story", story_ids)
    found = [address for _, address in searcher.search(asked, limit=100_000, count=False).hits]
    stories = searcher.fast_field_values("story", found)
    newest: dict[int, int] = {}
    for story, stamp in zip(stories, searcher.fast_field_values("stamp", found), strict=True):
        newest[story] = max(newest.get(story, 0), stamp)
    return newest


def _hits(searcher: Searcher, addresses: list[Any]) -> Iterable[Hit]:
    columns = (
        searcher.fast_field_values(name, addresses) for name in ("placement", "story", "published")
    )
    return (Hit(*row) for row in zip(*columns, strict=True))


def _facets(searcher: Searcher, query: Query) -> dict[str, dict[str, int]]:
    asked = {k: {"terms": {"field": f"is_{k}", "size": VALUES}} for k in index.FACETS}
    found = searcher.aggregate(query, asked)
    return sorted_facets(
        {
            bucket["key"]: int(bucket["doc_count"])
            for facet in found.values()
            for bucket in facet["buckets"]
        }
    )


def _query(question: Question) -> Query:
    asked = [(Occur.Must, _silent(_term("state", "open")))]
    asked += [(Occur.Must, _silent(_any_of(list(map(_marked, group))))) for group in question.marks]
    asked += [(Occur.Must, _clause(clause)) for clause in question.query.all_of]
    asked += [(Occur.MustNot, _clause(clause)) for clause in question.query.none_of]
    if question.since is not None or question.until is not None:
        since = max(question.since or 0, 0) << 30
        until = (question.until << 30) - 1 if question.until is not None else None
        asked.append((Occur.Must, _silent(_range("place", since, until))))
    shut = _any_of([_range("opens", question.at + 1), _range("closes", 0, question.at)])
    asked.append((Occur.MustNot, _all_of([_term("state", TIMED), shut])))
    return Query.boolean_query(asked)


def _clause(clause: Clause) -> Query:
    columns = _COLUMNS[clause.field]
    ways = [
        _all_of(
            [
                _any_of([Query.boost_query(_phrase(name, one), WEIGHTS[name]) for name in columns])
                for one in way
            ]
        )
        for way in clause.any_of
    ]
    return _any_of(ways)


def _phrase(name: str, phrase: Phrase) -> Query:
    terms = phrase.terms
    if phrase.prefix:
        begun = f"{re.escape(terms[-1])}.*"
        if len(terms) == 1:
            return Query.regex_query(SCHEMA, name, begun)
        words: list[Any] = [*(re.escape(term) for term in terms[:-1]), begun]
        return Query.regex_phrase_query(SCHEMA, name, words)
    if len(terms) == 1:
        return _term(name, terms[0])
    return Query.phrase_query(SCHEMA, name, list(terms))


def _marked(mark: str) -> Query:
    return _term(f"is_{mark[0]}", mark)


def _range(name: str, low: int, high: int | None = None) -> Query:
    return Query.range_query(SCHEMA, name, FieldType.Unsigned, low, high)


def _from(place: int) -> Query:
    return _silent(_range("place", place))


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, one) for one in queries])


def _any_of(queries: list[Query]) -> Query:
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Should, one) for one in queries])
    )
