"""Offers in a real browser: drawn as the server would, still, copied, counted, capped, taken back."""

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from dateline.promos.domain.draw import Entry, draw, unit
from dateline.promos.domain.kinds import Slot, Tier, Verb
from dateline.promos.domain.targets import Place, Targets, fits
from dateline.promos.services.running import move
from tests import axe
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.promos import AIMS, BROWSER, NOON, a_campaign, a_creative, a_manager
from tests.factories.web import path_of
from tests.promos.browsers import CHROMIUM, database_says

SCRIPT = Path(__file__).parents[2] / "src/dateline/promos/static/promos/offers.js"
VIEWS = 2_000
LONG = {"headline": "Wide words " * 6, "text": "Many more words of it " * 6, "cta": "W" * 22}
WATCH = """() => document.fonts.ready.then(() => { window.moved = 0;
    new PerformanceObserver(list => { for (const e of list.getEntries()) window.moved += e.value; })
        .observe({type: 'layout-shift'}); })"""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        not (CHROMIUM.exists() and axe.AXE.exists()), reason="needs Chromium, and axe from `npm ci`"
    ),
]


CROWD = [
    Entry(campaign=1, tier=Tier.GUARANTEED, creatives=(10, 11), share=0.3),
    Entry(campaign=2, tier=Tier.GUARANTEED, creatives=(20,), share=0.7),
    Entry(campaign=3, tier=Tier.SHARE, creatives=(30, 31, 32), weight=3),
    Entry(campaign=4, tier=Tier.SHARE, creatives=(40,)),
    Entry(campaign=5, tier=Tier.HOUSE, creatives=(50,)),
]
TAKEOVER = Entry(campaign=6, tier=Tier.TAKEOVER, creatives=(60, 61))


@pytest.fixture(scope="module")
def paper(server):
    """A title with a long story, a sensitive one, and one campaign with the longest words."""
    masthead = a_masthead(sections=("world",))
    kei = a_manager(masthead)
    campaign = a_campaign(
        kei, cap_views=1, creatives=(a_creative(slots=frozenset({Slot.BODY}), **LONG),)
    )  # fmt: skip
    text = "".join(f"<p>Line {n} of a long story about a ferry.</p>" for n in range(60))
    story = a_story("Ferry returns", at=NOON, body=[("text", text)])
    quake = a_story("Quake", at=NOON, sensitive=True)
    return SimpleNamespace(
        story=path_of(story), quake=path_of(quake), campaign=campaign.pk, kei=kei.pk
    )


@pytest.fixture
def visit(server, browser):
    """visit(path, **options): a page of somebody new."""
    contexts = []

    def visit(path, *, width=1280, before="", granted=(), **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, user_agent=BROWSER, bypass_csp=True, **options
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.grant_permissions(list(granted))
        page = context.new_page()
        page.add_init_script(before)
        page.goto(f"http://musashi.localhost:{server.thread.port}{path}")
        return page

    yield visit
    for context in contexts:
        context.close()


def filled(page):
    """Scroll to the offer and wait until the campaign stands in it."""
    page.locator("[data-offer]").scroll_into_view_if_needed()
    expect(page.locator(".offer-label")).to_have_text("Promoted by Kumo SIM")
    return page.locator(".offer-box")


def test_a_browser_draws_what_the_server_would_draw(paper, visit):
    page = visit(paper.story)
    script = page.locator("[data-script][data-offer]").get_attribute("data-script")
    crowds = [CROWD, CROWD[2:], CROWD[4:], [], [TAKEOVER, *CROWD]]
    ours = [
        [
            (d.campaign, d.creative, [list(c) for c in d.chances])
            for d in (draw(crowd, seed=seed * 7_919, slot="body") for seed in range(VIEWS))
        ]
        for crowd in crowds
    ]

    theirs = page.evaluate(
        """async ({script, crowds, views}) => { const {draw} = await import(script);
            const ids = (one) => [one.entry.id, one.ad.id];
            return crowds.map(crowd => Array.from({length: views}, (_, seed) => {
                const {shown, chances} = draw(crowd, seed * 7919, "body");
                return [...(shown ? ids(shown) : [0, 0]), chances.map(ids)]; })); }""",
        {"script": script, "crowds": [[in_browser(one) for one in crowd] for crowd in crowds],
         "views": VIEWS},
    )  # fmt: skip

    assert [[tuple(one) for one in crowd] for crowd in theirs] == ours
    numbers = page.evaluate(
        "async ([script, views]) => { const {unit} = await import(script);"
        " return Array.from({length: views}, (_, n) => unit(4294967295 - n, '旅', n)); }",
        [script, VIEWS],
    )
    assert numbers == [unit(4_294_967_295 - n, "旅", n) for n in range(VIEWS)]


def in_browser(entry):
    return {
        "id": entry.campaign, "tier": entry.tier, "share": entry.share, "weight": entry.weight,
        "ads": [{"id": one, "names": {"body": "x"}} for one in entry.creatives],
    }  # fmt: skip


def test_a_browser_aims_as_the_server_does(paper, visit):
    page = visit(paper.story)
    script = page.locator("[data-script][data-offer]").get_attribute("data-script")
    sets = [frozenset(), frozenset({"a"}), frozenset({"a", "b"}), frozenset({"c"})]
    cases = [
        (Targets(mastheads=frozenset({"m"}), **{wish: wanted}), Place(masthead="m", language="a", sections=there, topics=there))
        for wish in ("sections", "not_sections", "topics", "not_topics", "languages")
        for wanted in sets
        for there in sets
    ]  # fmt: skip
    told = [
        [
            {name: sorted(getattr(targets, name)) for name in AIMS} | {"ads": [{"names": {"body": "x"}}]},
            {"slot": "body", "language": "a", "sections": sorted(place.sections), "topics": sorted(place.topics)},
        ]
        for targets, place in cases
    ]  # fmt: skip

    theirs = page.evaluate(
        "async ([script, told]) => { const {fits} = await import(script);"
        " return told.map(([entry, place]) => fits(entry, place)); }",
        [script, told],
    )

    assert theirs == [fits(targets, place) for targets, place in cases]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_moves_when_an_offer_comes_however_long_its_words_are(paper, visit, width):
    page = visit(paper.story, width=width)
    before = page.locator(".offer-box").bounding_box()["height"]
    page.evaluate(WATCH)
    box = filled(page)
    page.wait_for_timeout(300)

    assert box.bounding_box()["height"] == before
    assert page.evaluate("window.moved") == 0
    assert page.evaluate(
        "(b => [b.scrollHeight - b.clientHeight, b.scrollWidth - b.clientWidth])"
        "(document.querySelector('.offer-box'))"
    ) == [0, 0]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_offer_says_what_it_is_and_breaks_no_rule_of_accessibility(paper, visit):
    page = visit(paper.story)
    box = filled(page)

    assert box.locator("a").evaluate_all("links => links.map(a => a.rel)") == ["sponsored"] * 2
    assert axe.broken_rules(page) == []


def test_a_reader_copies_the_code_with_the_keyboard_and_is_told(paper, visit):
    page = visit(paper.story, granted=["clipboard-read", "clipboard-write"])
    filled(page)

    page.locator(".offer-copy").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "MUSASHI22"


def test_where_copying_is_not_allowed_the_code_is_selected(paper, visit):
    page = visit(
        paper.story, before="Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    filled(page)

    page.locator(".offer-copy").click()

    expect(page.get_by_role("status").filter(has_text="with your keyboard")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "MUSASHI22"


def test_nothing_is_told_where_the_browser_asks_for_privacy(paper, visit):
    page = visit(
        paper.story,
        before="Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})",
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    filled(page)
    page.wait_for_timeout(1_300)
    page.goto("about:blank")

    assert not [url for url in asked if url.endswith("/p/seen")]


def test_a_device_remembers_only_what_its_reader_agreed_to(paper, visit):
    page = visit(paper.story)
    filled(page)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.locator(".offer-why summary").click()
    page.get_by_role("checkbox").check()
    page.wait_for_function("localStorage.getItem('offers-seen')")

    page.reload()  # it may be seen once a day
    page.locator("[data-offer]").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".offer-label")).to_have_text("From Musashi")

    page.evaluate("localStorage.clear()")
    page.reload()
    filled(page)
    assert page.context.cookies() == []


def test_a_sensitive_story_asks_for_no_offer(paper, visit):
    page = visit(paper.quake)

    assert page.locator("[data-offer]").count() == 0


def test_a_page_stands_complete_without_a_script(paper, visit):
    page = visit(paper.story, java_script_enabled=False)

    expect(page.locator(".offer-label")).to_have_text("From Musashi")
    expect(page.locator(".offer-go")).to_be_visible()


def test_the_script_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 4_096


def test_a_kill_takes_an_offer_from_open_pages_too(paper, visit):
    """Last of all: nothing comes back from it."""
    page = visit(paper.story)
    filled(page)
    page.evaluate(WATCH)

    database_says(lambda: move(paper.campaign, Verb.KILL, by=paper.kei, reason="Fraud.", at=NOON))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator(".offer-label")).to_have_text("From Musashi")
    assert page.evaluate("window.moved") == 0
