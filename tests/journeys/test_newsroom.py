"""The newsroom: sign in, correct, withdraw, kill, reinstate, preview, and a new masthead."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.network import wait_until
from tests.journeys.pages import fill_in_log_in

pytestmark = pytest.mark.journey


def test_a_wrong_password_is_answered_by_a_sentence(visit):
    visitor = visit()
    page = visitor.open("desk")
    fill_in_log_in(page, "editor@example.test", "not this one")

    expect(page.get_by_text("and/or password you specified are not correct.")).to_be_visible()
    expect(page.locator("#id_login")).to_have_value("editor@example.test")


def test_a_correction_is_seen_by_readers_with_its_note(network, editor, visit):
    page = draft(editor, "Ferry to the outer islands sails at nine")
    story_id = desk.story_id_of(page)
    desk.place(page, 0, "The Musashi Daily", "National")
    desk.publish(page)
    path = wait_until(lambda: listed(network, "musashi", "Ferry to the outer islands"))
    note = "The ferry sails at ten, not at nine."
    page = desk.open_story(editor, story_id)

    page.locator("#id_headline").fill("Ferry to the outer islands sails at ten")
    page.locator("#id_change_kind").select_option("correction")
    page.locator("#id_change_note").fill(note)
    desk.publish(page)

    reader = visit()
    shown = reader.open("musashi", path)
    expect(shown.get_by_role("heading", level=1)).to_have_text(
        "Ferry to the outer islands sails at ten"
    )
    expect(shown.locator(".corrections")).to_contain_text(note)
    shown.get_by_role("link", name="What changed").click()
    expect(shown.locator("li.version")).to_have_count(2)
    editor.expects(": 400: ", "status of 400")


def test_a_story_is_previewed_withdrawn_killed_and_reinstated(network, editor, visit):
    headline = "Night market moves under the railway"
    page = draft(editor, headline)
    story_id = desk.story_id_of(page)
    desk.place(page, 0, "Kinako", "Food")
    desk.publish(page)
    path = wait_until(lambda: listed(network, "kinako", headline))
    still_open = visit()
    assert_preview_is_the_public_page(editor, still_open, story_id, path)

    editor.open("desk", f"/snippets/stories/story/unpublish/{story_id}/")
    page.locator("#reason").fill("The organisers ask for a day.")
    page.get_by_role("button", name="Yes, unpublish it").click()
    assert_gone(visit(), "kinako", path, "This story is no longer here")
    assert listed(network, "kinako", headline) is None

    page = desk.open_story(editor, story_id)
    desk.publish(page)
    assert wait_until(lambda: listed(network, "kinako", headline)) == path
    page = desk.open_story(editor, story_id)
    desk.kill(page, "It names a child.")
    assert_gone(visit(), "kinako", path, "This story was withdrawn")
    seconds = desk.seconds_per_surface(page)
    assert network.url("kinako", path) in seconds

    desk.open_story(editor, story_id)
    expect(page.get_by_text("It names a child.").first).to_be_visible()
    page.get_by_role("button", name="Reinstate as a draft").click()
    expect(page.locator(".messages")).to_contain_text("The kill is lifted.")
    assert network.ask("kinako", path)[0] != 200
    desk.publish(page)
    expect(visit().open("kinako", path).get_by_role("heading", level=1)).to_have_text(headline)
    editor.expects(": 400: ", "status of 400")
    still_open.expects("/comments/new.json", "410 (Gone)")  # its page asked for new comments


def test_a_kill_without_a_reason_is_asked_for_one(editor, network):
    (story_id,) = network.one("SELECT min(id) FROM stories_story WHERE live")
    page = editor.open("desk", f"/stories/{story_id}/kill/")
    page.get_by_label("Why?").fill("   ")
    page.get_by_role("button", name="Kill this story").click()

    expect(page.get_by_role("alert")).to_have_text("Write why. The record keeps it.")
    assert network.one("SELECT live FROM stories_story WHERE id = ?", story_id) == (1,)
    editor.expects("422 (Unprocessable")


def test_a_new_masthead_is_a_form_and_answers_on_its_host_at_once(network, admin, visit):
    page = admin.open("desk", "/snippets/mastheads/masthead/add/")
    page.locator("#id_name").fill("The Harbour Post")
    page.locator("#id_slug").fill("harbour")
    page.locator("#id_host").fill("harbour.localhost")
    page.locator("#id_legal_line").fill("©2026 Harbour Press Inc.")
    page.locator("#id_look").select_option(label="Daily")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("The Harbour Post")

    front = visit().open("harbour")
    expect(front).to_have_title(re.compile("The Harbour Post"))
    expect(front.get_by_role("heading", name="The first edition is being made.")).to_be_visible()
    assert "The Harbour Post" in network.text("nowhere", "/")


def draft(editor, headline):
    """A new story with one paragraph, saved as a draft; its form is open."""
    page = editor.open("desk", "/snippets/stories/story/add/")
    page.locator("#id_headline").fill(headline)
    page.locator("#id_standfirst").fill("A story written by a journey.")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(desk.STORY)
    return page


def listed(network, host, words):
    found = re.search(rf'<a href="(/[^"]+)"[^>]*>{words}', network.text(host))
    return found and found[1]


def assert_preview_is_the_public_page(editor, reader, story_id, path):
    public = reader.open("kinako", path)
    page = editor.context.new_page()
    page.goto(editor.network.url("desk", f"/snippets/stories/story/edit/{story_id}/"))
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    for part in ("article.story h1", ".standfirst", ".kicker", "nav.sections"):
        expect(frame.locator(part).first).to_have_text(public.locator(part).first.inner_text())
    expect(frame.locator(".preview-note")).to_contain_text("Readers do not see it.")
    page.close()


def assert_gone(reader, host, path, title):
    page = reader.open(host, path)
    assert reader.answer.status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    reader.expects("410 (Gone)")
