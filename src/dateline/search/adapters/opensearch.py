"""Search by OpenSearch over its JSON interface (https://docs.opensearch.org/), version 2 or later.

The words are analysed here; the server splits them at white space and does nothing else to them.
"""

import base64
import http.client
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from dateline.search.domain import index
from dateline.search.domain.analyser import Phrase, version
from dateline.search.domain.index import (
    COUNTED,
    DEEPEST,
    Answer,
    Document,
    EngineAway,
    Hit,
    Order,
    Question,
    StoryDocuments,
    sorted_facets,
)
from dateline.search.domain.query import Clause, Field

LONGEST_S = 5.0  # until the server must have answered
BATCH = 200  # stories in one request
VALUES = 1_000  # of one facet
MOST_PAIRS = 10_000  # words that may begin with one character
WEIGHTS = {"title": 6.0, "by": 3.0, "text": 1.0}
KINDS = (*index.FACETS, index.MASTHEAD)
NUMBERS = ("place", "placement", "story", "published", "opens", "closes")
_COLUMNS = {Field.TEXT: ("title", "by", "text"), Field.TITLE: ("title",), Field.BY: ("by",)}
_WORDS = {"type": "text", "analyzer": "whitespace"}
NOTED = "analyser"
MAPPING: dict[str, Any] = {
    "settings": {"index": {"gc_deletes": "1h"}},  # so long a deleted one remembers its version
    "mappings": {
        "dynamic": "strict",
        "_meta": {NOTED: version()},
        "_source": {"excludes": list(WEIGHTS)},
        "properties": {
            "state": {"type": "keyword"},
            **{name: {"type": "long"} for name in NUMBERS},
            **dict.fromkeys(WEIGHTS, _WORDS),
            **{f"is_{kind}": {"type": "keyword"} for kind in KINDS},
        },
    },
}
NOT_FOUND, CONFLICT, OK = 404, 409, 300


class OpenSearchEngine:
    """One alias on a server: `url` is `https://user:password@host:9200/alias`.

    A document's version is its story's stamp, so the server itself refuses what is older.
    """

    name = "opensearch"

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.alias = parts.path.strip("/")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or 9200
        self._headers = {"Content-Type": "application/json"}
        if parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self._headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"

    def replace(self, stories: Iterable[StoryDocuments]) -> int:
        """Make these the only documents of each story; return of how many stories."""
        if self._call("HEAD", f"/{self.alias}")[0] == NOT_FOUND:
            self._make(f"{self.alias}-1")
            self._point(f"{self.alias}-1", [])
        return self._write(self.alias, stories)

    def ask(self, question: Question) -> Answer:
        """The hits of one page, how many there are, and by what they may be narrowed."""
        size = max(min(question.size, DEEPEST - question.start), 0)
        newest: dict[str, Any] = {"place": "desc"}
        body = {
            "query": query(question),
            "from": min(question.start, DEEPEST),
            "size": size,
            "sort": ["_score", newest] if question.order is Order.BEST else [newest],
            "track_total_hits": COUNTED + 1,
            "_source": ["placement", "story", "published"],
            "aggs": {k: {"terms": {"field": f"is_{k}", "size": VALUES}} for k in index.FACETS},
        }
        found = self._found(body)
        total = int(found["hits"]["total"]["value"])
        sources = [hit["_source"] for hit in found["hits"]["hits"]]
        hits = tuple(Hit(s["placement"], s["story"], s["published"]) for s in sources)
        counts = {
            bucket["key"]: int(bucket["doc_count"])
            for facet in found["aggregations"].values()
            for bucket in facet["buckets"]
        }
        return Answer(hits, min(total, COUNTED), total > COUNTED, sorted_facets(counts))

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents each of these words stands; those in none are left out."""
        filters = {
            term: _any_of([{"term": {name: {"value": term}}} for name in WEIGHTS]) for term in terms
        }
        if not filters:
            return {}
        found = self._found({"size": 0, "aggs": {"known": {"filters": {"filters": filters}}}})
        buckets = found["aggregations"]["known"]["buckets"]
        return {term: b["doc_count"] for term, b in buckets.items() if b["doc_count"]}

    def rebuild(self, stories: Iterable[StoryDocuments]) -> int:
        """Make a new index beside the old one, and point the alias to it."""
        old = self._behind()
        numbers = [int(name.rpartition("-")[2]) for name in old]
        fresh = f"{self.alias}-{max(numbers, default=0) + 1}"
        self._call("DELETE", f"/{fresh}")  # what an earlier try left behind
        self._make(fresh)
        self._write(fresh, stories)
        self._point(fresh, old)
        for name in old:
            self._sure("DELETE", f"/{name}")
        return self.count()

    def analyser(self) -> int:
        """Which version of the analyser made the index; 0 before it was noted."""
        status, found = self._call("GET", f"/{self.alias}/_mapping")
        if status == NOT_FOUND:  # nothing was ever indexed
            return version()
        noted = [one["mappings"].get("_meta", {}) for one in _checked(status, found).values()]
        return min((int(one.get(NOTED, 0)) for one in noted), default=0)

    def count(self) -> int:
        """How many documents there are."""
        body = {
            "size": 0,
            "track_total_hits": True,
            "query": {"term": {"state": {"value": "open"}}},
        }
        return int(self._found(body)["hits"]["total"]["value"])

    def _found(self, body: dict[str, Any]) -> Any:
        status, found = self._call("POST", f"/{self.alias}/_search", body)
        if status == NOT_FOUND:  # nothing was ever indexed
            facets: dict[str, Any] = {k: {"buckets": []} for k in index.FACETS}
            known: dict[str, Any] = {"known": {"buckets": {}}}
            return {
                "hits": {"total": {"value": 0}, "hits": []}, "aggregations": {**facets, **known}
            }  # fmt: skip
        return _checked(status, found)

    def _write(self, name: str, stories: Iterable[StoryDocuments]) -> int:
        count, rest = 0, iter(stories)
        while batch := list(islice(rest, BATCH)):
            seen = self._bulk(name, [_seen(story) for story in batch])
            fresh = [story for story, new in zip(batch, seen, strict=True) if new]
            there = self._placements(name, [story.story_id for story in fresh])
            lines = [line for story in fresh for line in _lines(story, there)]
            self._bulk(name, lines)
            count += len(fresh)
        return count

    def _placements(self, name: str, story_ids: list[int]) -> dict[int, set[int]]:
        """Which placements of these stories have documents, by story."""
        body = {
            "size": 10_000,
            "_source": ["placement", "story"],
            "query": {
                "bool": {
                    "filter": [
                        {"terms": {"story": story_ids}}, {"term": {"state": {"value": "open"}}}
                    ]
                }
            },
        }  # fmt: skip
        found: dict[int, set[int]] = {}
        for hit in self._sure("POST", f"/{name}/_search", body)["hits"]["hits"]:
            found.setdefault(hit["_source"]["story"], set()).add(hit["_source"]["placement"])
        return found

    def _bulk(
        self, name: str, operations: list[tuple[dict[str, Any], dict[str, Any] | None]]
    ) -> list[bool]:
        """Run operations in order; which were not refused for their version."""
        if not operations:
            return []
        lines = [json.dumps(part) for pair in operations for part in pair if part is not None]
        text = "\n".join(lines) + "\n"
        answer = _checked(*self._send("POST", f"/{name}/_bulk?refresh=true", text.encode()))
        results = [next(iter(item.values())) for item in answer["items"]]
        for result in results:
            if result["status"] >= OK and result["status"] not in {CONFLICT, NOT_FOUND}:
                raise EngineAway(f"OpenSearch refused a document: {result.get('error')}")
        return [result["status"] != CONFLICT for result in results]

    def _behind(self) -> list[str]:
        status, found = self._call("GET", f"/_alias/{self.alias}")
        return [] if status == NOT_FOUND else sorted(_checked(status, found))

    def _make(self, name: str) -> None:
        self._sure("PUT", f"/{name}", MAPPING)

    def _point(self, name: str, old: list[str]) -> None:
        actions = [{"remove": {"index": one, "alias": self.alias}} for one in old]
        actions.append({"add": {"index": name, "alias": self.alias}})
        self._sure("POST", "/_aliases", {"actions": actions})

    def _sure(self, method: str, path: str, body: Any = None) -> Any:
        return _checked(*self._call(method, path, body))

    def _call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        return self._send(method, path, None if body is None else json.dumps(body).encode())

    def _send(self, method: str, path: str, body: bytes | None) -> tuple[int, Any]:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=LONGEST_S)
        try:
            connection.request(method, path, body, self._headers)
            response = connection.getresponse()
            text = response.read()
            return response.status, json.loads(text) if text else {}
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise EngineAway(f"OpenSearch at {self._host}:{self._port}: {error}") from error
        finally:
            connection.close()


def _checked(status: int, answer: Any) -> Any:
    if status >= OK:
        raise EngineAway(f"OpenSearch answered {status}: {answer.get('error')}")
    return answer


def _seen(story: StoryDocuments) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document that is not found by anybody and remembers the stamp of a story."""
    stored = {"state": "seen", "story": story.story_id}
    return _operation("index", f"story-{story.story_id}", story.stamp), stored


def _lines(
    story: StoryDocuments, there: dict[int, set[int]]
) -> Iterable[tuple[dict[str, Any], dict[str, Any] | None]]:
    kept = {one.placement_id for one in story.documents}
    for gone in sorted(there.get(story.story_id, set()) - kept):
        yield _operation("delete", str(gone), story.stamp), None
    for one in story.documents:
        yield _operation("index", str(one.placement_id), story.stamp), _stored(one)


def _operation(verb: str, named: str, version: int) -> dict[str, Any]:
    return {verb: {"_id": named, "version": version, "version_type": "external_gte"}}


def _stored(one: Document) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "state": "open", "place": one.place, "placement": one.placement_id, "story": one.story_id,
        "published": one.published, "opens": one.opens, "closes": one.closes,
        "title": " ".join(one.title), "by": " ".join(one.by), "text": " ".join(one.text),
    }  # fmt: skip
    for mark in one.marks:
        stored.setdefault(f"is_{mark[0]}", []).append(mark)
    return stored


def query(question: Question) -> dict[str, Any]:
    """A question in OpenSearch's query language: marks and moments filter, words also rank."""
    filters: list[dict[str, Any]] = [
        {"term": {"state": {"value": "open"}}},
        {"range": {"opens": {"lte": question.at}}},
        {"range": {"closes": {"gt": question.at}}},
        *(_any_of([{"term": {f"is_{m[0]}": {"value": m}}} for m in g]) for g in question.marks),
    ]
    if question.since is not None:
        filters.append({"range": {"published": {"gte": question.since}}})
    if question.until is not None:
        filters.append({"range": {"published": {"lt": question.until}}})
    return {
        "bool": {
            "filter": filters,
            "must": [_clause(clause) for clause in question.query.all_of],
            "must_not": [_clause(clause) for clause in question.query.none_of],
        }
    }


def _clause(clause: Clause) -> dict[str, Any]:
    columns = _COLUMNS[clause.field]
    return _any_of(
        [
            {"bool": {"must": [_any_of([_phrase(c, one) for c in columns]) for one in way]}}
            for way in clause.any_of
        ]
    )


def _phrase(name: str, phrase: Phrase) -> dict[str, Any]:
    boost, terms = WEIGHTS[name], phrase.terms
    if len(terms) == 1:
        return {"prefix" if phrase.prefix else "term": {name: {"value": terms[0], "boost": boost}}}
    words: dict[str, Any] = {"query": " ".join(terms), "boost": boost}
    if phrase.prefix:
        return {"match_phrase_prefix": {name: {**words, "max_expansions": MOST_PAIRS}}}
    return {"match_phrase": {name: words}}


def _any_of(queries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": queries, "minimum_should_match": 1}}
