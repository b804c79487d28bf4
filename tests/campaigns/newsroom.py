"""A newsroom in a process of its own: does what it is told, each thing in a fresh child process.

Reads one JSON object a line and answers with one. A child that was told to fall at a step kills
itself there with SIGKILL, in the middle of what it does, as `kill -9` from outside would.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta

from dateline import clock
from dateline.accounts.models import Membership
from dateline.mastheads.models import Masthead
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.services import kills, publishing
from tests.campaigns.steps import Steps, counted
from tests.factories import desk, discussion, newsroom, people

START = "import django; django.setup(); from tests.campaigns.newsroom import main; main()"
BY = "the newsroom"


def lay_out():
    """Two mastheads, four public stories, and an editor who is signed in."""
    for slug in ("musashi", "kinako"):
        newsroom.a_masthead(slug)
    for number in range(4):
        newsroom.a_story(f"Standing story {number}", on=("musashi", "kinako"))
    editor = newsroom.an_editor()
    return {
        "session": people.a_session(editor, ":desk"),
        "reader_session": people.a_session(editor, "musashi"),
    }


def title(*, slug, language):
    """A masthead in a language of its own: the others list none of its stories."""
    newsroom.a_masthead(slug, language=language)
    return {}


def start(*, headline, public, on="musashi", rights_for_s=None):
    """A draft, or a story that readers see already, until its rights end; its id."""
    make = newsroom.a_story if public else newsroom.a_draft
    fields = {}
    if rights_for_s is not None:
        fields["rights_until"] = clock.now() + timedelta(seconds=rights_for_s)
    return {"story": make(headline, on=(on,), **fields).pk}


def readers(*, number, hold_at_reports):
    """So many members of musashi who are signed in there, and may write as fast as they can."""
    masthead = Masthead.objects.get(slug="musashi")
    discussion.house(
        masthead, seconds_between=0, most_in_minute=0, edit_minutes=600,
        hold_at_reports=hold_at_reports,
    )  # fmt: skip
    made = [discussion.a_reader(f"Reader {n}") for n in range(number)]
    for person in made:
        Membership.objects.create(user=person, masthead=masthead, joined_at=clock.now(), shown="")
    return {"readers": [[person.pk.hex, people.a_session(person, "musashi")] for person in made]}


def form(*, story, **changes):
    """What a browser would send from the story's edit view."""
    return {"form": desk.form(models.Story.objects.get(pk=story), publish=True, **changes)}


def publish(*, story, text):
    publishing.publish_story(story, by=BY)


def correct(*, story, text):
    publishing.correct_story(story, kind="correction", text=text, changes={"headline": text}, by=BY)


def kill(*, story, text):
    kills.kill_story(story, reason=text, by=BY)


def verb(*, name, story, text, fall_at):
    """One verb of the newsroom. It is acknowledged when it has returned."""
    steps = Steps(fall_at, fall=lambda: os.kill(os.getpid(), signal.SIGKILL))
    began = time.monotonic()
    with counted(steps):
        {"publish": publish, "correct": correct, "kill": kill}[name](story=story, text=text)
    return {"steps": steps.taken, "seconds": time.monotonic() - began}


TASKS = {
    "lay_out": lay_out,
    "title": title,
    "start": start,
    "readers": readers,
    "form": form,
    "verb": verb,
}


def in_a_child(task, arguments):
    """Do it in a fork; an answer only if it came to its end."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.write(into, json.dumps(TASKS[task](**arguments) | {"acknowledged": True}).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if said:
        return json.loads(said)
    return {"acknowledged": False, "signal": os.WTERMSIG(status)}


def main():
    outbox.subscriptions()  # loaded once, before the forks
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(in_a_child(order.pop("task"), order)) + "\n")
        sys.stdout.flush()
