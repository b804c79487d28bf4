"""Comments below a story: read, written, answered, voted on; with scripts and without."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.network import wait_until
from tests.journeys.pages import fill_in_log_in
from tests.journeys.talking import talk
from tests.journeys.test_accounts import WITH_AND_WITHOUT
from tests.journeys.test_every_page import FIRST_VIEW, REQUESTS, STORY_GZ

pytestmark = pytest.mark.journey

ADDRESS = """
    SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM stories_placement p
    JOIN mastheads_section s ON s.id = p.section_id JOIN mastheads_masthead m ON m.id = p.masthead_id
    WHERE m.slug = ? AND p.slug = ?
"""
STORY_OF = """
    SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM discussion_comment c
    JOIN discussion_thread t ON t.id = c.thread_id
    JOIN stories_placement p ON p.story_id = t.story_id AND p.masthead_id = t.masthead_id
    JOIN mastheads_section s ON s.id = p.section_id WHERE c.id = ?
"""
SCRIPTS_GZ = 15_000


def address(network, slug, title="musashi"):
    return network.one(ADDRESS, title, slug)[0]


@WITH_AND_WITHOUT
def test_a_reader_takes_part(visit, scripts):
    reader = visit(java_script_enabled=scripts)
    story = address(reader.network, "rates-held")
    page = reader.open("musashi", story)
    expect(page.get_by_text("Its author deleted this comment.")).to_be_visible()

    page.get_by_role("link", name="Login", exact=True).click()
    come_in(page, "reader@example.test" if scripts else "reader2@example.test")
    expect(page).to_have_url(reader.network.url("musashi", f"{story}/comments/#write"))
    words = f"I asked my baker, {'with' if scripts else 'without'} a script."
    page.get_by_label("Your comment").fill("I asked my bakr.")
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".said")).to_have_text("Your comment is here.")

    page.get_by_text("Change your comment").click()
    page.locator("#edit textarea").fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".comment-text").last).to_have_text(words)

    page.goto(reader.network.url("musashi", story if scripts else f"{story}/comments/"))
    answer_and_vote(page, scripts=scripts)
    page.goto(reader.network.url("musashi", f"{story}/comments/"))
    report_and_mute(page)
    reader.expects("422 (Unprocessable Entity)")


def come_in(page, email):
    """Sign in, and join the title where that is asked."""
    fill_in_log_in(page, email)
    if "/join/" in page.url:
        page.get_by_role("button", name="Join and go on").click()


def answer_and_vote(page, *, scripts):
    row = page.locator(".comment", has_text="Half the shops raised prices").first
    if scripts:
        expect(page.locator("#write .comment-form")).to_be_visible()
    up = row.get_by_label("Vote for the comment of Daisuke T.")
    before = row.locator(".score").inner_text()
    up.click()
    if not scripts:
        expect(page.locator(".said")).to_have_text("Your vote is counted.")
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(row.locator(".score")).not_to_have_text(before)

    row.get_by_role("link", name="Reply").click()
    form = row.locator(".inline-form") if scripts else page.locator("#reply")
    form.get_by_label("Your comment").fill(f"Mine too, {scripts}.")

    def posted():  # three seconds after the comment before, and no text is lost meanwhile
        page.get_by_role("button", name="Post").first.click()
        return page.locator(".said").count()

    wait_until(posted, what="an answer")
    expect(page.locator(".said")).to_have_text("Your comment is here.")
    expect(page.locator(".comment:target .comment-text")).to_have_text(f"Mine too, {scripts}.")


def report_and_mute(page):
    row = page.locator(".comment", has_text="Savers have been paying").first
    row.get_by_role("link", name="Report").click()
    page.get_by_label("It is against the law").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".said")).to_have_text("Thank you. A moderator will look at this comment.")
    page.get_by_role("button", name="Mute Bracken").click()
    expect(page.get_by_text("You muted Bracken. Show it").first).to_be_visible()
    page.get_by_role("link", name="Bracken").first.click()
    page.get_by_role("button", name="Read Bracken again").click()
    expect(page.get_by_role("button", name="Mute Bracken")).to_be_visible()
    page.get_by_role("link", name="See in context").first.click()
    expect(page.locator(".in-context .comment").first).to_be_visible()


def test_a_draft_is_kept_and_new_comments_are_told_without_moving_the_text(visit):
    reader, other = visit(), visit()
    story = address(reader.network, "kettle-nine-minutes", "kinako")
    page = reader.open("kinako", f"{story}/comments/")
    page.get_by_role("link", name="Login", exact=True).click()
    come_in(page, "reader@example.test")
    page.get_by_label("Your comment").fill("Half a thought")
    page.goto(reader.network.url("kinako", story))
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    (kept,) = page.evaluate("Object.keys(localStorage)")
    assert re.match(r"draft:[0-9a-f-]{36}:", kept)  # whose it is: nobody else is shown it

    waiting = other.open("kinako", story)
    first = waiting.locator(".comment").first
    first.scroll_into_view_if_needed()  # its script comes with who sees it
    before = first.bounding_box()["y"]
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".said")).to_have_text("Your comment is here.")
    assert page.evaluate("Object.keys(localStorage).length") == 0

    def told():
        waiting.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return waiting.get_by_role("link", name="1 new comment").count()

    wait_until(told, what="the new comment")
    assert first.bounding_box()["y"] == before
    waiting.get_by_role("link", name="1 new comment").click()
    expect(waiting.locator(".comment-text").first).to_have_text("Half a thought")


@WITH_AND_WITHOUT
def test_the_rest_of_a_branch_is_read_where_it_belongs(visit, network, scripts):
    first, *_ = talk(network, seen=1, answers=27)
    story = network.one(STORY_OF, first)[0]
    page = visit(java_script_enabled=scripts).open("musashi", f"{story}/comments/{first}")
    link = page.locator(".comment-more a").first
    more = link.inner_text()
    assert re.fullmatch(r"Show \d+ more replies", more)
    link.scroll_into_view_if_needed()
    before = page.locator(f"#comment-{first}").bounding_box()["y"]
    shown = page.locator(".comment").count()

    link.click()

    if not scripts:
        expect(page).to_have_url(re.compile(r"/comments/\?after="))
        expect(page.locator(".comment")).to_have_count(20)
        return
    expect(page.locator("[role=status].unseen")).to_have_text("More replies are shown: 20")
    expect(page).to_have_url(network.url("musashi", f"{story}/comments/{first}"))
    assert page.locator(".comment").count() == shown + 20
    assert page.locator(f"#comment-{first}").bounding_box()["y"] == before
    assert page.evaluate("document.activeElement.matches('.comment.step-1')")
    expect(link).to_have_text("More comments")
    page.locator(".comment-more a").first.press("Enter")
    expect(page.locator(".comment-more")).to_have_count(0)
    ids = page.evaluate("[...document.querySelectorAll('.comment')].map(row => row.id)")
    assert len(ids) == len(set(ids)) == 28


@axe.needed
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_of_a_thread_breaks_a_rule_of_accessibility_or_runs_over(visit, width):
    reader, problems = visit(viewport={"width": width, "height": 800}), []
    story = address(reader.network, "cassen-ferry-talks")
    page = reader.open("musashi", story)
    own = page.locator(".comment-time").first.get_attribute("href")
    member = page.locator("a.comment-author").first.get_attribute("href")
    problems += axe.broken_rules(page)
    reader.open("musashi", f"{story}/comments/")
    page.get_by_role("link", name="Login", exact=True).click()
    come_in(page, "moderator@example.test")
    kept = (
        "/account/comments/",
        "/notices/",
        f"/notices/?address={reader.network.url('musashi', own)}",
    )
    for path in (story, f"{story}/comments/", own, member, *kept):
        page = reader.open("musashi", path)
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")
        problems += axe.broken_rules(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert problems == []


def test_a_story_with_a_thread_is_light(network, browser):
    story = address(network, "cassen-ferry-talks")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, answers = context.new_page(), []
    page.on("response", lambda answer, to=answers: to.append(answer))
    page.goto(network.url("musashi", story), wait_until="networkidle")
    counted = [a for a in answers if a.request.resource_type != "image"]
    sizes = {a.url: a.request.sizes()["responseBodySize"] for a in counted}
    scripts = [a.body() for a in counted if a.request.resource_type == "script"]
    context.close()

    assert len(counted) <= REQUESTS, list(sizes)
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    assert sum(len(gzip.compress(body)) for body in scripts) <= SCRIPTS_GZ
    assert len(gzip.compress(network.ask("musashi", story)[2])) <= STORY_GZ
