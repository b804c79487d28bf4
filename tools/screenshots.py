"""Photograph every kind of reader page of a running network, to be looked at by a person.

    uv run python tools/screenshots.py http://musashi.localhost:8000/ --out /tmp/shots
    uv run python tools/screenshots.py URL URL --widths 360,1280 --schemes light --full
    uv run python tools/screenshots.py URL --part .offer --name offer

`--part` photographs one element, scrolled to and filled; `--name` stands for host and path then.

Names are `<host>-<path>-<width>-<scheme>`. CHROMIUM names another browser than Debian's.
"""

import argparse
import os
import re
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
FETCH_ALL = """() => Promise.all([...document.images].map(image => {
    image.loading = 'eager';
    return image.decode().catch(() => undefined);
}))"""
SETTLED_MS = 1_000  # for what comes after the last answer
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def main() -> int:
    """Take the pictures; return 1 if a page said anything on its console."""
    asked = argparse.ArgumentParser(description="Photograph reader pages.")
    asked.add_argument("urls", nargs="+")
    asked.add_argument("--out", type=Path, default=Path("screenshots"))
    asked.add_argument("--widths", default=",".join(map(str, WIDTHS)))
    asked.add_argument("--schemes", default=",".join(SCHEMES))
    asked.add_argument("--full", action="store_true", help="the whole page, not the first screen")
    asked.add_argument("--part", default="", help="a selector: only its first element")
    asked.add_argument("--name", default="", help="instead of host and path")
    asked.add_argument("--format", choices=("png", "webp"), default="png")
    wanted = asked.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        said = [
            line
            for scheme in wanted.schemes.split(",")
            for width in map(int, wanted.widths.split(","))
            for url in wanted.urls
            for line in photograph(browser, url, width, scheme, wanted)
        ]
        browser.close()
    sys.stdout.writelines(f"{line}\n" for line in said)
    return bool(said)


def photograph(
    browser: Browser, url: str, width: int, scheme: str, wanted: argparse.Namespace
) -> list[str]:
    """Save one picture; return what the page said on its console and what overflowed."""
    context = browser.new_context(
        viewport={"width": width, "height": max(800, width * 5 // 8)},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of SCHEMES
        reduced_motion="reduce",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{url} {width} {scheme}: {message.text}"))
    page.goto(url, wait_until="load")
    if wanted.full:  # lazy pictures come when they are near
        page.evaluate(FETCH_ALL)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        said.append(f"{url} {width} {scheme}: the page is {wide} px wide and scrolls sideways")
    picture = Image.open(BytesIO(_taken(page, wanted)))
    name = f"{wanted.name}-{width}-{scheme}" if wanted.name else name_of(url, width, scheme)
    picture.save(wanted.out / f"{name}.{wanted.format}", quality=80)
    context.close()
    return said


def _taken(page: Page, wanted: argparse.Namespace) -> bytes:
    if not wanted.part:
        return page.screenshot(full_page=wanted.full)
    part = page.locator(wanted.part).first
    part.scroll_into_view_if_needed()  # what scripts put there comes when it is near
    page.wait_for_load_state("networkidle")
    page.evaluate(FETCH_ALL)
    page.wait_for_timeout(SETTLED_MS)
    return part.screenshot()


def name_of(url: str, width: int, scheme: str) -> str:
    """`musashi-world-1280-dark` for a page of musashi.localhost."""
    parts = urlsplit(url)
    path = re.sub(r"[^a-z0-9]+", "-", f"{parts.path}{parts.query}".lower()).strip("-") or "front"
    return f"{(parts.hostname or '').split('.')[0]}-{path[:40]}-{width}-{scheme}"


if __name__ == "__main__":
    sys.exit(main())
