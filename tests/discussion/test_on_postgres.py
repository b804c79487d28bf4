"""The room on a real PostgreSQL: many post and vote at once, pages lose nothing, a removal goes."""

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
ROOM = """
import json, threading
import django
django.setup()
from django.db import connection
from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.ranks import Order
from dateline.discussion.queries import threads
from dateline.discussion.services import decisions, rooms
from dateline.discussion.services.posting import post_comment
from dateline.discussion.services.voting import vote
from dateline.mastheads import queries as mastheads
from tests.factories.discussion import a_moderator, a_reader
from tests.factories.newsroom import a_masthead, a_story

masthead = a_masthead()
story, now = a_story(at=clock.now()), clock.now()
readers = [a_reader() for _ in range(8)]

def post(person, text, **more):
    try:
        return post_comment(
            story_id=story.pk, masthead_id=masthead.pk, author_id=person.pk, text=text, **more
        )
    finally:
        connection.close()

def at_once(calls):
    while calls:  # three at once: Django's pool has four connections, one is the reader's
        running = [threading.Thread(target=calls.pop()) for _ in range(min(len(calls), 3))]
        [one.start() for one in running]
        [one.join() for one in running]

at_once([lambda p=p: post(p, f"A thought of {p.pk}.") for p in readers])
at_once([lambda: post(readers[0], "Only once.", key="k", at=now.replace(year=2027))] * 6)
first = models.Comment.objects.get(number=1)
post(readers[1], "An answer.", answers_id=first.pk, at=now.replace(year=2028))
rows = list(models.Comment.objects.order_by("pk"))

def cast(reader):
    try:
        for row in rows:
            if row.author_id != reader.pk:
                vote(row.pk, by=reader.pk, value=1)
    finally:
        connection.close()

site = mastheads.by_slug("musashi")
page = threads.thread_page(site, story.pk, at=now, size=3)
seen = [row.number for row in page.rows if not row.depth]
voting = threading.Thread(target=lambda: at_once([lambda r=r: cast(r) for r in readers[:3]]))
voting.start()
while page.after:
    page = threads.thread_page(site, story.pk, at=now, after=page.after, size=2)
    seen += [row.number for row in page.rows if not row.depth]
voting.join()
mod = a_moderator(masthead)
decisions.remove(first.pk, by=mod.pk, expected=1, rule=1)
last = threads.thread_page(site, story.pk, at=now, order=Order.DISCUSSED)
print(json.dumps({
    "comments": len(rows), "seen": sorted(seen) == list(range(1, 10)),
    "votes": sum(models.Comment.objects.values_list("ups", flat=True)),
    "count": last.count, "tombstone": last.rows[0].tombstone,
}))
"""


def test_the_room_holds_while_many_talk(server, data_dir):
    address = address_of(server)

    environment = environment_of(data_dir, DATABASE_URL=address, RENDER_PROCESSES=1)
    environment["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    done = subprocess.run(
        [sys.executable, "-c", ROOM],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "comments": 10, "seen": True, "votes": 25, "count": 9, "tombstone": True,
    }  # fmt: skip


@pytest.fixture
def data_dir(tmp_path):
    Config(data_dir=tmp_path / "var").ensure_secret_key()
    return tmp_path / "var"


@pytest.fixture
def server(data_dir):
    with migrated_cluster(data_dir) as running:
        yield running
