"""Readers who comment, answer, edit, vote and report as fast as they can, and their books.

What was acknowledged must be there, once, and nothing else. What got no answer may be there or not,
whole: the same form is then sent again until somebody answers, or it is given up. Somebody whose
request had no answer leaves that comment alone until all is settled, for an old request may still
be under way.
"""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from tests.campaigns.network import seconds

SEE_OTHER, REFUSED = 303, {410, 422}
VERBS = {"post": 4, "reply": 5, "vote": 8, "edit": 3, "report": 1}
TRIES = 400  # of one form, over the time a network takes to stand again
GIVES_UP = 0.2
TOLD = re.compile(r"/comments/(\d+)\?said=(posted|again)#")


@dataclass
class Said:
    """A comment as its author knows it: every text it may have now, and whether it must be there."""

    author: str
    key: str
    answers: int | None
    texts: set
    must: bool = False
    id: int | None = None


@dataclass
class Books:
    """What readers were told, story by story. Each entry is written by one reader alone."""

    said: dict = field(default_factory=dict)  # (author, key): Said
    votes: dict = field(default_factory=dict)  # (comment, reader): every value it may have now
    reports: dict = field(default_factory=dict)  # (comment, reader): whether it may be, must be
    known: list = field(default_factory=list)  # comments with an id, by anybody
    tally: Counter = field(default_factory=Counter)
    answered: int = 0  # about: only told to whoever waits for more
    slowest_s: float = 0.0

    def wrong(self, record):
        """All that was acknowledged and is not there once, or is there and nobody wrote."""
        return [*self._comments(record), *self._votes(record), *self._reports(record)]

    def _comments(self, record):
        rows = record.by_key
        if len(rows) != len(record.comments):
            yield "doubled", len(record.comments) - len(rows)
        yield from (("nobody wrote", *key) for key in rows if key not in self.said)
        for key, said in self.said.items():
            row = rows.get(key)
            if row is None:
                if said.must:
                    yield "lost", said
                continue
            is_ = (said.id or row["id"], said.answers)
            if (row["id"], row["answers_id"]) != is_ or row["text"] not in said.texts:
                yield "otherwise", said, row

    def _votes(self, record):
        there = {(comment, by): value for comment, by, value in record.votes}
        for place in {*there, *self.votes}:
            may = self.votes.get(place, {0})
            if there.get(place, 0) not in may:
                yield "vote", place, there.get(place), may

    def _reports(self, record):
        there = set(record.reports)
        for place in {*there, *self.reports}:
            if (place in there) not in self.reports.get(place, {False}):
                yield "report", place, place in there


class Reader:
    """One signed-in member of musashi who writes below one story until told to stop."""

    def __init__(self, network, person, session, rng):
        self.network, self.person, self.session, self.rng = network, person, session, rng
        self.numbers = count(1)

    def write(self, books, path, over):
        """Do one thing after another; what is under way when it is over is brought to its end."""
        self.books, self.path, self.over = books, f"{path}/comments/", over
        self.mine, self.unsure = [], set()
        while not over.is_set():
            verb = self.rng.choices(list(VERBS), list(VERBS.values()))[0]
            getattr(self, verb)()

    def post(self, answers=None):
        number = next(self.numbers)
        said = Said(self.person, f"{self.person}-{number}", answers, {self.words(number)})
        self.books.said[self.person, said.key] = said
        form = {"text": self.words(number), "key": said.key, "answers": answers or ""}
        done, to, _ = self.insist("reply" if answers else "post", "", form)
        if not done:
            return
        said.must = True
        if told := TOLD.search(to):  # not where it is held already: another reader's report
            said.id = int(told[1])
            self.mine.append(said)
            self.books.known.append((said.id, self.person))

    def reply(self):
        target = self.a_comment(lambda _: True)
        self.post(answers=target)

    def words(self, number):
        return f"Thought {number} of {self.person} about the ferry, at length"

    def edit(self):
        own = [said for said in self.mine if said.id not in self.unsure]
        if not own:
            return
        said = self.rng.choice(own)
        text = f"{self.words(next(self.numbers))}, and changed."
        said.texts = self.will("edit", said.id, {"text": text}, said.texts, text)

    def vote(self):
        comment = self.a_comment(lambda author: author != self.person)
        if comment is None:
            return
        place, value = (comment, self.person), self.rng.choice((-1, 0, 1, 1))
        before = self.books.votes.get(place, {0})
        self.books.votes[place] = self.will("vote", comment, {"value": value}, before, value)

    def report(self):
        comment = self.a_comment(lambda author: author != self.person)
        if comment is None:
            return
        place = (comment, self.person)
        before = self.books.reports.get(place, {False})
        form = {"reason": "abuse", "text": "Look at this."}
        self.books.reports[place] = self.will("report", comment, form, before, True)

    def a_comment(self, wanted):
        """One of the latest comments, whose author is `wanted`; None where there is none yet."""
        latest = self.books.known[-30:]
        found = [pk for pk, author in latest if wanted(author) and pk not in self.unsure]
        return self.rng.choice(found) if found else None

    def will(self, verb, comment, form, before, new):
        """Do it; return every state it may have left behind."""
        done, _, once_unanswered = self.insist(verb, f"{comment}/{verb}", form)
        if once_unanswered:
            self.unsure.add(comment)
        if done:
            return {new}
        return before | {new} if once_unanswered else before

    def insist(self, verb, path, form):
        """Send a form until it is answered, or give it up: (done, where to, once unanswered)."""
        for tried in range(TRIES):
            began = time.monotonic()
            status, to = self.send(self.path + path, form)
            if status == SEE_OTHER:
                self.books.tally[f"{verb} again" if tried else verb] += 1
                self.books.answered += 1
                self.books.slowest_s = max(self.books.slowest_s, seconds(began))
                return True, to, tried > 0
            if status in REFUSED:
                self.books.tally[f"{verb} refused"] += 1
                return False, "", tried > 0
            assert status is None or status >= 500, (status, verb)
            self.books.tally["unanswered"] += 1
            if not tried and self.rng.random() < GIVES_UP:
                self.books.tally[f"{verb} given up"] += 1
                return False, "", True
            threading.Event().wait(0.2)
        raise AssertionError(f"nobody answered {verb} {path} in {TRIES} tries")

    def send(self, path, form):
        """The status and where it leads to; None where no answer came."""
        try:
            answer, _ = self.network.send(path, form, to="musashi", session=self.session)
        except (OSError, http.client.HTTPException):
            return None, ""
        return answer.status, answer.headers.get("Location", "")
