"""What Lighthouse says of each kind of page on a slow telephone.

Run: uv run python -m benchmarks.lighthouse [--quick]

The demo network as `make demo` starts it; Lighthouse 12.8.2 (npm, fetched into .tools at the first
run) in its mobile form, with Chromium: four times slower processor, 1.6 Mbit/s, 150 ms. Scores are
of 100; LCP and TBT in milliseconds. A page is asked once before, so that the page cache answers.
`ratio` is the lowest performance of any page divided by the bar of 95; `pages` tells all. The short
form looks at front and story of one title.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.web import demo
from benchmarks.web.demo import Kind

VERSION = "12.8.2"
BAR = 95
TOOLS = Path(__file__).resolve().parent.parent / ".tools" / "lighthouse"
BIN = Path(sys.executable).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
KINDS = {
    "front": "/", "section": "{section}", "story": "{story}", "search": "/search?q=ferry",
    "live": "/live/", "lite front": "/lite/", "lite story": "/lite{story}",
}  # fmt: skip
SHORT = ("front", "story")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Two pages of one title.")
    quick = parser.parse_args().quick
    wanted = {kind: path for kind, path in KINDS.items() if not quick or kind in SHORT}
    titles = list(demo.TITLES)[: 1 if quick else None]
    _install()
    pages: dict[str, Any] = {}
    with demo.network() as port:
        for title in titles:
            for page in demo.kinds(port, title, wanted):
                pages[f"{title}, {page.kind}"] = judged(page)
                sys.stderr.write(f"{page.url} {pages[f'{title}, {page.kind}']}\n")
    print(json.dumps(_told(pages)))


def _install() -> None:
    """Fetch Lighthouse once. It is no dependency of the checkout: only this file runs it."""
    if (TOOLS / "node_modules/lighthouse/package.json").exists():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    command = [BIN / "npm", "install", "--prefix", TOOLS, "--no-progress", f"lighthouse@{VERSION}"]
    subprocess.run(command, check=True, env=_environment(), stdout=sys.stderr)


def judged(page: Kind) -> dict[str, float]:
    """Scores and times of one page."""
    command = [
        BIN / "node", TOOLS / "node_modules/lighthouse/cli/index.js", page.url, "--quiet",
        "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, env=_environment(), text=True)
    report = json.loads(done.stdout)
    audits = report["audits"]
    return {
        **{name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        "lcp_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "tbt_ms": round(audits["total-blocking-time"]["numericValue"]),
        "cls": round(audits["cumulative-layout-shift"]["numericValue"], 4),
    }


def _environment() -> dict[str, str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "CHROME_PATH": CHROMIUM, "NODE_USE_SYSTEM_CA": "1"}


def _told(pages: dict[str, Any]) -> dict[str, Any]:
    lowest = min(seen["performance"] for seen in pages.values())
    return {
        "name": "lighthouse",
        "ratio": round(lowest / BAR, 3),
        "ours": lowest,
        "reference": BAR,
        "unit": "performance score, mobile",
        "notes": f"Lighthouse {VERSION}; the lowest of {len(pages)} pages",
        "pages": pages,
    }


if __name__ == "__main__":
    main()
