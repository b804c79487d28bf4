"""Moderators on the desk: sixty comments by keyboard, two of them at once, and an appeal."""

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.network import wait_until
from tests.journeys.pages import fill_in_log_in, sign_in
from tests.journeys.talking import talk
from tests.journeys.test_keyboard_path import FOCUS_IS_SEEN

pytestmark = pytest.mark.journey

HELD = "/comments/queue/held/?masthead=musashi"
FOCUS_IS_ON_A_ROW = "() => document.activeElement.matches('[data-mod-row]:not([data-mod-dealt])')"


def status(network, comment_id):
    return network.one("SELECT status FROM discussion_comment WHERE id = ?", comment_id)[0]


# What the head of the desk covers once the screen has scrolled is not small. At once: the desk
# scrolls smoothly by itself, and a busy machine is then measured on the way.
TO_THE_TOP = """e => {
    for (let at = e; at; at = at.parentElement) at.scrollTo({ top: 0, behavior: "instant" });
}"""


def moderator(visit, email="moderator@example.test", **options):
    return sign_in(visit(**options), email)


def waiting(network):
    """How many comments of The Musashi Daily wait: ours, and what the demo holds."""
    return network.one(
        "SELECT count(*) FROM discussion_comment c JOIN discussion_thread t ON t.id = c.thread_id"
        " JOIN mastheads_masthead m ON m.id = t.masthead_id"
        " WHERE c.status = 'held' AND m.slug = 'musashi'"
    )[0]


def text_of(network, comment_id):
    return network.one("SELECT text FROM discussion_comment WHERE id = ?", comment_id)[0]


def test_sixty_comments_are_moderated_by_keyboard_only(visit, network):
    ids = talk(network, held=60)
    total = waiting(network)
    page = moderator(visit).open("desk", HELD)
    press, dealt = page.keyboard.press, page.locator("[data-mod-dealt]")

    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    press("j")
    wait_until(lambda: page.evaluate(FOCUS_IS_SEEN), what="a focus that is seen")
    for number in range(total):
        assert page.evaluate(FOCUS_IS_ON_A_ROW), f"after {number} nothing has the focus"
        decide(press, number)
        if number % 50 == 49:
            expect(dealt).to_have_count(50)
            expect(page.locator("[data-mod-next]")).to_be_focused()
            press("Enter")
            expect(page.locator("[data-mod-row]")).to_have_count(min(50, total - number - 1))
            page.wait_for_load_state("domcontentloaded")  # from then on keys are heard
            press("j")
    wait_until(lambda: not waiting(network), what="every decision")

    assert {status(network, pk) for pk in ids} == {"removed", "visible"}
    rules = network.one("SELECT count(DISTINCT rule) FROM discussion_decision WHERE rule > 0")[0]
    assert rules == 9
    expect(dealt).to_have_count(total % 50)
    press("u")  # the last thing that was done
    expect(page.locator("[data-mod-said]")).to_have_text("Undone.")
    assert status(network, ids[59]) == "held"
    press("a")
    wait_until(lambda: status(network, ids[59]) == "visible", what="the approval")


def decide(press, number):
    if number % 3 != 1:
        press("a")
        return
    press("d")
    press(str(1 + number // 3 % 9))
    press("Enter")


def test_two_moderators_do_not_clash_unseen(visit, network):
    (row,) = talk(network, held=1)
    first, second = moderator(visit), moderator(visit, "editor@example.test")
    alone = f"/comments/{row}/"
    mine, theirs = first.open("desk", alone), second.open("desk", alone)

    mine.keyboard.press("j")
    mine.keyboard.press("a")
    expect(mine.locator(f"#c{row}")).to_contain_text("Approved")
    theirs.keyboard.press("j")
    theirs.keyboard.press("d")
    theirs.keyboard.press("1")
    theirs.keyboard.press("Enter")

    expect(theirs.locator(f"#c{row} .mod-problem")).to_contain_text(
        "Soma Tokinoya decided before you"
    )
    expect(theirs.locator(f"#c{row}")).to_be_focused()
    assert status(network, row) == "visible"
    second.expects("409")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_appeal_from_the_removal_to_the_answer(visit, network, scripts):
    (row,) = talk(network, seen=1, by="reader@example.test")
    desk, text = moderator(visit), text_of(network, row)
    page = desk.open("desk", f"/comments/{row}/")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(page.locator(f"#c{row}")).to_contain_text("Removed under rule 4")

    reader = visit(java_script_enabled=scripts)
    own = reader.open("musashi", "/account/comments/")
    fill_in_log_in(own, "reader@example.test")
    if "/join/" in own.url:
        own.locator("form.account-form button").click()
    told = own.locator("li").filter(has_text=text).first
    expect(told).to_contain_text("House rule 4")
    told.locator("summary").click()
    told.get_by_label("Why should it be decided otherwise?").fill("It is in the report, page 3.")
    told.get_by_role("button", name="Send it").click()
    expect(own.get_by_role("status")).to_contain_text("Thank you.")

    page = desk.open("desk", "/comments/appeals/")
    asked = page.locator("article").filter(has_text=text)
    asked.get_by_label("Your answer").fill("It is. Sorry.")
    asked.get_by_role("button", name="Uphold").click()
    expect(page.locator(".messages")).to_contain_text("Upheld")
    assert status(network, row) == "visible"

    own = reader.open("musashi", "/account/comments/")
    told = own.locator("li").filter(has_text=text).first
    expect(told).to_contain_text("You were right.")
    expect(told).to_contain_text("It is. Sorry.")


@axe.needed
@pytest.mark.parametrize("width", [1280, 360])
def test_a_full_queue_breaks_no_rule_of_accessibility(visit, network, width):
    talk(network, held=2, seen=1)
    visitor = moderator(visit, viewport={"width": width, "height": 900})
    problems = []
    for path in (HELD, "/comments/queue/new/"):
        for scheme in axe.SCHEMES:
            visitor.page.emulate_media(color_scheme=scheme)
            page = visitor.open("desk", path)
            page.keyboard.press("j")
            page.keyboard.press("d")
            page.locator(".mod-rooms").evaluate(TO_THE_TOP)
            problems += axe.broken_rules(page, within=".mod", schemes=[scheme])
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert problems == []
