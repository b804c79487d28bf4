"""Draw every picture of the documentation anew, from a running demo: `make screenshots`.

    uv run python -m tools.docs_pictures --port 8000
    uv run python -m tools.docs_pictures --only began,foot   # those whose names begin so

Fronts, the page it began with element by element, and the foot of a story. Letters are not among
them: they come from the desk's preview of one letter.
"""

import argparse
import http.client
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools import screenshots

IMAGES = Path(__file__).parents[1] / "docs/images"
MOST_BYTES = 100_000
QUALITIES = (80, 65, 50)  # the first that is light enough
TITLES = ("musashi", "kinako", "slowrails", "tatami")
BOTH = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture at some widths and schemes: `name-width-scheme`, of a page or of a part of it."""

    name: str
    host: str
    path: str
    part: str = ""
    widths: tuple[int, ...] = (360, 1280)
    schemes: tuple[str, ...] = BOTH


# The story that is laid beside the saved page, element by element.
BEGAN = {
    "top": ".top", "picture": ".hero", "head": ".story-head", "body": ".story-body",
    "foot": ".story-foot", "offer": ".offer", "talk": ".story-talk", "mix": ".mix",
}  # fmt: skip


def shots(story: str, japanese: str) -> list[Shot]:
    """All pictures. `story` and `japanese` are paths of one story of each language."""
    return [
        *(Shot(f"{title}-front", title, "/") for title in TITLES),
        Shot("musashi-ja-front", "musashi-ja", "/", schemes=("light",)),
        *(
            Shot(f"began-{name}", "musashi", story, part, (800,), ("light",))
            for name, part in BEGAN.items()
        ),
        Shot("foot-offer", "musashi", story, ".offer"),
        Shot("foot-offer-ja", "musashi-ja", japanese, ".offer", schemes=("light",)),
        Shot("foot-mix", "musashi", story, ".mix"),
    ]


def main() -> int:
    """Draw them; return 1 if a page said anything on its console or scrolls sideways."""
    asked = argparse.ArgumentParser(description="Draw the documentation's pictures anew.")
    asked.add_argument("--port", type=int, default=8000, help="of the running demo")
    asked.add_argument("--out", type=Path, default=IMAGES)
    asked.add_argument("--only", default="", help="beginnings of names, with commas")
    wanted = asked.parse_args()
    story = _found("musashi", "title:gunners", wanted.port)
    japanese = _found("musashi-ja", "水里トンネル", wanted.port)
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=screenshots.CHROMIUM, args=["--no-sandbox"]
        )
        for shot in shots(story, japanese):
            if not shot.name.startswith(tuple(wanted.only.split(","))):
                continue
            for scheme in shot.schemes:
                for width in shot.widths:
                    said += _draw(browser, shot, width, scheme, wanted)
        browser.close()
    sys.stdout.writelines(f"{line}\n" for line in said)
    return bool(said)


def _found(host: str, words: str, port: int) -> str:
    """The path of the first story that a title's search finds for some words."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("GET", f"/search?{urlencode({'q': words})}", skip_host=True)
    connection.putheader("Host", f"{host}.localhost:{port}")  # a system may not know *.localhost
    connection.endheaders()
    page = connection.getresponse().read().decode()
    connection.close()
    found = re.search(r'href="(/[a-z]+/[-a-z0-9]+-[0-9]+)"', page)
    if found is None:
        raise SystemExit(f"{host} has no story about “{words}”.")
    return found[1]


def _draw(
    browser: Browser, shot: Shot, width: int, scheme: str, wanted: argparse.Namespace
) -> list[str]:
    url = f"http://{shot.host}.localhost:{wanted.port}{shot.path}"
    drawn = wanted.out / f"{shot.name}-{width}-{scheme}.webp"
    with tempfile.TemporaryDirectory() as folder:
        options = argparse.Namespace(
            out=Path(folder), full=False, part=shot.part, name=shot.name, format="png"
        )
        said = screenshots.photograph(browser, url, width, scheme, options)
        picture = Image.open(Path(folder) / f"{drawn.stem}.png")
        for quality in QUALITIES:
            picture.save(drawn, quality=quality, method=6)
            if drawn.stat().st_size <= MOST_BYTES:
                break
    return said


if __name__ == "__main__":
    sys.exit(main())
