"""A small OpenSearch: what our adapter uses of its interface, evaluated as its documents say.

Query DSL: bool (filter, must, should, must_not), term, terms, range, prefix, match_phrase,
match_phrase_prefix on whitespace-analysed text; terms and filters aggregations; bulk with
external_gte versions; aliases. Scores are the sum of the boosts of what matched.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Cluster:
    """Indices and aliases in memory."""

    def __init__(self):
        self.indices = {}  # name → {"mapping": …, "documents": {id: (version, source or None)}}
        self.aliases = {}
        self.asked = []

    def named(self, name):
        return self.indices.get(self.aliases.get(name, name))

    def answer(self, method, path, body):
        """(status, answer) of one request."""
        path = path.partition("?")[0]
        self.asked.append((method, path))
        name, _, verb = path.strip("/").partition("/")
        special = {"_aliases": self.point, "_alias": self.behind}
        if name in special:
            return special[name](verb, body)
        if method == "PUT":
            self.indices[name] = {"mapping": json.loads(body), "documents": {}}
            return 200, {"acknowledged": True}
        found = self.named(name)
        if found is None:
            return 404, {"error": "index_not_found_exception"}
        if method == "DELETE":
            del self.indices[name]
            return 200, {"acknowledged": True}
        handlers = {
            "_search": self.search,
            "_bulk": self.bulk,
            "": lambda *_: (200, None),
            "_mapping": lambda found, _: (200, {name: found["mapping"]}),
        }
        return handlers[verb](found, body)

    def point(self, _, body):
        for action in json.loads(body)["actions"]:
            ((verb, what),) = action.items()
            if verb == "add":
                self.aliases[what["alias"]] = what["index"]
        return 200, {"acknowledged": True}

    def behind(self, alias, _):
        if alias not in self.aliases:
            return 404, {"error": "alias missing"}
        return 200, {self.aliases[alias]: {"aliases": {alias: {}}}}

    def bulk(self, found, body):
        lines = [json.loads(line) for line in body.decode().splitlines()]
        items = []
        while lines:
            ((verb, meta),) = lines.pop(0).items()
            source = lines.pop(0) if verb == "index" else None
            items.append({verb: self.store(found, meta, source)})
        return 200, {"items": items}

    @staticmethod
    def store(found, meta, source):
        unknown = set(source or ()) - set(found["mapping"]["mappings"]["properties"])
        if unknown:
            return {"status": 400, "error": f"strict_dynamic_mapping_exception {unknown}"}
        documents, named = found["documents"], meta["_id"]
        if meta["version"] < documents.get(named, (0, None))[0]:
            return {"status": 409}
        documents[named] = (meta["version"], source)
        return {"status": 200}

    @staticmethod
    def search(found, body):
        asked = json.loads(body)
        sources = [source for _, source in found["documents"].values() if source]
        query = asked.get("query", {"bool": {}})
        hits = [(score(query, source), source) for source in sources if matches(query, source)]
        for order in reversed(asked.get("sort", [])):
            if order == "_score":
                hits.sort(key=lambda hit: -hit[0])
            else:
                hits.sort(key=lambda hit: -hit[1]["place"])
        start = asked.get("from", 0)
        shown = [{"_source": source} for _, source in hits[start : start + asked["size"]]]
        aggregations = {
            name: aggregated(aggregation, [source for _, source in hits])
            for name, aggregation in asked.get("aggs", {}).items()
        }
        total = {"value": len(hits)}
        return 200, {"hits": {"total": total, "hits": shown}, "aggregations": aggregations}


def aggregated(aggregation, sources):
    if "filters" in aggregation:
        filters = aggregation["filters"]["filters"]
        counts = {key: sum(matches(one, s) for s in sources) for key, one in filters.items()}
        return {"buckets": {key: {"doc_count": count} for key, count in counts.items()}}
    field, counts = aggregation["terms"]["field"], {}
    for source in sources:
        for value in source.get(field, []):
            counts[value] = counts.get(value, 0) + 1
    return {"buckets": [{"key": key, "doc_count": count} for key, count in counts.items()]}


def matches(query, source):
    ((kind, what),) = query.items()
    if kind == "bool":
        needed = what.get("must", []) + what.get("filter", [])
        some = what.get("should", [])
        return (
            all(matches(one, source) for one in needed)
            and not any(matches(one, source) for one in what.get("must_not", []))
            and (not some or any(matches(one, source) for one in some))
        )
    ((field, asked),) = what.items()
    values = source.get(field)
    if kind == "range":
        return values is not None and within(asked, values)
    if kind == "terms":
        return values in asked
    return bool(values) and in_words(kind, asked, words_of(values))


def words_of(value):
    if isinstance(value, list):
        return value
    return value.split() if isinstance(value, str) else [value]


def in_words(kind, asked, words):
    if kind == "term":
        return asked["value"] in words
    if kind == "prefix":
        return any(word.startswith(asked["value"]) for word in words)
    *first, last = asked["query"].split()
    for at in range(len(words) - len(first)):
        end = words[at + len(first)]
        fits = end.startswith(last) if kind == "match_phrase_prefix" else end == last
        if fits and words[at : at + len(first)] == first:
            return True
    return False


def within(asked, value):
    tests = {
        "gte": value.__ge__, "gt": value.__gt__, "lte": value.__le__, "lt": value.__lt__,
    }  # fmt: skip
    return all(tests[name](bound) for name, bound in asked.items())


def score(query, source):
    """The sum of the boosts of every scoring leaf that matched."""
    ((kind, what),) = query.items()
    if kind == "bool":
        parts = what.get("must", []) + what.get("should", [])
        return sum(score(one, source) for one in parts if matches(one, source))
    ((_, asked),) = what.items()
    return asked.get("boost", 1.0) if isinstance(asked, dict) else 1.0


@contextmanager
def serving(cluster=None, prefix=None):
    """The address of a running stub. With `prefix` every request is answered with that instead."""
    held = cluster or Cluster()

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            held.headers = dict(self.headers)
            status, answer = prefix or held.answer(self.command, self.path, body)
            text = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args):
            pass

    for verb in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        setattr(Handler, f"do_{verb}", Handler.handle_one)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
