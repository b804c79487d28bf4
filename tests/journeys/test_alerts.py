"""Alerts from a click to a notification: asked once, confirmed by two, shown, taken back.

Chromium's own push service is on the internet. The page's subscription is therefore one of a local
push service, which takes what the network sends and decrypts it; the very payload is then handed to
the real service worker, as Chromium hands over what its push service brings.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

TEXT = "Ferries stop: storm over the strait"
# What the browser's own push service would give; everything else is Chromium's.
SUBSCRIBED = """(words) => {
  const kept = { get: () => localStorage.getItem('subscribed') };
  const made = {
    endpoint: words.endpoint,
    toJSON: () => ({ endpoint: words.endpoint, keys: { p256dh: words.p256dh, auth: words.auth } }),
    unsubscribe: async () => { localStorage.removeItem('subscribed'); return true; },
  };
  PushManager.prototype.subscribe = async () => { localStorage.setItem('subscribed', '1'); return made; };
  PushManager.prototype.getSubscription = async () => (kept.get() ? made : null);
  window.asked = 0;
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = (...given) => { window.asked += 1; return ask(...given); };
}"""


@pytest.fixture
def reader(visit, network):
    """Somebody whose browser would allow notifications, if it were asked."""
    visitor = visit(permissions=["notifications"])
    visitor.browser = network.push_service.browser("reader")
    words = json.dumps(visitor.browser.words)
    visitor.page.add_init_script(f"({SUBSCRIBED})({words})")
    return visitor


def test_a_reader_turns_alerts_on_and_two_editors_send_one(network, reader, editor, admin):
    page = turn_on(reader)
    write(editor)
    confirm(admin)
    wait_until(lambda: reader.browser.texts == [TEXT], what="the push at the push service")
    fields, payload = reader.browser.got[0]
    assert (fields["Urgency"], fields["TTL"]) == ("high", "14400")

    deliver(page, payload)
    wait_until(lambda: [one["body"] for one in shown(page)] == [TEXT], what="the notification")
    assert shown(page)[0]["title"] == "The Musashi Daily · Breaking"

    take_back(editor)
    wait_until(lambda: len(reader.browser.got) == 2, what="the notice in its place")
    deliver(page, reader.browser.got[1][1])
    wait_until(lambda: "Please do not rely" in shown(page)[0]["body"], what="the notice shown")
    assert len(shown(page)) == 1
    turn_off(reader)


def test_a_story_is_followed_from_its_page(reader):
    page = reader.open("musashi")
    newest = page.evaluate("fetch('/new.json').then((answer) => answer.json())")["stories"][0]
    reader.open("musashi", newest["path"])
    headline = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Follow this story").click()
    expect(page.locator(".alerts-subject")).to_have_text(headline)
    page.get_by_role("button", name="Turn alerts on").click()
    expect(page.get_by_role("status")).to_have_text("Alerts are on for this device.")

    reader.open("musashi", "/alerts/")
    expect(page.locator("[data-list=story]")).to_contain_text(newest["title"])
    page.get_by_role("button", name="Pause for a week").click()
    expect(page.get_by_role("status")).to_contain_text("Paused until")
    page.get_by_role("button", name="Go on now").click()
    expect(page.get_by_role("status")).to_have_text("Alerts are on for this device.")
    turn_off(reader)


def test_who_says_no_is_told_how_to_come_back(visit):
    visitor = visit()
    visitor.page.add_init_script("Notification.requestPermission = async () => 'denied'")
    page = visitor.open("musashi", "/alerts/")
    page.get_by_role("button", name="Turn alerts on").click()

    expect(page.get_by_role("status")).to_contain_text("has blocked alerts from this site")


def test_a_browser_without_alerts_is_told_of_the_home_screen(visit):
    visitor = visit()
    visitor.page.add_init_script("delete window.PushManager")
    page = visitor.open("musashi", "/alerts/")

    expect(page.get_by_role("status")).to_contain_text("first add this site to the Home Screen")
    manifest = page.locator("link[rel=manifest]").get_attribute("href")
    said = page.evaluate("(path) => fetch(path).then((answer) => answer.json())", manifest)
    assert said["name"] == "The Musashi Daily"


def turn_on(reader):
    page = reader.open("musashi", "/alerts/")
    expect(page.get_by_role("button", name="Turn alerts on")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Turn alerts on").click()
    expect(page.get_by_role("status")).to_have_text("Alerts are on for this device.")
    assert page.evaluate("window.asked") == 1
    page.reload()
    expect(page.get_by_role("button", name="Keep these choices")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    return page


def turn_off(reader):
    reader.page.get_by_role("button", name="Turn alerts off").click()
    expect(reader.page.get_by_role("status")).to_contain_text("Alerts are off.")
    expect(reader.page.get_by_role("button", name="Turn alerts on")).to_be_visible()


def write(editor):
    page = editor.open("desk", "/alerts/")
    page.locator(".alert-recent details").first.locator("li a").first.click()
    page.locator("#id_text").fill(TEXT)
    expect(page.locator(".alert-preview-text")).to_have_text(TEXT)
    page.get_by_label(re.compile("Breaking news · 1 by push")).check()
    page.get_by_role("button", name="Send the alert").click()
    expect(page.locator(".messages")).to_contain_text("waits for a second person")
    expect(page.locator(".alert-asks")).to_contain_text("A second person confirms it.")


def confirm(admin):
    page = admin.open("desk", "/alerts/")
    page.get_by_role("button", name="Confirm and send").click()
    expect(page.locator(".messages")).to_contain_text("on its way")


def take_back(editor):
    page = editor.open("desk", "/alerts/")
    page.get_by_role("link", name=f"Take back: {TEXT}").click()
    page.get_by_label("Why, for the desk").fill("The storm turned.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".messages")).to_contain_text("Taken back.")


def deliver(page, payload):
    """Hand a payload to the page's service worker."""
    seen = []
    client = page.context.new_cdp_session(page)

    def note(event):
        seen.append(event)

    client.on("ServiceWorker.workerRegistrationUpdated", note)
    client.send("ServiceWorker.enable")

    def known():
        page.wait_for_timeout(50)  # events come while the page is waited for
        return [one for event in seen for one in event["registrations"] if not one["isDeleted"]]

    origin = page.evaluate("location.origin")
    own = [one for one in wait_until(known) if one["scopeURL"].startswith(origin)]
    client.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": origin,
            "registrationId": own[-1]["registrationId"],
            "data": json.dumps(payload),
        },
    )
    client.detach()


def shown(page):
    """The notifications that stand."""
    return page.evaluate(
        "navigator.serviceWorker.ready.then((r) => r.getNotifications())"
        ".then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))"
    )
