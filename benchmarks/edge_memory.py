"""What 100,000 cached pages cost, and how long a purge of a tag on 10,000 of them takes.

Each page is a story of 45 KB as HTML, kept as brotli (9 KB) and gzip (11 KB), with 24 tags. The
purge is timed as an editor waits for it: the counters, and the record of who did it; then one
look by a reader's front at a page that carries the tag. Beside it: the same purge as a cache
without counters has to do it, page by page.

Run: python -m benchmarks.edge_memory [--quick] (10,000 pages, a tag on 1,000)
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from dateline.edge import keys, queries
from dateline.edge.adapters.ledger import Ledger, Purge
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
from dateline.edge.domain.verdict import Mode, Verdict, judge

PAGES, QUICK_PAGES = 100_000, 10_000
SHARE = 10  # one page in ten carries the purged tag
ROUNDS = 21
BROTLI_BYTES, GZIP_BYTES = 9_000, 11_000
LIMIT_MS = 10.0
TAG = "t:storm"
BODIES = {"br": os.urandom(BROTLI_BYTES), "gzip": os.urandom(GZIP_BYTES)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    pages = QUICK_PAGES if options.parse_args().quick else PAGES
    with tempfile.TemporaryDirectory(prefix="edge-memory-") as folder:
        result = measure(Path(folder), pages)
    print(json.dumps(result))


def measure(directory: Path, pages: int) -> dict[str, object]:
    before_kb = rss_kb()
    counters = queries.open_counters(directory)
    store = queries.open_store(directory, size_mb=pages // 20, release="1")
    began = time.perf_counter()
    for number in range(pages):
        assert store.put(key(number), page(number, counters.sequence())), number
    put_us = (time.perf_counter() - began) / pages * 1e6
    stats = store.stats()
    assert stats is not None
    assert stats.pages == pages
    purge_ms = sorted(one_purge(directory, counters) for _ in range(ROUNDS))
    wrong = sum(verdict(counters, store, number) is not expected(number) for number in range(2_000))
    assert wrong == 0, f"{wrong} pages were judged wrongly"
    rss_mb = (rss_kb() - before_kb) / 1024
    by_page_ms = delete_by_page(store, pages)
    store.close()
    print(f"{pages} pages: {put_us:.0f} us a put, file {stats.file_bytes / 1e6:.0f} MB")
    print(f"purge: median {statistics.median(purge_ms):.2f} ms, worst {purge_ms[-1]:.2f} ms")
    print(f"the same pages deleted one by one: {by_page_ms:.0f} ms")
    median = statistics.median(purge_ms)
    return {
        "name": "edge_memory",
        "ratio": round(LIMIT_MS / median, 2),
        "ours": round(median, 3),
        "reference": LIMIT_MS,
        "unit": "ms a purge",
        "notes": f"{pages} pages, the tag on {pages // SHARE}; ratio is the limit over ours",
        "bytes_per_page": stats.file_bytes // pages,
        "overhead_bytes": stats.file_bytes // pages - BROTLI_BYTES - GZIP_BYTES,
        "rss_mb": round(rss_mb, 1),
        "purge_worst_ms": round(purge_ms[-1], 3),
        "page_by_page_ms": round(by_page_ms, 1),
    }


def page(number: int, start: int) -> StoredPage:
    tags = [keys.story(number), keys.chrome(1), keys.network(), keys.release()]
    tags += [keys.card((number + other) % PAGES) for other in range(1, 18)]
    tags += [keys.list_of(1, number % 9), keys.picture(number)]
    tags += [TAG] if number % SHARE == 0 else [keys.topic("calm")]
    return StoredPage(
        host=b"musashi.localhost",
        path=b"/news/a-story-with-a-slug-of-some-length-%d/" % number,
        query=b"",
        status=200,
        headers=((b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-cache")),
        bodies=BODIES,
        etag=f"{number:016x}",
        stored_at=time.time(),
        made_ms=40.0,
        note=PageNote(start=start, hard=tuple(sorted(tags))),
    )


def key(number: int) -> bytes:
    path = b"/news/a-story-with-a-slug-of-some-length-%d/" % number
    return keys.page_key(b"musashi.localhost", path, b"")


def one_purge(directory: Path, counters: queries.Counters) -> float:
    """Milliseconds from the call to the moment that another look finds the page old."""
    watch = queries.Watch([TAG], ())
    start = counters.sequence()
    began = time.perf_counter()
    number = counters.purge([TAG], Mode.HARD)
    note = Purge(at=0.0, number=number, mode="hard", tags=(TAG,), tag_count=1, cause="benchmark")
    Ledger(directory).note(note)
    moved = counters.look(watch)
    took = (time.perf_counter() - began) * 1000
    assert moved.hard > start
    return took


def verdict(counters: queries.Counters, store: queries.PageStore, number: int) -> Verdict:
    found = store.get(key(number))
    assert found is not None
    watch = queries.Watch(found.note.hard, found.note.soft)
    return judge(found.held(), counters.look(watch), now=time.time())


def expected(number: int) -> Verdict:
    return Verdict.EXPIRED if number % SHARE == 0 else Verdict.HIT


def delete_by_page(store: queries.PageStore, pages: int) -> float:
    began = time.perf_counter()
    for number in range(0, pages, SHARE):
        assert store.delete(key(number))
    return (time.perf_counter() - began) * 1000


def rss_kb() -> int:
    """Resident memory of this process that is its own: without the mapped file's pages."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
