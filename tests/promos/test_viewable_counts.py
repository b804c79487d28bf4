"""What the server counts as viewable is what a second observer in the same browser saw."""

from collections import Counter
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.adapters.rates import Rates
from dateline.promos.domain.draw import unit
from dateline.promos.domain.kinds import Slot
from dateline.promos.views import reading
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.promos import BROWSER, NOON, a_campaign, a_creative, a_manager
from tests.factories.web import path_of
from tests.promos.browsers import ARGUMENTS, CHROMIUM, database_says

REFERENCE = (Path(__file__).parent / "reference.js").read_text()
WALK = (Path(__file__).parent / "walk.js").read_text()
TABS = 6  # readers at once
VIEWS, VIEWS_IN_A_SOAK = 48, 1_000
CAMPAIGNS = 8
PARTS = (0.3, 0.45, 0.55, 0.6, 0.8, 1.0, 1.0, "top", "end", "away")
# A second is far from each of these, and from any three short ones together: two watches agree.
SHORT_MS, LONG_MS = (100, 250), (1_350, 1_900)
WITHIN = 0.01

pytestmark = [
    pytest.mark.journey,
    pytest.mark.soak,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


@pytest.fixture(scope="module")
def paper(server):
    """A title with stories, a section and a front, and more campaigns than a page has places."""
    masthead = a_masthead(sections=("world",))
    kei = a_manager(masthead)
    everywhere = frozenset({Slot.BODY, Slot.RAIL, Slot.FRONT})
    for number in range(CAMPAIGNS):
        guaranteed = {"tier": "guaranteed", "goal": 100_000} if number % 4 == 0 else {}
        row = a_campaign(kei, creatives=(a_creative(slots=everywhere),) * 2, **guaranteed)
        models.Campaign.objects.filter(pk=row.pk).update(share=0.3 if guaranteed else 0.0)
    text = "".join(f"<p>Line {n} of a long story about a ferry.</p>" for n in range(40))
    stories = [a_story(f"Ferry {n} returns", at=NOON, body=[("text", text)]) for n in range(4)]
    return SimpleNamespace(pages=["/", "/world/", *map(path_of, stories)])


@pytest.fixture
def tabs(paper):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        contexts = [
            browser.new_context(viewport={"width": width, "height": 800}, user_agent=BROWSER)
            for width in (360, 768, 1280)
            for _ in range(TABS // 3)
        ]
        for context in contexts:
            context.add_init_script(REFERENCE)
        yield [context.new_page() for context in contexts]
        browser.close()


def test_viewable_counts_are_those_of_a_reference_observer(
    paper, server, tabs, soaking, monkeypatch
):
    """Readers scroll there and stay, pass by, see a part, look elsewhere, and come back."""
    monkeypatch.setattr(reading, "rates", Rates(burst=100_000, per_s=0))  # all from one address
    views = VIEWS_IN_A_SOAK if soaking else VIEWS
    reference = Counter()
    for start in range(0, views, TABS):
        for number, page in enumerate(tabs, start):
            address = paper.pages[number % len(paper.pages)]
            page.goto(f"http://musashi.localhost:{server.thread.port}{address}")
            page.evaluate(WALK, a_way(number, soaking=soaking))
        for page in tabs:
            page.evaluate("walking")
            reference.update(links.read(name).campaign for name in page.evaluate("reference"))
            page.goto("about:blank")  # what was gathered is sent

    counted = when_all_is_in(reference.total())
    assert views * 0.25 < reference.total() < views * 0.75  # the ways tell one thing from another
    off = (counted - reference).total() + (reference - counted).total()
    assert off <= WITHIN * reference.total(), (counted, reference)


def a_way(view, *, soaking):
    """One to three moves with how long each takes; in a soak also about a second."""
    times = range(50, 1_900) if soaking else SHORT_MS + LONG_MS

    def pick(some, *words):
        return some[int(unit(view, *words) * len(some))]

    return [
        (pick(PARTS, "part", n), pick(times, "time", n)) for n in range(pick((1, 2, 3), "moves"))
    ]


def when_all_is_in(expected):
    """Viewable counts of each campaign, once no more come."""
    deadline, counted = monotonic() + 20, Counter()
    while counted.total() < expected and monotonic() < deadline:
        sleep(0.1)
        counted = database_says(by_campaign)
    sleep(0.5)
    return database_says(by_campaign)


def by_campaign():
    counted = Counter()
    for campaign, viewable in models.Count.objects.values_list("campaign", "viewable"):
        counted[campaign] += viewable
    return counted
