"""A reader is counted without being followed, and not at all when they ask for that."""

import pytest
from playwright.sync_api import expect

from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.views import Kind, Source
from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

# What Playwright starts says that it is headless, and is then a bot like any other.
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
ASKS_NOT_TO = (
    "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
)
KEPT = "[document.cookie, localStorage.length, sessionStorage.length]"


def test_a_reader_is_counted_from_the_first_look_to_the_end_of_the_text(network, visit):
    reader = visit(user_agent=FIREFOX)
    sent = beacons_of(reader)
    reader.page.clock.install()
    story = opened(reader)
    wait_until(lambda: told(sent, Kind.SHOWN))
    assert not told(sent, Kind.READ)

    reader.page.clock.fast_forward(10_000)
    wait_until(lambda: told(sent, Kind.READ))
    reader.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    wait_until(lambda: told(sent, Kind.DEPTH))
    assert reader.page.evaluate(KEPT) == ["", 0, 0]

    events = wait_until(lambda: len(found := counted(network, story)) == 3 and found)
    assert {event.kind for event in events} == {Kind.SHOWN, Kind.READ, Kind.DEPTH}
    assert {event.source for event in events} == {Source.DIRECT}
    assert len({event.visitor for event in events}) == 1
    assert len(sent) == len(set(sent))


def test_a_reader_who_goes_on_says_so(network, visit):
    reader = visit(user_agent=FIREFOX.replace("145", "146"))
    sent = beacons_of(reader)
    story = opened(reader)
    wait_until(lambda: told(sent, Kind.SHOWN))
    reader.open("musashi")

    wait_until(lambda: Kind.LEFT in {event.kind for event in counted(network, story)})


def test_global_privacy_control_ends_it(network, visit):
    reader = visit(user_agent=FIREFOX, extra_http_headers={"Sec-GPC": "1"})
    reader.context.add_init_script(ASKS_NOT_TO)
    sent = beacons_of(reader)
    opened(reader)
    reader.page.wait_for_load_state("networkidle")
    page = reader.open("musashi", "/privacy/")

    expect(page.get_by_role("status")).to_have_text(
        "Your browser asks not to be counted, and we do not."
    )
    expect(page.locator("[data-counting] button")).to_be_hidden()
    assert sent == []


def test_a_reader_ends_it_and_begins_again(network, visit):
    reader = visit(user_agent=FIREFOX)
    sent = beacons_of(reader)
    page = reader.open("musashi", "/privacy/")
    assert page.evaluate(KEPT) == ["", 0, 0]
    page.get_by_role("button", name="Do not count what I read").click()
    expect(page.get_by_role("status")).to_have_text("What you read in this browser is not counted.")
    opened(reader)
    reader.page.wait_for_load_state("networkidle")
    assert sent == []

    page = reader.open("musashi", "/privacy/")
    page.get_by_role("button", name="Count what I read again").click()
    opened(reader)
    wait_until(lambda: told(sent, Kind.SHOWN))


def opened(reader):
    """Open the first story of a section and return its number."""
    page = reader.open("musashi", "/world/")
    address = page.locator("main .card-headline a").last.get_attribute("href")
    page = reader.open("musashi", address)
    page.mouse.move(10, 10)  # a sign of life
    page.mouse.move(200, 200)
    return int(page.locator("[data-reading]").get_attribute("data-story"))


def beacons_of(reader):
    """Addresses of the beacons that this reader's browser sends, as they come."""
    sent = []
    reader.page.on("request", lambda one: "/b?" in one.url and sent.append(one.url))
    return sent


def told(sent, kind):
    return [url for url in sent if url.partition("?")[2].split(".")[2] == str(int(kind))]


def counted(network, story):
    events, _ = Journal(network.data_dir / "beacons").read_from({})
    return [event for event in events if event.story == story]
