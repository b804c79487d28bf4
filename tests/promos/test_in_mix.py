"""Offers among the stories of sister sites, in a real browser: labelled, counted, taken back."""

import pytest
from playwright.sync_api import expect

from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.services.running import move
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.promos import BROWSER, NOON, a_campaign, a_creative, a_manager
from tests.factories.web import path_of
from tests.promos.browsers import CHROMIUM, database_says
from tests.promos.test_in_browser import WATCH

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]

PLACES = ".mix-item:visible"
TWELVE = 12


@pytest.fixture(scope="module")
def paper(server):
    """A title with two campaigns for its mix, and a sister title with stories enough."""
    masthead = a_masthead(sections=("world",))
    a_masthead("kinako")
    kei = a_manager(masthead)
    booked = [
        a_campaign(kei, creatives=(a_creative(slots=frozenset({Slot.MIX}), headline=headline),))
        for headline in ("A SIM for every island", "Two islands, one ticket")
    ]
    a_campaign(kei, tier="house", label="house", creatives=(a_creative(headline="Ours"),))
    for number in range(TWELVE + 1):
        a_story(f"There {number}", at=NOON, on=("kinako",))
    text = "".join(f"<p>Line {n} of a long story about a ferry.</p>" for n in range(60))
    path = path_of(a_story("Ferry returns", at=NOON, body=[("text", text)]))
    return path, kei.pk, [row.pk for row in booked]


@pytest.fixture
def read(server, browser, paper):
    """read(**options): the story, as somebody new opens it."""
    contexts = []

    def read(**options):
        contexts.append(browser.new_context(user_agent=BROWSER, bypass_csp=True, **options))
        contexts[-1].set_default_timeout(60_000)
        page = contexts[-1].new_page()
        page.goto(f"http://musashi.localhost:{server.thread.port}{paper[0]}")
        return page

    yield read
    for context in contexts:
        context.close()


def test_without_a_script_the_mix_is_whole_and_has_no_offer(read):
    page = read(java_script_enabled=False)

    expect(page.locator(PLACES)).to_have_count(TWELVE)
    assert page.locator(".mix-offer").count() == 0


def test_without_a_script_an_offer_of_ours_stands_where_the_invitation_would(read):
    page = read(java_script_enabled=False, viewport={"width": 390, "height": 800})
    box = page.locator(".offer-box:visible")

    expect(box).to_have_count(1)
    expect(box.locator(".offer-headline")).to_have_text("Ours")
    expect(box.locator(".offer-label")).to_have_text("From Musashi")
    expect(box.locator(".offer-code")).to_contain_text("MUSASHI22")
    box.locator("summary").click()
    expect(box.get_by_text("chosen by the page, never by who you are")).to_be_visible()


def test_two_offers_stand_labelled_where_stories_stood_and_leave_with_a_kill(read, paper):
    page = read()
    page.evaluate(WATCH)
    stories = page.locator(".mix-item .elsewhere-headline").all_inner_texts()
    page.locator(".mix").scroll_into_view_if_needed()
    offers = page.locator(".mix-offer")

    expect(offers).to_have_count(2)
    expect(offers.locator(".offer-label")).to_have_text(["Promoted by Kumo SIM"] * 2)
    assert {link.get_attribute("rel") for link in offers.locator("a").all()} == {"sponsored"}
    shown = page.locator(f"{PLACES} .elsewhere-headline").all_inner_texts()
    mixed = {"A SIM for every island", "Two islands, one ticket"}
    assert {shown[3], shown[8]} == mixed
    assert [one for one in shown if one not in mixed] == stories[:3] + stories[4:8] + stories[9:]

    is_counted(page, offers.first)
    taken_back(page, paper, stories)
    assert page.evaluate("window.moved") == 0


def is_counted(page, offer):
    """A second in view is told once, under the name of this slot."""
    with page.expect_request("**/p/seen") as told:
        offer.scroll_into_view_if_needed()
    assert ".mix." in told.value.post_data
    assert "viewable" in told.value.post_data


def taken_back(page, paper, stories):
    _, kei, campaigns = paper
    for one in campaigns:
        database_says(lambda one=one: move(one, Verb.KILL, by=kei, reason="It is fraud.", at=NOON))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".mix-offer")).to_have_count(0)
    expect(page.locator(f"{PLACES} .elsewhere-headline")).to_have_text(stories)
