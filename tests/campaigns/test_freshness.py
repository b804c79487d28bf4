"""No reader is ever given less than the newsroom had acknowledged before they asked.

A whole network runs: fronts, render processes, worker. The newsroom publishes, corrects and kills
in a process of its own, sometimes falling in the middle; readers hammer every page of it; fronts,
renderers and workers die. An answer that says less than what was acknowledged before its request
began is stale. Cut out any of the three things the edge stands on, and this finds it.

CAMPAIGN_SEED and CAMPAIGN_VERBS repeat a run; both are printed.
"""

import http.client
import os
import random
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import count

import pytest

from tests.campaigns import cuts
from tests.campaigns.network import ROOT, Network, chance
from tests.project.conftest import install

KILLED = 10**9
MARK = re.compile(r"Mark(\d+)v(\d+)\b")
LISTS = (
    ("musashi", "/"), ("musashi", "/world/"), ("musashi", "/feed.xml"), ("musashi", "/new.json"),
    ("kinako", "/"),
)  # fmt: skip
READERS = 6
VICTIMS = ("renderer", "front", "worker")


@pytest.mark.stack
@pytest.mark.soak
def test_no_reader_is_given_less_than_was_acknowledged(network, soaking, capsys):
    anew = random.SystemRandom().randrange(10**6)
    seed = int(os.environ.get("CAMPAIGN_SEED") or (anew if soaking else 7))
    verbs = int(os.environ.get("CAMPAIGN_VERBS") or (400 if soaking else 24))
    sys.stdout.write(f"CAMPAIGN_SEED={seed} CAMPAIGN_VERBS={verbs}\n")

    books = campaign(network, seed=seed, verbs=verbs, crashes=max(2, verbs // 20))

    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed}: {books.reads} reads, {books.hits} hits\n")
    assert books.stale == []
    assert books.hits > books.reads / 10, "the cache was not put to the test"
    network.wait_until_told()
    assert all(network.read(path)[0] == 410 for path in books.killed_paths())


@pytest.mark.stack
@pytest.mark.soak
def test_the_campaign_finds_what_is_cut_out(sabotaged, soaking, capsys):
    """Each rule by itself, in a whole network; `test_rules` does it in less than a second."""
    for without in cuts.CUTS if soaking else ["purge"]:
        books = campaign(sabotaged(without), seed=7, verbs=60, crashes=0)

        with capsys.disabled():
            sys.stdout.write(f"\nwithout {without}: {books.reads} reads, {books.stale[:1]}\n")
        assert books.stale, without


@dataclass
class Books:
    """What was acknowledged, and when; what readers were given."""

    acknowledged: dict = field(default_factory=dict)  # story: [(moment, number)]
    paths: dict = field(default_factory=dict)
    stale: list = field(default_factory=list)
    reads: int = 0
    hits: int = 0

    def note(self, story, number):
        self.acknowledged[story].append((time.monotonic(), number))

    def least(self, story, moment):
        """The newest number that was acknowledged before `moment`."""
        found = [number for at, number in tuple(self.acknowledged[story]) if at < moment]
        return max(found, default=0)

    def killed_paths(self):
        last = {story: rows[-1][1] for story, rows in self.acknowledged.items() if rows}
        return [self.paths[story] for story, number in last.items() if number == KILLED]

    def judge(self, path, status, text, asked_at):
        """Note an answer that says less than it had to."""
        shown = {}
        for story, number in MARK.findall(text):
            shown[int(story)] = max(int(number), shown.get(int(story), 0))
        for story, own in tuple(self.paths.items()):
            least = self.least(story, asked_at)
            if path == own and status == 200 and shown.get(story, 0) < least:
                self.stale.append((path, shown.get(story, 0), least))
            if story in shown and shown[story] < least:
                self.stale.append((path, story, shown[story], least))


def campaign(network, *, seed, verbs, crashes):
    """Run the newsroom's schedule with readers beside it; return the books."""
    rng = chance(seed)
    books, numbers, over = Books(), count(1), threading.Event()
    for _ in range(3):
        begin(network, books)
    steps = correct(network, books, rng.choice(list(books.paths)), next(numbers))["steps"]
    readers = [
        threading.Thread(target=read, args=(network, books, over, n), daemon=True)
        for n in range(READERS)
    ]
    for reader in readers:
        reader.start()
    crash_at = set(rng.sample(range(verbs), crashes))
    for turn in range(verbs):
        if turn in crash_at:
            crash(network, rng.choice(VICTIMS))
        one_verb(network, books, rng, next(numbers), steps)
        if books.stale:
            break
    over.set()
    for reader in readers:
        reader.join(30)
    return books


def one_verb(network, books, rng, number, steps):
    """Correct mostly; now and then begin or kill one; now and then fall half-way."""
    alive = [s for s, rows in books.acknowledged.items() if not rows or rows[-1][1] != KILLED]
    verb = rng.choices(["correct", "kill", "begin"], [8, 1 if len(alive) > 2 else 0, 1])[0]
    if verb == "begin":
        begin(network, books)
        return
    story = rng.choice(alive)
    fall_at = rng.randint(1, steps) if rng.random() < 0.1 else 0
    if verb == "correct":
        correct(network, books, story, number, fall_at=fall_at)
    else:
        act(network, books, "kill", story, KILLED, "Wrong.", fall_at=fall_at)


def begin(network, books):
    story = network.newsroom.ask("start", headline="Beginning", public=True)["story"]
    books.acknowledged[story] = []
    books.paths[story] = network.path_of(story)


def correct(network, books, story, number, *, fall_at=0):
    text = f"Mark{story}v{number} and on"
    return act(network, books, "correct", story, number, text, fall_at=fall_at)


def act(network, books, verb, story, number, text, *, fall_at):
    answer = network.newsroom.ask("verb", name=verb, story=story, text=text, fall_at=fall_at)
    if answer["acknowledged"]:
        books.note(story, number)
    else:
        network.wait_until_told()  # it is there whole or not at all; what follows must not race it
        if network.standing(story).killed:
            books.note(story, KILLED)
    return answer


def crash(network, name):
    killed = network.kill(name)
    network.heal(name, killed)


def read(network, books, over, number):
    """One reader: asks for one page after another, each on a kept connection."""
    rng = chance(number)
    line = None
    while not over.is_set():
        pages = [*LISTS, *(("musashi", path) for path in tuple(books.paths.values()))]
        title, path = rng.choice(pages)
        line = line or http.client.HTTPConnection("127.0.0.1", network.running.port, timeout=60)
        asked_at = time.monotonic()
        try:
            line.request("GET", path, headers={"Host": f"{title}.localhost"})
            answer = line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            line.close()
            line = None
            continue
        if answer.status < 500:
            books.reads += 1
            books.hits += "hit" in answer.headers.get("Cache-Status", "")
            books.judge(path if title == "musashi" else "", answer.status, text, asked_at)
    if line:
        line.close()


@pytest.fixture
def network(installation, start):
    network = Network(installation, lambda *a, **s: start(*a, **TWO_OF_EACH, **s))
    yield network
    network.close()


@pytest.fixture
def sabotaged(migrated, start, tmp_path, monkeypatch):
    """A network whose processes have one rule cut out, and draw late so that it shows."""
    networks = []

    def _sabotaged(without):
        folder = tmp_path / without
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(f"{cuts.AT_START}\ncut({without!r})\n")
        monkeypatch.setenv("PYTHONPATH", f"{folder}:{ROOT}")
        if networks:
            networks[-1].running.stop()
            networks[-1].close()
        data_dir = install(folder / "var")
        networks.append(Network(data_dir, lambda *a, **s: start(*a, **TWO_OF_EACH, **s)))
        return networks[-1]

    yield _sabotaged
    networks[-1].close()


TWO_OF_EACH = {"RENDER_PROCESSES": 2, "FRONT_PROCESSES": 2}
