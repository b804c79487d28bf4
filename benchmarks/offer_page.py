"""What an offer costs a page that stands in the cache: the origin nothing, the reader a script.

Run: uv run python -m benchmarks.offer_page [--quick]

A real `dateline serve` (front, one render process, worker), stories, one that carries no offer, a
campaign with the longest words that fit, and Chromium with an empty cache for each view. A reader
opens a story, scrolls to the offer, looks for longer than a second, and leaves. `origin_requests`
is how many of all requests of such a view reached a renderer: page, list, script, pictures and the
telling of what was seen. `script_gz_bytes` is the script as it was sent, `cls` the worst layout
shift of any view, on a telephone and on a desk. `ratio` is how long the page took to load without
an offer divided by how long it took with one; rounds alternate, medians. In the end, the worker
must have counted every view: `counted` is that of `looked_at`.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.edge import network, stage
from benchmarks.edge.stage import Server

STORIES = 5
VIEWS, QUICK_VIEWS = 60, 8
WIDTHS = (360, 1280)
LOOK_MS = 1_300
TELL_MS = 500
COUNT_S = 20.0
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
ARGUMENTS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", f"--user-agent={AGENT}",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]  # fmt: skip
WATCH = """window.moved = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.moved += one.value; })
    .observe({type: 'layout-shift', buffered: true});"""
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
FILLED = ".offer-box a[rel=sponsored]"
AT_ORIGIN = (
    "bypass",
    "miss",
    "collapsed",
)  # what the front calls a request that reached a renderer


@dataclass
class Seen:
    """What the views of one run brought. Times in ms."""

    with_offer: list[float] = field(default_factory=list)
    without: list[float] = field(default_factory=list)
    moved: float = 0.0
    requests: int = 0
    made: Counter[str] = field(default_factory=Counter)  # addresses that a renderer answered


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer views.")
    views = QUICK_VIEWS if parser.parse_args().quick else VIEWS
    with network.installation(STORIES) as addresses:
        _book(plain=addresses[0])
        with network.serving() as server:
            print(json.dumps(_measure(server, addresses, views)))


def _book(plain: str) -> None:
    """One campaign for every story but `plain`, approved and begun."""
    from datetime import UTC, datetime, timedelta

    from dateline.mastheads.models import Masthead
    from dateline.promos.domain.kinds import Slot
    from dateline.promos.services.running import move_on
    from dateline.stories.models import Story
    from tests.factories.promos import a_campaign, a_creative, a_manager

    Story.objects.filter(pk=int(plain.rpartition("-")[2])).update(sensitive=True)
    now = datetime.now(UTC)
    long = {"headline": "Wide words " * 6, "text": "Many more words of it " * 6, "cta": "W" * 22}
    a_campaign(
        a_manager(Masthead.objects.get()), at=now, first_day=(now - timedelta(days=1)).date(),
        last_day=(now + timedelta(days=2)).date(),
        creatives=(a_creative(slots=frozenset({Slot.BODY}), **long),),
    )  # fmt: skip
    move_on(at=now)


def _measure(server: Server, addresses: list[str], views: int) -> dict[str, object]:
    plain, rest = addresses[0], addresses[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for address in addresses:
            assert stage.get(server.port, address, Host=server.host)[0] == stage.OK
        for address in addresses:  # and what they bring: lists, threads, scripts
            _view(browser, server, address, WIDTHS[-1], Seen())
        warmed, before = _settled(len(rest)), _figures(server)
        seen = Seen()
        for number in range(views):
            width = WIDTHS[number % len(WIDTHS)]
            _view(browser, server, rest[number % len(rest)], width, seen)
            _view(browser, server, plain, width, seen)
        after = _figures(server)
        script = _script(server, rest[0])
        browser.close()
    counted = _settled(warmed + views) - warmed
    origin = sum(after[name] - before[name] for name in AT_ORIGIN)
    ours, reference = statistics.median(seen.with_offer), statistics.median(seen.without)
    return {
        "name": "offer_page",
        "ratio": round(reference / ours, 3),
        "ours": round(ours, 1),
        "reference": round(reference, 1),
        "unit": "ms until a cached page has loaded; the reference is a page without an offer",
        "origin_requests": round(origin / (2 * views), 3),
        "script_gz_bytes": script,
        "cls": round(seen.moved, 4),
        "looked_at": views,
        "counted": counted,
        "requests_a_view": round(seen.requests / (2 * views), 1),
        "at_origin": dict(seen.made),
        "renewed": after["renders"] - before["renders"],
        "notes": (
            f"{views} views with an offer and as many without, at {WIDTHS} px; `renewed` pages "
            "were made again behind readers' backs, as the lists beside them changed; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _view(browser: Browser, server: Server, address: str, width: int, seen: Seen) -> None:
    """Open, scroll, look, leave: a new reader with an empty cache."""
    context = browser.new_context(viewport={"width": width, "height": 800}, user_agent=AGENT)
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: Counter[str] = Counter()
    page.on("request", lambda request: asked.update([request.method]))
    page.on("response", lambda answer: _note(answer, seen))
    page.goto(f"http://{server.host}:{server.port}{address}")
    loaded = float(page.evaluate(LOADED))
    slot = page.locator("[data-offer]")
    if slot.count():
        _look(page)
        seen.with_offer.append(loaded)
    else:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(LOOK_MS)
        seen.without.append(loaded)
    seen.moved = max(seen.moved, float(page.evaluate("window.moved")))
    page.goto("about:blank")  # what was gathered is told now,
    page.wait_for_timeout(TELL_MS)  # by a request that dies with the context
    seen.requests += asked.total() - 1
    context.close()


def _note(answer: Response, seen: Seen) -> None:
    if "fwd=" in answer.headers.get("cache-status", ""):
        seen.made[urlsplit(answer.url).path] += 1


def _look(page: Page) -> None:
    page.locator("[data-offer]").scroll_into_view_if_needed()
    page.locator(FILLED).first.wait_for()
    page.locator(".offer-box").scroll_into_view_if_needed()
    page.wait_for_timeout(LOOK_MS)


def _figures(server: Server) -> dict[str, int]:
    """The front's counters."""
    time.sleep(1.5)  # each front writes its own once a second
    _, text, _ = stage.get(server.port, "/metrics")
    found = {}
    for name in (*AT_ORIGIN, "renders"):
        line = next(
            line
            for line in text.decode().splitlines()
            if line.startswith(f"dateline_front_{name}_total ")
        )
        found[name] = int(float(line.split()[1]))
    return found


def _script(server: Server, address: str) -> int:
    """How many bytes of the offers' script are sent."""
    _, page, _ = stage.get(server.port, address, Host=server.host)
    paths = [part.partition('"')[0] for part in page.decode().split('data-script="')[1:]]
    path = next(one for one in paths if "promos/offers" in one)
    status, body, fields = stage.get(
        server.port, path, Host=server.host, **{"Accept-Encoding": "gzip"}
    )
    assert (status, fields.get("content-encoding")) == (stage.OK, "gzip")
    return len(body)


def _settled(expected: int) -> int:
    """The count once it is as expected, or no more comes."""
    end = time.monotonic() + COUNT_S
    while (found := _counted()) < expected and time.monotonic() < end:
        time.sleep(0.5)
    return found


def _counted() -> int:
    """Views that the worker has counted; Django's own connection refuses beside Playwright."""
    import sqlite3

    path = Path(os.environ["DATELINE_DATA_DIR"]) / "dateline.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as database:
        found: Any = database.execute("SELECT COALESCE(SUM(viewable), 0) FROM promos_count")
        return int(found.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
