"""An editor tries headlines of a story: readers see one each, and who follows it is counted."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until
from tests.journeys.test_counting import ASKS_NOT_TO, FIREFOX, beacons_of

pytestmark = pytest.mark.journey

OTHERS = ["A second way to say it", "A third way to say it, and a longer one, over some lines"]
DRAW = "Math.random = () => {};"  # the browser draws what the test says
# What was on screen in the very first frames, before any sign of life.
WATCH = """addEventListener("DOMContentLoaded", () => {
  const card = document.querySelector("tried-headline");
  window.first = card && [...card.children].filter((one) => one.checkVisibility()).length;
});
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
COUNTS = "SELECT counts, ended_at FROM trending_headlinetest ORDER BY id DESC LIMIT 1"


@pytest.fixture
def on_trial(network, visit, editor):
    """(story, its headline) of a story on a section's page of which a test goes on."""
    found = visit().open("kinako", "/food/").locator("main .card-headline a").first
    address, own = found.get_attribute("href"), found.inner_text()
    story = int(address.rpartition("-")[2])
    begin(editor, story)
    yield story, own
    page = editor.open("desk", f"/trending/headlines/kinako/{story}/")
    stop = page.get_by_role("button", name="Stop, and show this").first
    if stop.count():
        stop.click()


def begin(editor, story):
    page = editor.open("desk", f"/trending/headlines/kinako/{story}/")
    for name, text in zip(("Second", "Third"), OTHERS, strict=True):
        page.get_by_label(f"{name} headline").fill(text)
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("The test has begun.")


def at_the_list(visit, chance):
    reader = visit(user_agent=f"{FIREFOX}{chance}")
    reader.context.add_init_script(DRAW.format(chance) + WATCH)
    page = reader.open("kinako", "/food/")
    return page, page.locator("tried-headline")


def test_readers_see_one_headline_each_and_the_desk_counts_them(network, visit, editor, on_trial):
    story, own = on_trial
    for arm, (chance, text) in enumerate(zip((0.1, 0.5, 0.9), (own, *OTHERS), strict=True)):
        page, card = at_the_list(visit, chance)
        expect(card).to_have_text(text, use_inner_text=True)
        assert page.evaluate("window.first") == 1  # none was swapped for another
        assert page.evaluate("window.moved") < 0.01
        assert page.get_by_role("link", name=text).count() == 1
        assert page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
        with page.expect_request(f"**/b?1.{story}.6.5.*.{arm}"):
            page.mouse.move(10, 10)
            page.mouse.move(300, 300)
        if arm == 2:
            card.click()
            expect(page.get_by_role("heading", level=1)).to_have_text(own)

    counts = wait_until(
        lambda: (got := json.loads(network.one(COUNTS)[0])) == [[1, 0], [1, 0], [1, 1]] and got
    )
    page = editor.open("desk", f"/trending/headlines/kinako/{story}/")
    rows = page.locator(".trend-headlines tbody tr").all()
    assert [row.locator(".num").all_inner_texts()[:2] for row in rows] == [
        [str(seen), str(clicked)] for seen, clicked in counts
    ]


def test_without_a_script_and_for_who_asks_not_to_be_counted_it_is_the_storys_own(visit, on_trial):
    _, own = on_trial
    without = visit(java_script_enabled=False).open("kinako", "/food/")
    expect(without.locator("tried-headline")).to_have_text(own, use_inner_text=True)

    reader = visit(extra_http_headers={"Sec-GPC": "1"}, user_agent=FIREFOX)
    reader.context.add_init_script(f"{ASKS_NOT_TO};" + DRAW.format(0.9))
    sent = beacons_of(reader)
    page = reader.open("kinako", "/food/")
    page.mouse.move(10, 10)
    expect(page.locator("tried-headline")).to_have_text(own, use_inner_text=True)
    page.locator("tried-headline").click()
    page.wait_for_load_state("networkidle")
    assert sent == []


def test_what_an_editor_chooses_stands_and_a_kill_ends_it(network, visit, editor, on_trial):
    story, _ = on_trial
    page = editor.open("desk", f"/trending/headlines/kinako/{story}/")
    page.get_by_role("button", name=f"Stop, and show this {OTHERS[0]}").click()
    expect(page.locator(".messages")).to_contain_text(OTHERS[0])
    reader = visit().open("kinako", "/food/")
    expect(reader.get_by_role("link", name=OTHERS[0])).to_be_visible()
    assert reader.locator("tried-headline, script[src*=headlines]").count() == 0

    page = editor.open("desk", f"/stories/{story}/kill/")
    page.get_by_label("Why?").fill("It was wrong.")
    page.get_by_role("button", name="Kill this story").click()
    expect(page.get_by_role("heading", name="Kill report")).to_be_visible()
    assert OTHERS[0] not in network.text("kinako", "/food/")
    wait_until(lambda: network.one("SELECT how FROM trending_headlinetest ORDER BY id DESC")[0]
               == "story", what="the end of its test")  # fmt: skip
