"""The mix below a story follows what is read on the sister titles, and drops a kill at once."""

import http.client
import json
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from dateline.trending.domain.views import Kind, Source
from tests.journeys.network import environment, wait_until

pytestmark = pytest.mark.journey

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/"
HOST = "musashi"
SISTERS = {"tatami": "desk-tatami", "slowrails": "slow-rails"}  # by host
CROWD = 120  # readers of a story beside the one with a browser
SOON_S = 30.0
WAYS = (Source.SEARCH, Source.DIRECT, Source.SOCIAL)
QUIET = """SELECT p.story_id, s.headline FROM stories_placement p
    JOIN stories_story s ON s.id = p.story_id JOIN mastheads_masthead m ON m.id = p.masthead_id
    WHERE m.slug = ? AND p.published_at IS NOT NULL AND s.sensitive = 0 AND s.killed_at IS NULL
      AND s.id NOT IN ({known})
      AND (SELECT count(*) FROM stories_placement o WHERE o.story_id = s.id) = 1
    ORDER BY p.published_at LIMIT 1"""


@pytest.fixture
def read_elsewhere(network, visit):
    """One story of each sister title that was not in the mix, and is: {number: headline}."""
    known = ", ".join(str(item["id"]) for item in mix(network))
    quiet = QUIET.format(known=known or 0)
    found = {sister: network.one(quiet, slug) for sister, slug in SISTERS.items()}
    for sister, (story, _) in found.items():
        read_in_a_browser(visit(user_agent=f"{FIREFOX}{story}.0"), sister, story)
    stories = dict(found.values())
    read_by_many(
        network, {story: sister for sister, (story, _) in found.items()}, CROWD,
        until=lambda: {item["id"] for item in mix(network)} >= set(stories),
    )  # fmt: skip
    return stories


def test_a_page_shows_what_is_read_on_the_others_and_drops_a_kill(network, visit, read_elsewhere):
    path = a_story_of_the_host(network)
    reader = visit()
    page = reader.open(HOST, path)
    block = page.locator(".mix")
    block.scroll_into_view_if_needed()

    for headline in read_elsewhere.values():
        expect_in(block, headline)
    hosts = block.locator("a[data-mix]").evaluate_all("all => all.map(a => a.host.split('.')[0])")
    assert len(hosts) == 12
    assert HOST not in hosts
    assert {*SISTERS} <= {*hosts}

    killed, headline = next(iter(read_elsewhere.items()))
    kill(network, killed)

    assert headline not in network.text(HOST, path)
    assert killed not in {item["id"] for item in mix(network)}
    page = reader.open(HOST, path)
    page.locator(".mix").scroll_into_view_if_needed()
    expect(page.locator(".mix a[data-mix]")).to_have_count(12)
    expect(page.get_by_role("link", name=headline)).to_have_count(0)


def test_nothing_moves_while_the_mix_is_freshened(network, visit, read_elsewhere):
    reader = visit()
    reader.context.add_init_script("""window.moved = 0; new PerformanceObserver(list => {
        for (const one of list.getEntries()) moved += one.value;
    }).observe({type: "layout-shift", buffered: true});""")
    page = reader.open(HOST, a_story_of_the_host(network))
    with page.expect_response(lambda answer: answer.url.endswith("/trending.json")):
        page.locator(".mix").scroll_into_view_if_needed()
    for headline in read_elsewhere.values():
        expect_in(page.locator(".mix"), headline)

    assert page.evaluate("moved") == 0


def expect_in(block, headline):
    """A story is in the mix: to be seen, unless an offer stands in its place."""
    link = block.locator("a[data-mix]").filter(has_text=headline)
    expect(link).to_have_count(1)
    covered = block.locator(".mix-offer + .mix-item[hidden]").filter(has_text=headline)
    assert link.is_visible() or covered.count() == 1


def mix(network):
    return json.loads(network.text(HOST, "/trending.json"))["items"]


def a_story_of_the_host(network):
    story, _ = network.one(QUIET.format(known=0), HOST)
    _, headers, _ = network.ask(HOST, f"/world/{story}")
    return headers["Location"] or f"/world/{story}"


def read_in_a_browser(reader, host, story):
    """Open a story, look at it for ten seconds, and let its page say so."""
    reader.page.clock.install()
    page = reader.open(host, f"/world/{story}")
    page.mouse.move(10, 10)  # a sign of life
    with page.expect_request(lambda one: f"/b?1.{story}.{Kind.READ}" in one.url):
        page.mouse.move(200, 200)
        page.clock.fast_forward(10_000)


def read_by_many(network, stories, count, *, until):
    """Have `stories` (by number their host) read by so many until they are listed.

    An address may tell so much a minute, and every journey comes from the same one: what was not
    heard is told again, and what was heard counts once.
    """

    def listed():
        for story, host in stories.items():
            for number in range(count):
                beacon(network, host, story, number)
        soon = time.monotonic() + SOON_S
        while not until() and time.monotonic() < soon:
            pass
        return until()

    wait_until(listed, 240, what=f"a mix with {sorted(stories)}")


def beacon(network, host, story, number):
    """Another reader's page says that it was read."""
    connection = http.client.HTTPConnection("127.0.0.1", network.port, timeout=120)
    way = WAYS[number % len(WAYS)]
    connection.request(
        "POST", f"/b?1.{story}.{Kind.READ}.{way}.10.60",
        headers={"Host": f"{host}.localhost", "User-Agent": f"{FIREFOX}{number}.{story}"},
    )  # fmt: skip
    assert connection.getresponse().status == 204
    connection.close()


def kill(network, story):
    command = ["story", "kill", str(story), "--reason", "Wrong.", "--by", "Ana"]
    subprocess.run(
        [sys.executable, "-m", "dateline", *command],
        env=environment(network.data_dir), check=True, capture_output=True, timeout=120,
    )  # fmt: skip
