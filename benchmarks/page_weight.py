"""How heavy each kind of page is before its pictures: bytes and requests of a first view.

Run: uv run python -m benchmarks.page_weight [--quick]

The demo network as `make demo` starts it, and Chromium with an empty cache for each page. Counted
is what crossed the wire, compressed, but for pictures: the page, sheets, fonts and scripts, until
nothing more is asked for. Beside it the page alone with gzip, and the scripts with gzip. `ratio` is
the heaviest first view of a story divided by the bar of 80,000 bytes; `pages` tells every page by
title and kind. The short form looks at one title.
"""

import argparse
import gzip
import json
import os
from typing import Any

from playwright.sync_api import Browser, Response, sync_playwright

from benchmarks.web import demo
from benchmarks.web.demo import Kind

BAR = 80_000
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
KINDS = {
    "front": "/", "section": "{section}", "story": "{story}", "versions": "{story}/versions",
    "comments": "{story}/comments/", "search": "/search?q=ferry", "topics": "/topics/",
    "archive": "/archive/", "corrections": "/corrections/", "most read": "/most-read/",
    "live": "/live/", "newsletters": "/newsletters/", "alerts": "/alerts/",
    "trending": "/trending/", "jobs": "/jobs/", "places": "/places/", "about": "/about/",
    "lite front": "/lite/", "lite section": "/lite{section}", "lite story": "/lite{story}",
}  # fmt: skip


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="One title only.")
    titles = list(demo.TITLES)[: 1 if parser.parse_args().quick else None]
    pages: dict[str, Any] = {}
    with demo.network() as port, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for title in titles:
            for page in demo.kinds(port, title, KINDS):
                pages[f"{title}, {page.kind}"] = weigh(browser, page)
        browser.close()
    print(json.dumps(_told(pages)))


def weigh(browser: Browser, page: Kind) -> dict[str, int]:
    """Bytes and requests of one page's first view, pictures left out."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    answers: list[Response] = []
    view = context.new_page()
    view.on("response", lambda answer, to=answers: to.append(answer))
    view.goto(page.url, wait_until="networkidle")
    counted = [a for a in answers if a.request.resource_type not in {"image", "manifest"}]
    sizes = [a.request.sizes()["responseBodySize"] for a in counted]
    scripts = [a.body() for a in counted if a.request.resource_type == "script"]
    html = answers[0].body()
    context.close()
    return {
        "bytes": sum(sizes),
        "requests": len(counted),
        "html_gz": len(gzip.compress(html)),
        "js_gz": sum(len(gzip.compress(script)) for script in scripts),
    }


def _told(pages: dict[str, Any]) -> dict[str, Any]:
    stories = [seen["bytes"] for name, seen in pages.items() if name.endswith(", story")]
    return {
        "name": "page_weight",
        "ratio": round(max(stories) / BAR, 3),
        "ours": max(stories),
        "reference": BAR,
        "unit": "bytes",
        "notes": "first view without pictures, compressed; ours is the heaviest story",
        "pages": pages,
    }


if __name__ == "__main__":
    main()
