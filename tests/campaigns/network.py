"""A running network as the campaign sees it: its processes, its newsroom, its readers, its rows."""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from dateline.project.processes import alive
from dateline.project.subscriptions import SUBSCRIPTIONS
from tests.campaigns import newsroom
from tests.project.conftest import all_gone, environment_of, wait_until

ROOT = Path(__file__).resolve().parents[2]
TREE = ("front", "render", "worker")
CSRF = "c" * 32
HEAL_S = 90.0  # a delivery that a dead process held is given to another after 30 s


@dataclass(frozen=True)
class Standing:
    """Everything the database says of one story that a verb may change."""

    live: bool
    killed: bool
    headline: str
    versions: tuple[tuple[int, str, bool], ...]  # number, kind of change, shown now
    corrections: tuple[str, ...]
    reports: tuple[str, ...]
    alarms: int
    facts: tuple[str, ...]

    def after(self, verb, text):
        """What it must be once `verb` is done whole."""
        closed = tuple((number, change, False) for number, change, _ in self.versions)
        next_number = len(closed) + 1
        if verb == "publish":
            versions = (*closed, (next_number, "published", True))
            facts = (*self.facts, "story.published")
            return replace(self, live=True, headline=text, versions=versions, facts=facts)
        if verb == "correct":
            return replace(
                self,
                headline=text,
                versions=(*closed, (next_number, "correction", True)),
                corrections=(*self.corrections, text),
                facts=(*self.facts, "story.corrected"),
            )
        return replace(
            self,
            live=False,
            killed=True,
            versions=closed,
            reports=(*self.reports, text),
            alarms=self.alarms + 1,
            facts=(*self.facts, "story.killed"),
        )


class Newsroom:
    """Talks to `tests.campaigns.newsroom` in a process of its own."""

    def __init__(self, data_dir, **settings):
        named = environment_of(data_dir, **settings)
        self.process = subprocess.Popen(
            [sys.executable, "-c", newsroom.START],
            env=named | {"DJANGO_SETTINGS_MODULE": "dateline.project.settings"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, task, **arguments):
        self.process.stdin.write(json.dumps({"task": task, **arguments}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class Network:
    """`dateline serve`, started again whenever its supervisor is killed, always on one port."""

    def __init__(self, data_dir, start, **settings):
        self.data_dir, self.start = data_dir, start
        self.newsroom = Newsroom(data_dir, **settings)
        made = self.newsroom.ask("lay_out")
        self.session, self.reader_session = made["session"], made["reader_session"]
        self.running = start(data_dir, **settings).wait_ready()
        wait_until(self.works, what="a worker")  # "running" means that readers are answered

    def victim(self, name):
        """The process id of a process of the tree."""
        if name == "supervisor":
            return self.running.process.pid
        return self.running.workers()[0] if name == "renderer" else self.running.pid_of(name)

    def kill(self, name):
        """`kill -9` one process, or the whole `tree`; return its id, or that of its top."""
        if name == "tree":
            pids = [self.victim("supervisor"), *self.running.everything()]
        else:
            pids = [self.victim(name)]
        for pid in pids:
            with suppress(ProcessLookupError):  # it fell with its parent
                os.kill(pid, signal.SIGKILL)
        return pids[0]

    def heal(self, name, killed):
        """Wait until the tree stands again without `killed`; start it anew only if it has no top."""
        if name in {"supervisor", "tree"}:
            self.running.process.wait()
            everything = [self.running.pid_of(child) for child in TREE]
            all_gone(everything)
            self.running = self.start(self.data_dir, PORT=self.running.port).wait_ready()
        wait_until(lambda: self.stands(killed), HEAL_S, f"a tree without {name} {killed}")

    def stands(self, killed):
        pids = [self.running.pid_of(child) for child in TREE] + self.running.workers()
        whole = killed not in pids and len(pids) > len(TREE) and all(map(alive, pids))
        return whole and self.answers()

    def works(self):
        """Whether a worker has begun: on a busy machine it comes long after the first page."""
        return " working " in self.running.said()

    def answers(self):
        try:
            return self.running.ask("/readyz")[0].status == 200
        except (OSError, http.client.HTTPException):
            return False

    def post(self, path, form):
        """The status the desk answers to the signed-in editor with; None where no answer came."""
        try:
            return self.send(path, form)[0].status
        except (OSError, http.client.HTTPException):
            return None

    def send(self, path, form=None, *, to="desk", session=None):
        """The answer to somebody who is signed in and asks for a page or sends a form.

        That is the editor at the desk, or whoever's `session` at the masthead `to` it is.
        """
        headers = {
            "Host": f"{to}.localhost:{self.running.port}",
            "Cookie": f"session={session or self.session}; csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = None if form is None else urlencode({**form, "csrfmiddlewaretoken": CSRF})
        connection = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=60)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def read(self, path, *, masthead="musashi"):
        """Status and text a reader gets."""
        response, body = self.running.ask(path, host=f"{masthead}.localhost")
        return response.status, body.decode()

    @contextmanager
    def moment(self):
        """What `rows` is, but all of one moment, whoever writes meanwhile."""
        with closing(sqlite3.connect(f"file:{self.data_dir}/dateline.sqlite3", uri=True)) as file:
            file.execute("BEGIN")
            yield lambda sql, *values: file.execute(sql, values).fetchall()

    def rows(self, sql, *values):
        with self.moment() as rows:
            return rows(sql, *values)

    def standing(self, story):
        """What the database says of a story now."""
        ((live, killed_at, headline),) = self.rows(
            "SELECT live, killed_at, headline FROM stories_story WHERE id = ?", story
        )
        versions = self.rows(
            "SELECT number, change, shown_until IS NULL FROM stories_storyversion"
            " WHERE story_id = ? ORDER BY number",
            story,
        )
        return Standing(
            bool(live),
            killed_at is not None,
            headline,
            tuple((number, change, bool(now)) for number, change, now in versions),
            self.texts("SELECT text FROM stories_correction WHERE story_id = ?", story),
            self.texts("SELECT reason FROM stories_killreport WHERE story_id = ?", story),
            len(self.rows("SELECT id FROM stories_deskalarm WHERE story_id = ?", story)),
            self.texts(
                "SELECT name FROM outbox_factrecord"
                " WHERE json_extract(payload, '$.story_id') = ? AND name LIKE 'story.%'",
                story,
            ),
        )

    def texts(self, sql, story):
        return tuple(text for (text,) in self.rows(f"{sql} ORDER BY id", story))

    def path_of(self, story, masthead="musashi"):
        ((section, slug),) = self.rows(
            "SELECT s.slug, p.slug FROM stories_placement p"
            " JOIN mastheads_section s ON s.id = p.section_id"
            " JOIN mastheads_masthead m ON m.id = p.masthead_id AND m.slug = ?"
            " WHERE p.story_id = ?",
            masthead,
            story,
        )
        return f"/{section}/{slug}-{story}"

    def outbox_is_empty(self):
        return self.rows("SELECT count(*) FROM outbox_delivery WHERE done_at IS NULL") == [(0,)]

    def check_rows(self):
        """Nothing is torn, every fact had all its hearers, every kill was seen to be clear."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        hearers = {kind.name: len(h.urgent + h.later) for kind, h in SUBSCRIPTIONS.items()}
        told = self.rows(
            "SELECT f.name, count(d.id) FROM outbox_factrecord f"
            " LEFT JOIN outbox_delivery d ON d.fact_id = f.id AND d.done_at IS NOT NULL"
            " GROUP BY f.id"
        )
        assert [(name, count) for name, count in told if hearers[name] != count] == []
        assert self.rows("SELECT url FROM stories_killsurface WHERE clear_at IS NULL") == []
        assert (
            self.rows(
                "SELECT id FROM stories_killreport r WHERE NOT EXISTS"
                " (SELECT 1 FROM stories_killsurface s WHERE s.report_id = r.id)"
            )
            == []
        )

    def wait_until_told(self):
        try:
            wait_until(self.outbox_is_empty, HEAL_S, "the delivery of every fact")
        except AssertionError as error:
            error.add_note(f"Not told: {self.untold()}\nThe network said:\n{self.running.said()}")
            raise

    def untold(self):
        """What is not delivered, to whom, how often it was tried and why it failed."""
        return self.rows(
            "SELECT f.name, f.payload, f.recorded_at, d.handler, d.attempts, d.next_try_at,"
            " d.leased_until, d.last_error FROM outbox_delivery d"
            " JOIN outbox_factrecord f ON f.id = d.fact_id WHERE d.done_at IS NULL"
        )

    def close(self):
        self.newsroom.close()


def chance(seed):
    """Chances that are the same for the same seed."""
    return random.Random(seed)  # noqa: S311 - repeatable, not secret


def seconds(since):
    """Seconds since a monotonic moment."""
    return time.monotonic() - since
