"""`kill -9` of any process while the newsroom publishes, corrects and kills loses nothing.

Each point: a verb is asked for, through the desk or in a process of its own, and somewhere in the
middle of it one process of the network dies. Then the network heals by itself (only a dead
supervisor is started again, as systemd would), and

- what was acknowledged is in the database and before readers,
- what was not is there whole or not at all,
- every fact is heard by everyone who must, and the database is sound.

CAMPAIGN_SEED and CAMPAIGN_POINTS repeat a run; both are printed.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from itertools import count

import pytest

from tests.campaigns.network import Network, chance, seconds

VERBS = ("publish", "correct", "kill")
OWN = "the verb's own"
VICTIMS = (OWN, "renderer", "render", "front", "worker", "supervisor")  # render: Granian's parent
SHELL, DESK = "shell", "desk"
QUICK_SEED = 7


@pytest.mark.stack
@pytest.mark.soak
def test_kill_9_anywhere_loses_nothing_that_was_acknowledged(network, soaking, capsys):
    anew = random.SystemRandom().randrange(10**6)
    seed = int(os.environ.get("CAMPAIGN_SEED") or (anew if soaking else QUICK_SEED))
    points = int(os.environ.get("CAMPAIGN_POINTS") or (50 if soaking else 6))
    campaign = Campaign(network, chance(seed))
    campaign.say(f"CAMPAIGN_SEED={seed} CAMPAIGN_POINTS={points}")
    campaign.measure()

    for point in campaign.plan(points):
        campaign.fight(*point)

    campaign.check_everything()
    assert sum(campaign.tally.values()) == points
    with capsys.disabled():
        campaign.say("\n" + json.dumps({"seed": seed, "points": points, **campaign.figures()}))


class Campaign:
    """Asks for verbs, kills processes, and keeps the books of what must be true."""

    def __init__(self, network, rng):
        self.network, self.rng = network, rng
        self.numbers = count(1)
        self.books = {}  # story: its standing, as it must be from now on
        self.unanswered = {}  # story: (its standing before, the verb, the words of the verb)
        self.took = {}  # (way, verb): seconds and steps when nothing happens to it
        self.tally, self.outcomes = Counter(), Counter()
        self.longest_heal_s = 0.0
        self.longest_by = {}

    def say(self, text):
        sys.stdout.write(f"{text}\n")

    def plan(self, points):
        """Every kind of process dies in each round of six; verbs and ways are mixed."""
        planned = []
        while len(planned) < points:
            victims, verbs = [*VICTIMS], [*VERBS, *VERBS]
            self.rng.shuffle(victims)
            self.rng.shuffle(verbs)
            for victim, verb in zip(victims, verbs, strict=True):
                way = SHELL if victim == OWN else self.rng.choice((SHELL, DESK))
                planned.append((victim, verb, way))
        return planned[:points]

    def measure(self):
        """Each verb once in each way with nobody dying: how long it takes, and how many steps."""
        for way in (SHELL, DESK):
            for verb in VERBS:
                story, text, before = self.subject(verb)
                began = time.monotonic()
                answer = self.ask(way, verb, story, text)
                assert answer["acknowledged"], (way, verb)
                self.took[way, verb] = (seconds(began), answer.get("steps", 0))
                self.settle(story, before, verb, text, acknowledged=True)

    def subject(self, verb):
        """A fresh story for a verb: (its id, the words of the verb, its standing now)."""
        number = next(self.numbers)
        text = f"Number {number} to {verb}"
        headline = text if verb == "publish" else f"Number {number} begins"
        story = self.network.newsroom.ask("start", headline=headline, public=verb != "publish")
        return story["story"], text, self.network.standing(story["story"])

    def ask(self, way, verb, story, text, *, fall_at=0):
        """Run a verb to its end or its death; say whether it was acknowledged."""
        if way == SHELL:
            return self.network.newsroom.ask(
                "verb", name=verb, story=story, text=text, fall_at=fall_at
            )
        return {"acknowledged": self.network.post(*self.form_of(verb, story, text)) == 302}

    def form_of(self, verb, story, text):
        if verb == "kill":
            return f"/stories/{story}/kill/", {"reason": text}
        told = {"change_kind": "correction", "change_note": text} if verb == "correct" else {}
        answer = self.network.newsroom.ask("form", story=story, headline=text, **told)
        return f"/snippets/stories/story/edit/{story}/", answer["form"]

    def fight(self, victim, verb, way):
        """One point of the campaign."""
        story, text, before = self.subject(verb)
        self.say(f"{victim} dies while the {way} wants to {verb} story {story}")
        took, steps = self.took[way, verb]
        if victim == OWN:
            answer = self.ask(way, verb, story, text, fall_at=self.rng.randint(1, steps))
            fell_at = time.monotonic()
            assert not answer["acknowledged"]
        else:
            answer, fell_at = self.ask_and_kill(victim, way, verb, story, text, within=took)
        after = self.settle(story, before, verb, text, acknowledged=answer["acknowledged"])
        healed_s = seconds(fell_at)
        self.longest_by[victim] = round(max(self.longest_by.get(victim, 0.0), healed_s), 1)
        self.tally[f"{victim}/{verb}/{way}"] += 1
        self.outcomes[outcome(answer["acknowledged"], after != before)] += 1

    def ask_and_kill(self, victim, way, verb, story, text, *, within):
        """Kill a process at a moment of the verb's time, each as likely as any other."""
        answers, answered = [], threading.Event()

        def run():
            answers.append(self.ask(way, verb, story, text))
            answered.set()

        asking = threading.Thread(target=run)
        asking.start()
        answered.wait(self.rng.uniform(0, within))  # a moment, or the answer if that is sooner
        killed = self.network.kill(victim)
        fell_at = time.monotonic()
        self.network.heal(victim, killed)
        asking.join()
        return answers[0], fell_at

    def settle(self, story, before, verb, text, *, acknowledged):
        """Wait until all is told; the verb is there whole, or, unacknowledged, not at all."""
        self.network.wait_until_told()
        if acknowledged:
            self.books[story] = before.after(verb, text)
            assert self.network.standing(story) == self.books[story]
        else:
            self.unanswered[story] = before, verb, text
            self.look_again(story)
        self.check_readers(story)
        self.network.check_rows()
        return self.books[story]

    def look_again(self, story):
        """What got no answer was done whole or not at all, be it after the front had died."""
        before, verb, text = self.unanswered[story]
        standing, whole = self.network.standing(story), before.after(verb, text)
        assert without_draft(standing) in (without_draft(before), without_draft(whole))
        self.books[story] = standing

    def check_readers(self, story):
        """What the books say is what a reader gets, on the page and in every list."""
        standing, path = self.books[story], self.network.path_of(story)
        status, page = self.network.read(path)
        lists = [
            self.network.read(where) for where in ("/", "/world/", "/feed.xml", "/world/feed.xml")
        ]
        assert [status for status, _ in lists] == [200] * 4
        shown = [path in text for _, text in lists]
        if standing.live:
            assert (status, shown) == (200, [True] * 4)
            assert standing.headline in page
            assert all(note in page for note in standing.corrections)
        else:
            assert status == (410 if standing.killed else 404)
            assert shown == [False] * 4

    def check_everything(self):
        """At the end nothing that was true at any point has been lost on the way."""
        for story in self.unanswered:
            self.look_again(story)
        for story, standing in self.books.items():
            assert self.network.standing(story) == standing
            status, page = self.network.read(self.network.path_of(story))
            assert status == (200 if standing.live else 410 if standing.killed else 404)
            assert (standing.headline in page) is standing.live
        self.network.check_rows()

    def figures(self):
        return {
            "by_process": tallied(self.tally, 0),
            "by_verb": tallied(self.tally, 1),
            "by_way": tallied(self.tally, 2),
            "outcomes": dict(self.outcomes),
            "longest_to_heal_s": self.longest_by,
        }


def outcome(acknowledged, done):
    if acknowledged:
        return "acknowledged and there"
    return "unanswered but whole" if done else "unanswered and rolled back"


def without_draft(standing):
    """A headline that readers do not see may be the draft's."""
    return standing if standing.live else replace(standing, headline="")


def tallied(tally, place):
    totals = Counter()
    for key, number in tally.items():
        totals[key.split("/")[place]] += number
    return dict(totals)


@pytest.fixture
def network(installation, start):
    """A real network with two mastheads, stories, and an editor who is signed in."""
    running = Network(installation, start)
    yield running
    running.close()
