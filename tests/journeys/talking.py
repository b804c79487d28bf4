"""Put comments and their moderators into a running network, from a process of its own.

`python -m tests.journeys.talking HELD SEEN EMAIL ANSWERS` prints the ids of the comments as JSON.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.journeys.network import environment

MODERATORS = ("moderator@example.test", "editor@example.test")
LINKS = "https://a.example https://b.example https://c.example"


def talk(network, *, held=0, seen=0, answers=0, by="reader2@example.test"):
    """Ids of `held` comments that wait and `seen` that readers see, on The Musashi Daily.

    With `answers`, so many stand below the first of them, and their ids come last.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.talking", str(held), str(seen), by, str(answers)],
        env=environment(network.data_dir),
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def main(held, seen, email, answers):
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    import_module("dateline")
    import_module("django").setup()
    models = import_module("dateline.discussion.models")
    people = import_module("django.contrib.auth").get_user_model().objects
    clock, gate = import_module("dateline.clock"), import_module("dateline.stories.domain.gate")
    stories = import_module("dateline.stories.queries.reading")
    shown = stories.open_placements(use=gate.Use.WEB, at=clock.now())
    shown = shown.filter(masthead__slug="musashi", comments_open=True)
    placed = shown.exclude(story__threads__door__in=("held", "closed")).order_by("pk")[0]
    for address in MODERATORS:
        person = people.get(email=address)
        models.Moderator.objects.get_or_create(user=person, masthead=placed.masthead)
    free = {
        "seconds_between": 0,
        "most_in_minute": 0,
        "hold_removed_percent": 0,
        "premoderate_first": 0,
    }
    models.House.objects.update_or_create(masthead=placed.masthead, defaults=free)
    author, ids = people.get(email=email), []
    before = models.Comment.objects.count()
    first = before + int(held) + int(seen)
    for number in range(before, first + int(answers)):
        waits = number < before + int(held)
        posted = import_module("dateline.discussion.services.posting").post_comment(
            story_id=placed.story_id,
            masthead_id=placed.masthead_id,
            author_id=author.pk,
            answers_id=ids[0] if number >= first else None,
            text=f"Thought {number}. {LINKS if waits else 'Nothing more.'}",
        )
        ids.append(posted.comment_id)
    sys.stdout.write(json.dumps(ids))


if __name__ == "__main__":
    main(*sys.argv[1:])
