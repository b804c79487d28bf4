"""Every kind of page breaks no rule of axe-core, in each language, by day and by night.

Within `make test` each kind is looked at once: in English by day or in Japanese by night, full or
empty, in turn. Under `--soak` every page is, in both schemes.
"""

import itertools
import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import axe
from tests.web.matrix.newspaper import STATES
from tests.web.matrix.served import AXE, served

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# Its rules need no sheet or film to be fetched once more; nobody reads where else an element is.
OPTIONS = {**axe.OPTIONS, "preload": False, "elementRef": False}
TURN = {"en": "light", "ja": "dark"}
FRAME = ["header.top", "body > footer"]  # the same on all pages of a title: looked at on a few

pytestmark = [
    pytest.mark.journey,
    pytest.mark.soak,
    pytest.mark.skipif(
        not (CHROMIUM.exists() and axe.AXE.exists()), reason="needs Chromium, and axe from `npm ci`"
    ),
]


def test_no_page_breaks_a_rule(drawn, tab, address, soaking):
    chosen = everything(drawn) if soaking else in_turn(drawn)

    problems = []
    for page, schemes, whole in chosen:
        tab.goto(address(page))
        tab.add_script_tag(url=AXE)
        problems += [(page.name, *one) for scheme in schemes for one in broken(tab, scheme, whole)]
    assert problems == []


def test_the_part_has_each_kind_once_and_all_turns(drawn):
    part = in_turn(drawn)

    assert [page.kind for page, *_ in part] == list(
        dict.fromkeys(page.kind for page in drawn.pages.values())
    )
    turns = {(page.language, page.state, schemes) for page, schemes, _ in part}
    assert turns == {(language, state, (TURN[language],)) for language in TURN for state in STATES}


def everything(drawn):
    """(page, schemes, whether with its frame) of all pages."""
    return [(page, axe.SCHEMES, True) for page in drawn.pages.values()]


def in_turn(drawn):
    """The same of a part of them: one page of each kind, in each language, full and empty in turn."""
    found, framed = [], set()
    kinds = list(dict.fromkeys(page.kind for page in drawn.pages.values()))
    turns = itertools.cycle([(language, state) for state in STATES for language in TURN])
    for kind, (language, state) in zip(kinds, turns, strict=False):
        of_kind = [page for page in drawn.pages.values() if page.kind == kind]
        wanted = {"language": language, "state": state}
        page = max(of_kind, key=lambda page: sum(getattr(page, k) == v for k, v in wanted.items()))
        found.append((page, (TURN[page.language],), page.host not in framed))
        framed.add(page.host)
    return found


def broken(tab, scheme, whole):
    """(scheme, rule, the first element that breaks it)."""
    tab.emulate_media(color_scheme=scheme)
    tab.evaluate(axe.SETTLE)
    within = None if whole else {"exclude": [[selector] for selector in FRAME]}
    found = tab.evaluate(axe.RUN, [within, OPTIONS])
    return [(scheme, one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.fixture(scope="module")
def address(drawn):
    """address(page) is where the browser finds it."""
    with served(drawn) as found:
        yield found


@pytest.fixture(scope="module")
def tab(drawn):
    """One tab of a browser; it says nothing of what it would load beside a page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce",
            service_workers="block", bypass_csp=True,
        )  # fmt: skip
        context.set_default_timeout(120_000)
        yield context.new_page()
        browser.close()
