"""The newsroom on a real PostgreSQL: every migration, an agency's story, a page, a kill."""

import json
import subprocess
import sys

import pytest

from dateline.project.config import Config
from tests.project.conftest import dateline, environment_of
from tests.project.postgres import PROGRAMS, address_of, migrated_cluster, sql

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed"),
]

# Run as a process of its own: this one has its connections on SQLite.
NEWSROOM = """
import json
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from wagtail.search.backends import get_search_backend
from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import network, newsroom, seeding, wire_born
from dateline.mastheads import queries as mastheads
from dateline.stories import models
from dateline.stories.queries import reading
from dateline.stories.services import kills

now = clock.now()
def written(slug):
    return next(story for story in adapters.stories() if story.slug == slug)

def bring(slug, **given):
    story = written(slug)
    wire = wire_born.send(story, now=now, topics={}) if story.provider else []
    return newsroom.bring(story, now=now, pictures={}, wire=wire)

with seeding.without_index_tasks():
    network.lay_out("localhost")
    own, agency = bring("minasato-tunnel-first-train"), bring(AGENCY_STORY)
call_command("wagtail_update_index", verbosity=0)

def ask(path):
    return Client(headers={"host": "musashi.localhost"}).get(path)

def path_of(story_id):
    site = next(s for s in mastheads.all_mastheads() if s.slug == "musashi")
    return next(p for m, _, p in reading.addresses(story_id) if m == site.id)

said = {
    "front": written("minasato-tunnel-first-train").short in ask("/").content.decode(),
    "pages": [ask(path_of(story_id)).status_code for story_id in (own, agency)],
    "found": [s.pk for s in get_search_backend().search("tunnel", models.Story)] == [own],
    "feed": ask("/feed.xml").status_code,
    "versions": ask(path_of(own) + "/versions").content.decode().count('class="version"'),
}
kills.kill_story(agency, reason="The agency withdrew it.", by="Ana", at=now)
said["killed"] = ask(path_of(agency)).status_code
print(json.dumps(said))
"""


def test_a_story_is_published_found_and_killed(server, data_dir):
    address = address_of(server)
    again = dateline(
        data_dir, "makemigrations", "--check", "--dry-run", DATABASE_URL=address, LOG_FORMAT="json"
    )
    assert again.returncode == 0, again.stdout

    environment = environment_of(data_dir, DATABASE_URL=address, RENDER_PROCESSES=1)
    environment["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    done = subprocess.run(
        [sys.executable, "-c", NEWSROOM.replace("AGENCY_STORY", repr("veyra-teyl-real-storm"))],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "front": True, "pages": [200, 200], "found": True, "feed": 200, "versions": 3,
        "killed": 410,
    }  # fmt: skip
    assert sql(server, "SELECT count(*) FROM stories_story WHERE killed_at IS NOT NULL") == "1"


@pytest.fixture
def data_dir(tmp_path):
    Config(data_dir=tmp_path / "var").ensure_secret_key()
    return tmp_path / "var"


@pytest.fixture
def server(data_dir):
    with migrated_cluster(data_dir) as running:
        yield running
