"""What tests of offers in a real browser share: how it is started, and how the database is asked."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections

from tests.factories.promos import BROWSER

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# A page that is left sends its last beacon with the browser's own name, whatever the page's is.
ARGUMENTS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", f"--user-agent={BROWSER}",
]  # fmt: skip


def database_says(question):
    """Ask from a thread of its own: Django refuses to work beside Playwright's loop."""

    def ask():
        try:
            return question()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()
