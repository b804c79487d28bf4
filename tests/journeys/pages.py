"""A person before the browser, and everything the browser said while they were there."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.network import PASSWORD

NEW_PASSWORD = "harbour-ferry-7"  # of readers who register here
PATIENCE_MS = 60_000  # how long a loaded machine may take; nobody waits so long when all is well

expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser context with one page; `leave` asserts that nothing went wrong meanwhile."""

    def __init__(self, browser, network, **options):
        self.network = network
        self.context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.said = []
        self.page.on("console", lambda message: self._note(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _note(self, text):
        self.said.append(f"{self.page.url}: {text}")

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # a page was left before its pictures came
            self._note(f"failed: {request.url} {request.failure}")

    def _asked(self, request):
        parts = urlsplit(request.url)
        local = (parts.hostname or "").endswith("localhost") or parts.hostname == "127.0.0.1"
        if parts.scheme in {"http", "https"} and not local:
            self._note(f"third party: {request.url}")

    def _answered(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self._note(f"{response.status}: {response.url}")

    def open(self, host, path="/"):
        """Go to a page of the network and return the browser's page."""
        self.answer = self.page.goto(self.network.url(host, path))
        return self.page

    def expects(self, *fragments):
        """Take messages off the record that a step of the journey is meant to cause."""
        self.said = [one for one in self.said if not any(part in one for part in fragments)]

    def leave(self):
        self.context.close()
        assert not self.said, "\n".join(self.said)


def sign_in(visitor, email, password=PASSWORD):
    """Open the desk: it sends one to the account host, and has one back."""
    page = visitor.open("desk")
    fill_in_log_in(page, email, password)
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    return visitor


def fill_in_log_in(page, email, password=PASSWORD):
    """Fill in the account host's form and send it."""
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def registered(reader, address):
    """Register a new reader, who stays signed in."""
    page = reader.open("account", "/signup/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def code_from_the_mailbox(admin, address):
    """The code of the newest letter to an address, as the desk's mailbox shows it."""
    page = admin.open("desk", "/mailbox/")
    page.locator("tr", has_text=address).first.get_by_role("link").click()
    return re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", page.locator("main").inner_text())[1]


def code_beside(reader, address):
    """The code of the newest letter to an address, read in another tab of the same browser."""
    tab = reader.context.new_page()
    tab.goto(reader.network.url("account", "/mailbox/"))
    tab.locator("li", has_text=address).first.get_by_role("link").click()
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", tab.locator("main").inner_text())[1]
    tab.close()
    return code
