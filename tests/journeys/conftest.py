"""What every journey gets: the running demo network, a real browser, readers and editors in it.

Fixtures:
  network    the demo network, running on a free port; started once for all journeys. With
             `pytest --varnish` its public port is that of a real Varnish, as in deploy/; what it
             pushes goes to `network.push_service`
  browser    headless Chromium; started once for all journeys
  visit      visit(**options): a new page of a new person; everything it says is kept and asserted
  editor     a page of the desk with an editor signed in
  admin      a page of the desk with an administrator signed in

The browser lives no longer than the journeys: Playwright keeps an event loop in this thread, and
Django refuses database work beside one.
"""

import os
import shutil
from contextlib import ExitStack

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import network as running
from tests.journeys.pages import Visitor, sign_in
from tests.push_service import PushService

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]


@pytest.fixture(scope="package")
def network(tmp_path_factory, request):
    if not shutil.which(CHROMIUM):
        pytest.skip(f"journeys need a browser, and there is no {CHROMIUM} here")
    data_dir = tmp_path_factory.mktemp("network") / "var"
    running.lay_out(data_dir)
    with ExitStack() as stack:
        push_service = PushService()
        stack.callback(push_service.stop)
        settings = {"DATELINE_PUSH_TRUSTED": push_service.origin}
        if request.config.getoption("--varnish"):
            settings |= running.behind_varnish(data_dir.parent, stack)
        started = running.Network(data_dir, **settings)
        started.push_service = push_service
        stack.callback(started.stop)
        yield started


@pytest.fixture(scope="package")
def browser(network):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(browser, network):
    visitors = []

    def come(**options):
        visitors.append(Visitor(browser, network, **options))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def editor(visit):
    return sign_in(visit(), "editor@example.test")


@pytest.fixture
def admin(visit):
    return sign_in(visit(), "admin@example.test")
