"""`kill -9` of any process while readers comment and vote loses nothing that was acknowledged.

Signed-in readers post, answer, edit, vote, change their votes and report at full speed, over HTTP.
Processes of their network die under them, one at a time or all at once, and come back. After each
round of deaths the readers rest, and

- every write that was acknowledged is in the database once, with its words; none is doubled, and
  nothing is there that nobody wrote,
- what the thread keeps counted is what its rows say: votes, replies, reports, ranks, numbers,
- every fact is recorded once and was heard by everyone who must,
- the story's page and its thread show what the rows say.

CAMPAIGN_SEED and CAMPAIGN_POINTS repeat a run; both are printed.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from lxml import html

from tests.campaigns.miscounts import miscounts, record
from tests.campaigns.network import HEAL_S, Network, chance, seconds
from tests.campaigns.readers import Books, Reader
from tests.project.conftest import wait_until

# One round of the long form; the short one takes its first. `render` is Granian's own process.
VICTIMS = (
    "renderer", "front", "worker", "tree", "renderer",
    "render", "front", "renderer", "worker", "supervisor",
)  # fmt: skip
READERS, HOLD_AT_REPORTS = 8, 3
BETWEEN = 16  # answered writes between two deaths, at most
QUICK_SEED, QUICK_POINTS = 11, 4
REST_S = 30.0  # a thread's page may be ten seconds old, beside a busy machine


@pytest.mark.stack
@pytest.mark.soak
def test_kill_9_anywhere_loses_no_comment_and_no_vote(network, soaking, capsys):
    anew = random.SystemRandom().randrange(10**6)
    seed = int(os.environ.get("CAMPAIGN_SEED") or (anew if soaking else QUICK_SEED))
    points = int(os.environ.get("CAMPAIGN_POINTS") or (500 if soaking else QUICK_POINTS))
    campaign = Campaign(network, chance(seed))
    campaign.say(f"CAMPAIGN_SEED={seed} CAMPAIGN_POINTS={points}")

    for victims in campaign.rounds(points):
        campaign.fight(victims)
        with capsys.disabled():
            campaign.say(json.dumps(campaign.figures()))

    campaign.check_everything()
    assert sum(campaign.deaths.values()) == points
    assert campaign.tally["unanswered"], "nobody was in the middle of anything"


class Campaign:
    """Lets readers write, kills processes under them, and compares the books with the rows."""

    def __init__(self, network, rng):
        self.network, self.rng = network, rng
        made = network.newsroom.ask("readers", number=READERS, hold_at_reports=HOLD_AT_REPORTS)
        self.readers = [
            Reader(network, person, session, chance(rng.random()))
            for person, session in made["readers"]
        ]
        self.books = {}  # story: what was acknowledged below it
        self.deaths, self.tally = Counter(), Counter()
        self.longest_by = {}
        self.began, self.wrote_s, self.slowest_s = time.monotonic(), 0.0, 0.0

    def say(self, text):
        sys.stdout.write(f"{text}\n")

    def rounds(self, points):
        """Who dies in which order, round by round."""
        while points > 0:
            victims = [*VICTIMS[:points]]
            self.rng.shuffle(victims)
            yield victims
            points -= len(victims)

    def fight(self, victims):
        """One story, its readers, and these deaths."""
        number = len(self.books) + 1
        story = self.network.newsroom.ask("start", headline=f"Talk {number}", public=True)["story"]
        books, path = Books(), self.network.path_of(story)
        began = time.monotonic()
        with writing(self.readers, books, path):
            for victim in victims:
                self.kill(victim, books)
        self.books[story] = books
        self.wrote_s += seconds(began)
        self.slowest_s = max(self.slowest_s, books.slowest_s)
        self.tally += books.tally
        self.network.wait_until_told()
        self.check_pages(path, self.check_rows(story))

    def kill(self, victim, books):
        """Let one process die in the middle of whatever it does, and stand again.

        That is a moment after so many writes were answered that there is something to lose.
        """
        wanted = books.answered + self.rng.randint(1, BETWEEN)
        wait_until(lambda: books.answered >= wanted, HEAL_S, f"{wanted} answers")
        threading.Event().wait(self.rng.uniform(0, 0.1))
        killed = self.network.kill(victim)
        fell_at = time.monotonic()
        self.network.heal(victim, killed)
        self.longest_by[victim] = max(self.longest_by.get(victim, 0.0), round(seconds(fell_at), 1))
        self.deaths[victim] += 1

    def check_rows(self, story):
        """What was acknowledged is there, and what is counted is what is there."""
        with self.network.moment() as rows:
            found = record(rows, story)
        assert self.books[story].wrong(found) == []
        assert miscounts(found, hold_at_reports=HOLD_AT_REPORTS) == []
        return found

    def check_pages(self, path, found):
        """Readers are shown the same number of comments everywhere, each once, with its votes."""
        visible = {row["id"]: row for row in found.comments if row["status"] == "visible"}
        mark, told = f'data-count="{len(visible)}"', f'"count": {len(visible)}}}'
        wait_until(lambda: mark in self.network.read(path)[1], REST_S, f"{mark} on {path}")
        wait_until(lambda: told in self.network.read(f"{path}/comments/new.json")[1], REST_S, told)
        shown = self.walk(f"{path}/comments/")
        assert sorted(shown) == sorted(visible)
        wrong = [pk for pk, was in shown.items() if was != as_shown(visible[pk])]
        assert wrong == [], (shown[wrong[0]], visible[wrong[0]])

    def walk(self, start):
        """Every comment on every page of a thread, by id: its words and its votes."""
        shown, ways, been = {}, [f"{start}?order=oldest"], set()
        while ways:
            way = ways.pop()
            been.add(way)
            status, body = self.network.read(way)
            assert status == 200, way
            page = html.document_fromstring(body)
            for row in page.cssselect("li.comment:not(.comment-gone)"):
                pk = int(row.get("id").removeprefix("comment-"))
                assert pk not in shown, f"comment {pk} is on two pages"
                shown[pk] = (text_in(row, ".comment-text"), text_in(row, ".score"))
            further = [link.get("href") for link in page.cssselect("a[href*='?after=']")]
            ways += [one for one in further if one not in been]
        return shown

    def check_everything(self):
        """At the end nothing that was true after any round has been lost since."""
        for story in self.books:
            self.check_rows(story)
        self.network.check_rows()

    def figures(self):
        return {
            "points": sum(self.deaths.values()),
            "seconds": round(seconds(self.began)),
            "wrote_s": round(self.wrote_s),
            "deaths": dict(self.deaths),
            "tally": dict(sorted(self.tally.items())),
            "slowest_answer_s": round(self.slowest_s, 1),
            "longest_to_heal_s": self.longest_by,
        }


@contextmanager
def writing(readers, books, path):
    """All readers write, each in a thread of its own, from the beginning to the end of a block."""
    over = threading.Event()
    with ThreadPoolExecutor(len(readers)) as pool:
        all_of_them = [pool.submit(reader.write, books, path, over) for reader in readers]
        try:
            yield
        finally:
            over.set()
        for one in all_of_them:
            one.result()


def as_shown(row):
    """A comment's words and votes as a page shows them."""
    ups, downs = row["ups"], row["downs"]
    net = f"{ups - downs}".replace("-", "\N{MINUS SIGN}")
    return row["text"], f"{net} (+{ups} / \N{MINUS SIGN}{downs})"


def text_in(row, where):
    return " ".join(row.cssselect(where)[0].text_content().split())


@pytest.fixture
def network(installation, start):
    """A real network with two renderers, so that somebody answers while one is away."""
    running = Network(installation, lambda *a, **s: start(*a, RENDER_PROCESSES=2, **s))
    yield running
    running.close()
