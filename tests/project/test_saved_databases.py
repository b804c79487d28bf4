"""An upgrade from every edition that was ever out keeps what readers and the desk had.

`tools/save_database.py NAME` saves the database of an edition when it is finished.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.project.config import Config

SAVED = sorted((Path(__file__).parent / "saved").glob("*.sqlite3.gz"))

ASK = """
import json, django
django.setup()
from django.test import Client
from dateline.stories.models import Story
reader = Client(headers={"host": "musashi.localhost"})
front = reader.get("/").content.decode()
answers = {}
for story in Story.objects.order_by("pk"):
    placement = story.placements.select_related("section").first()
    path = placement and f"/{placement.section.slug}/{placement.slug}-{story.pk}"
    status = reader.get(path, follow=True).status_code if path else None
    answers[story.headline] = [status, story.headline in front]
print(json.dumps(answers))
"""


def test_there_is_an_edition_to_upgrade_from():
    assert [path.name for path in SAVED][:1] == ["first-edition.sqlite3.gz"]


@pytest.mark.stack
@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.split(".")[0])
def test_an_upgrade_keeps_every_story_in_its_standing(saved, tmp_path):
    environment = laid_out(saved, tmp_path)

    upgraded = run(environment, "-m", "dateline", "upgrade")
    answers = json.loads(run(environment, "-c", ASK).splitlines()[-1])

    assert "The database is up to date." in upgraded
    assert answers == {
        "A ferry comes home": [200, True],
        "Two were hurt": [200, True],
        "Names a minor": [410, False],
        "Unclear": [410, False],
        "Half-written": [404, False],
        "Ten years on": [404, False],
        "From the wire": [None, False],
    }


def laid_out(saved, folder):
    """An installation in `folder` with the saved database; returns its environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    environment |= {
        "DATELINE_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
    }
    (folder / "static").mkdir()
    database = Config(data_dir=folder).database.removeprefix("sqlite:///")
    Path(database).write_bytes(gzip.decompress(saved.read_bytes()))
    return environment


def run(environment, *words):
    done = subprocess.run(
        [sys.executable, *words],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
