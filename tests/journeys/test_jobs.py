"""A file of jobs on its way: taken in by an editor, a week of it published, read, and trending."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from dateline.trending.domain.rank import SLOTS
from tests.journeys import desk
from tests.journeys.network import wait_until
from tests.journeys.test_the_mix import (
    FIREFOX,
    HOST,
    a_story_of_the_host,
    mix,
    read_by_many,
    read_in_a_browser,
)

pytestmark = pytest.mark.journey

READERS = 300  # its title has six of the twelve places, and other stories that are read
TODAY = datetime.now(UTC).date()
JOB = {
    "id": "k-1", "title": "Miso taster", "employer": "Kura Hazeno", "place": "Hazeno",
    "text": "You taste miso.\n\nEvery morning.", "apply_url": "https://kura-hazeno.example/work",
    "posted": str(TODAY - timedelta(days=1)), "valid_until": str(TODAY + timedelta(days=20)),
}  # fmt: skip
FEED = {
    "jobs": [
        JOB,
        {**JOB, "id": "k-2", "apply_url": "javascript:alert(1)"},
        "no job at all",
        {**JOB, "id": "k-4", "title": "Barrel cooper", "salary_min": "much"},
        {**JOB, "id": "k-5", "title": "Market cook"},
    ]
}


def test_a_feed_is_taken_in_its_week_published_and_listed_on_a_sister_title(network, editor, visit):
    take_in(editor.page, editor)
    reader = visit()
    page = wait_until(lambda: board(reader))
    expect(page.locator(".job-line h2")).to_have_text(["Market cook", "Miso taster"])
    page.get_by_role("link", name="Miso taster").click()
    posting = page.locator("script[type='application/ld+json']").first.text_content()
    assert json.loads(posting)["@type"] == "JobPosting"

    story, headline = publish_the_week(editor.page, editor)
    round_up = reader.open("kinako", f"/world/{story}")
    expect(round_up.get_by_role("heading", level=1)).to_have_text(headline)
    round_up.get_by_role("link", name="Miso taster").click()
    expect(round_up.get_by_role("heading", level=1)).to_have_text("Miso taster")
    job = round_up.url

    read_in_a_browser(visit(user_agent=f"{FIREFOX}{story}.0"), "kinako", story)
    read_by_many(
        network, {story: "kinako"}, READERS,
        until=lambda: story in {item["id"] for item in mix(network)[:SLOTS]},
    )  # fmt: skip
    sister = reader.open(HOST, a_story_of_the_host(network))
    sister.locator(".mix").scroll_into_view_if_needed()
    expect(sister.locator(".mix").get_by_role("link", name=headline)).to_be_visible()

    close(editor.page, editor, "Miso taster")
    answer = reader.page.goto(job)
    assert answer.status == 410
    reader.expects("status of 410")
    expect(reader.page.locator("script[type='application/ld+json']")).to_have_count(0)


def take_in(page, editor):
    """Send the file by the desk's form and read what became of it."""
    editor.open("desk", "/jobs/import/")
    page.locator("#id_masthead").select_option(label="Kinako")
    page.locator("#id_feed").fill("kura")
    page.locator("#id_file").set_input_files(
        {"name": "kura.json", "mimeType": "application/json", "buffer": json.dumps(FEED).encode()}
    )
    page.get_by_role("button", name="Take it in").click()
    refused = page.locator(".jobs-table tbody tr")
    expect(refused).to_have_count(3)
    expect(refused.nth(0)).to_contain_text("An address begins with https://, found 'javascript'")
    expect(refused.nth(1)).to_contain_text("Expected an object, found str.")
    expect(refused.nth(2)).to_contain_text("Expected a whole number, found 'much'")
    with page.expect_download() as mended:
        page.get_by_role("link", name="The refused rows, to mend").click()
    told = json.loads(mended.value.path().read_text("utf-8"))
    assert [one.get("id") for one in told["jobs"]] == ["k-2", None, "k-4"]


def board(reader):
    """The board, once it has the jobs."""
    page = reader.open("kinako", "/jobs/")
    return page if page.locator(".job-line").count() else None


def publish_the_week(page, editor):
    """Start a series, have it write this week's draft, publish that; its number and headline."""
    editor.open("desk", "/jobs/series/new/")
    page.locator("#id_masthead").select_option(label="Kinako")
    page.locator("#id_pattern").fill("{year} Kitchen Jobs Week {week}")
    page.locator("#id_section").fill("makers")
    page.get_by_role("button", name="Save").click()
    line = page.get_by_role("row").filter(has_text="Kitchen Jobs")
    line.get_by_role("button", name="Write it now").click()
    year, week, _ = datetime.now(ZoneInfo("Asia/Tokyo")).isocalendar()
    headline = page.locator("#id_headline").input_value()
    assert headline == f"{year} Kitchen Jobs Week {week}"
    story = desk.story_id_of(page)
    desk.publish(page)
    return story, headline


def close(page, editor, title):
    """Take a job off the board."""
    editor.open("desk", "/jobs/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".messages")).to_contain_text("is closed")
