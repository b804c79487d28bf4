"""On a real PostgreSQL, several processes share a day's allowance, and an event counts once."""

import json
import subprocess
import sys

import pytest

from dateline.project.config import Config
from tests.project.conftest import environment_of
from tests.project.postgres import PROGRAMS, address_of, migrated_cluster

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed"),
]

# Run as a process of its own: this one has its connections on SQLite.
SCENE = """
import json
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from django.db import connection
from dateline.mail import models
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.told import Kind, Told
from dateline.mail.services import hearing, mailings, warming
from dateline.mail.services.mailings import Recipient

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
made = mailings.freeze(
    "newsletters.edition:1", scope="newsletter:3", envelope_from="b@musashi.test",
    letters=[Letter("Morning", "", "Hello", "Musashi <news@musashi.test>")],
    audience=[Recipient("ana@example.test", 1)], at=NOON,
)
models.Entry.objects.update(fate="unknown", settled_at=NOON)
models.Stretch.objects.update(unknown=1, next_at=None)
told = Told("key", Kind.BOUNCED, NOON, "ana@example.test", (made, 1), is_of_nobody=True)

def in_thread(work):
    try:
        return work()
    finally:
        connection.close()

day = date(2026, 11, 29)
with ThreadPoolExecutor(8) as pool:
    takes = [pool.submit(in_thread, lambda: warming.take("x", "", 50, day=day)) for _ in range(40)]
    hears = [pool.submit(in_thread, lambda: hearing.hear("resend", told, at=NOON)) for _ in range(8)]

entry, stretch = models.Entry.objects.get(), models.Stretch.objects.get()
print(json.dumps({
    "taken": sum(one.result() for one in takes),
    "kept": models.WarmDay.objects.get().taken,
    "new": sum(one.result() for one in hears),
    "fate": entry.fate, "bounced": entry.bounced_at is not None,
    "counts": [stretch.sent, stretch.unknown],
    "suppressed": models.Suppression.objects.count(),
}))
"""


def test_allowances_and_events_are_shared_by_all_processes(tmp_path):
    Config(data_dir=tmp_path / "var").ensure_secret_key()
    with migrated_cluster(tmp_path / "var") as server:
        environment = environment_of(tmp_path / "var", DATABASE_URL=address_of(server))
        environment["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
        done = subprocess.run(
            [sys.executable, "-c", SCENE], env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "taken": 50, "kept": 50, "new": 1, "fate": "sent", "bounced": True, "counts": [1, 0],
        "suppressed": 1,
    }  # fmt: skip
