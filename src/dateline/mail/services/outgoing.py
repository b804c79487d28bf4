"""What one sender has in hand: which mail is next, and what became of each. Hot: no Django here.

Only `poll`, `flush` and `take_more` speak with the database, a few times a second.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import structlog

from dateline import clock
from dateline.mail.adapters.lookups import Lookup
from dateline.mail.domain.addresses import domain_of
from dateline.mail.domain.patterns import Parcel
from dateline.mail.domain.replies import Reply, Step
from dateline.mail.domain.states import Fate
from dateline.mail.queries.sending import Running, running
from dateline.mail.queries.suppression import said_lately
from dateline.mail.services import stretches
from dateline.mail.services.in_hand import Job
from dateline.mail.services.making import Maker
from dateline.mail.services.pacing import Paces
from dateline.mail.services.stretches import Held, Outcome
from dateline.mail.services.warming import WarmUp

log = structlog.get_logger(__name__)

AHEAD = 200  # mails that are made ready in a row
LOW = 200  # mails in hand; below, another stretch is taken
MOST_HELD = 5  # stretches in hand, where a receiver is slow
FULL = 1000  # outcomes that are written down at once
MOST_PARKED = 200  # mails that stand back for one receiver's sake
PUT_OFF = timedelta(minutes=1)
TOMORROW = "The warm-up lets no more leave today."


@dataclass(slots=True)
class Outgoing:
    """Gives mails out and takes their fates in; see `adapters.smtp.Desk`.

    `moment` tells aware UTC. `paces` say how fast, `warm_up` how many a day where a way is new;
    `lookup` is asked about lost answers.
    """

    folder: Path
    lookup: Lookup
    paces: Paces = field(default_factory=Paces)
    warm_up: WarmUp | None = None
    moment: Callable[[], datetime] = clock.now
    waiting: deque[Job] = field(default_factory=deque)
    parked: dict[str, deque[Job]] = field(default_factory=dict)
    out: dict[int, Job] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    mailings: dict[int, Running] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    doubted: dict[str, tuple[Job, datetime]] = field(default_factory=dict)
    doubts_in_a_row: int = 0
    refuses_sender: str = ""
    settled: int = 0
    is_blind: bool = False  # the database cannot say who may not be written to any more
    _told_until: int = 0
    _at: datetime | None = None  # the moment of this turn
    _full_until: dict[int, datetime] = field(default_factory=dict)
    _maker: Maker = field(init=False)

    def __post_init__(self) -> None:
        self._maker = Maker(self.moment)
        _, self._told_until = said_lately(0)

    @property
    def has_mail(self) -> bool:
        """Whether mail waits that may leave as soon as there is a connection."""
        return bool(self.waiting or self.parked) and not self.is_blind

    @property
    def is_full(self) -> bool:
        """Whether it is time to write down what became of mails."""
        return len(self.outcomes) >= FULL

    @property
    def is_busy(self) -> bool:
        """Whether a mail is in hand that waits for its turn or for an answer."""
        return bool(self.waiting or self.parked or self.out)

    def next(self) -> Job | None:
        """The next mail that its route and its receiver's pace let go now."""
        if self.is_blind:
            return None
        now = time.monotonic()
        job = self.paces.first_of(self.parked, now) if self.parked else None
        while job is None and self.waiting and not self.paces.is_route_full:
            job = self.waiting.popleft()
            if self.warm_up and not self._is_allowed(job, self.warm_up):
                job = None
                if self.warm_up.wanted:
                    break  # `refill` asks the database, and not in the midst of a turn
            elif not self.paces.may_leave(job.domain, now):
                self._stand_back(job)
                job = None
        self.paces.is_route_full = False
        if job is not None:
            self.out[job.who.pk] = job
        return job

    def _is_allowed(self, job: Job, warm_up: WarmUp) -> bool:
        """Whether the warm-up lets it leave today; else it stands first in line, or till tomorrow.

        A mail keeps its allowance while it stands back for another reason.
        """
        if job.allowed_on:
            return True
        if warm_up.may_leave(job.of.sender, job.domain):
            job.allowed_on = warm_up.day
            return True
        until = warm_up.waits_for(job.of.sender, job.domain)
        if until is None:
            self.waiting.appendleft(job)
        else:
            warm_up.wanted.clear()
            self._settle(job, None, TOMORROW, Step.RCPT, again_at=until)
            if warm_up.is_full(job.of.sender):
                self._full_until[job.of.pk] = until
        return False

    def refill(self) -> None:
        """Take what the warm-up allows, and put off till tomorrow what it does not."""
        warm_up = self.warm_up
        if warm_up is None:
            return
        if warm_up.turned(self._at or self.moment()):
            for job in [job for line in self.parked.values() for job in line]:
                job.allowed_on = None
                self.waiting.append(job)
            self.parked.clear()
        warm_up.refill()
        for mailing_id, until in self._full_until.items():
            stretches.put_off(mailing_id, until=until)
        self._full_until.clear()

    def _spare(self, job: Job) -> None:
        if self.warm_up and job.allowed_on:
            self.warm_up.spare(job.of.sender, job.domain, job.allowed_on)
        job.allowed_on = None

    def _stand_back(self, job: Job) -> None:
        if self.paces.is_route_full:
            self.waiting.appendleft(job)
        else:
            self.parked.setdefault(job.domain, deque()).append(job)

    def hand(self, mail: Job) -> bytes | None:
        """Note that a mail is about to leave, and return it whole; none if it was withdrawn."""
        if mail.is_withdrawn or self.is_blind:
            return None
        if not mail.filled:
            self._maker.prepare([mail, *islice(self.waiting, AHEAD)])
        message = self._maker.message(mail)
        mail.held.journal.handing(mail.who.number)
        return message

    def parcel(self, mail: Job) -> Parcel | None:
        """Note that a mail is about to leave, and return its parts; none if it was withdrawn."""
        if mail.is_withdrawn or self.is_blind:
            return None
        made = self._maker.parcel(mail)
        mail.held.journal.handing(mail.who.number)
        return made

    def answered(self, mail: Job, step: Step, reply: Reply) -> None:
        """Take in the end of one mail: yes to its dot, or no to any step."""
        if step is Step.MAIL:  # that is about the sender, and not this reader's fault
            self._put_back(mail)
            self.paces.hold("", time.monotonic())
            self.refuses_sender = str(reply) if reply.is_for_good else self.refuses_sender
            return
        if step is Step.DOT:
            self.doubts_in_a_row, mail.allowed_on = 0, None
        if reply.is_yes:
            self.paces.left(mail.domain)
            self._settle(mail, Fate.SENT, str(reply), step)
        elif reply.is_for_good:
            self._settle(mail, Fate.REFUSED, str(reply), step, is_of_nobody=reply.is_of_nobody)
        else:
            self.paces.hold(mail.domain, time.monotonic())
            self._settle(mail, None, str(reply), step)

    def lost(self, mail: Job, *, in_doubt: bool) -> None:
        """A connection ended: ask about a mail that had left; send another way what had not."""
        if in_doubt:
            self.doubts_in_a_row, mail.allowed_on = self.doubts_in_a_row + 1, None
            self.doubted[self._maker.name_of(mail)] = (mail, self.moment())
            return
        mail.held.journal.taken_back(mail.who.number)
        self._put_back(mail)

    def take_more(self) -> bool:
        """Take another stretch if little is in hand; say whether there was one."""
        if len(self.waiting) > LOW or len(self.held) >= MOST_HELD or self.is_blind:
            return False
        found = stretches.take(self.folder, at=self.moment())
        if found is None:
            return False
        held, rows = found
        self.held[held.pk] = held
        of = self.mailings.get(held.mailing_id) or running(held.mailing_id)
        self.mailings[held.mailing_id] = of
        jobs = [Job(held, of, who, domain_of(who.address)) for who in rows]
        self.waiting += [job for job in jobs if not job.who.is_withheld]
        for job in jobs:
            if job.who.is_withheld:
                self._withhold(job)
        return True

    def poll(self) -> None:
        """Look what the newsroom and the readers decided since; at most half a second old.

        Drops mails of mailings that are not on their way any more, and of readers who left; asks
        about mails in doubt; writes down what became of others.
        """
        self.ask_about_doubts()
        self._give_back_the_slow()
        for mailing_id in {held.mailing_id for held in self.held.values()}:
            was = self.mailings[mailing_id]
            of = self.mailings[mailing_id] = running(mailing_id, was)
            if not of.is_on_its_way or of.newest != was.newest:  # or cut anew since
                self.drop(mailing_id)
        self._withhold_who_left()
        self.flush()

    def drop(self, mailing_id: int | None = None) -> None:
        """Take back all that has not been handed over, of one mailing or of all."""
        for job in [*self._in_hand()]:
            if mailing_id in {None, job.of.pk} and not job.is_withdrawn:
                job.is_withdrawn = True
                # One that was given out is asked for again before it is handed over.
                if job.who.pk not in self.out:
                    job.held.open -= 1
                    self._spare(job)
        self._forget_withdrawn()

    def flush(self) -> None:
        """Write down what became of mails, and let go of stretches that are through."""
        through = [one for one in self.held.values() if not one.open]
        if not self.outcomes and not through:
            return
        names = {held.pk: held.journal.name for held in through}
        stretches.settle(self.outcomes, names, at=self.moment())
        self.settled += len(self.outcomes)
        self.outcomes.clear()
        for held in through:
            held.journal.end()
            del self.held[held.pk]

    def end_turn(self) -> None:
        """See that the journals say what was answered in this turn."""
        for held in self.held.values():
            held.journal.flush()

    def begin_turn(self) -> None:
        """Look at the clock once for all that happens in one turn."""
        self._at = self.moment()

    def give_up_doubts(self) -> None:
        """Let those whom the lookup cannot tell yet be settled by whoever sends next."""
        for held in [one for one in self.held.values() if one.open]:
            held.journal.let_go()
            del self.held[held.pk]
        self.doubted.clear()
        if self.warm_up:
            self.warm_up.end()

    def sync(self) -> None:
        """See the journals onto the disk."""
        for held in self.held.values():
            held.journal.sync()

    def _in_hand(self) -> list[Job]:
        parked = [job for line in self.parked.values() for job in line]
        return [*self.waiting, *parked, *self.out.values()]

    def _withhold(self, job: Job) -> None:
        told = "The reader left, or may not be written to."
        self._settle(job, Fate.WITHHELD, told, Step.RCPT)

    def _withhold_who_left(self) -> None:
        told, self._told_until = said_lately(self._told_until)
        said = frozenset(told)
        for job in self._in_hand() if said else ():
            key = job.who.key
            if job.is_withdrawn or not {(key, ""), (key, job.of.scope)} & said:
                continue
            job.is_withdrawn = True
            if job.who.pk not in self.out:  # else it is put back, and withheld the next time
                self._withhold(job)
        self._forget_withdrawn()

    def _forget_withdrawn(self) -> None:
        self.waiting = deque(job for job in self.waiting if not job.is_withdrawn)
        for domain, line in [*self.parked.items()]:
            self.parked[domain] = deque(job for job in line if not job.is_withdrawn)
            if not self.parked[domain]:
                del self.parked[domain]

    def _give_back_the_slow(self) -> None:
        """A receiver that takes little must not hold up the others: give its mails back."""
        for line in self.parked.values():
            while len(line) > MOST_PARKED:
                again = self.moment() + PUT_OFF
                self._settle(line.pop(), None, "Its receiver is slow.", Step.RCPT, again_at=again)

    def _put_back(self, job: Job) -> None:
        """It did not leave: next in line again, or given back with its stretch if withdrawn."""
        self.out.pop(job.who.pk, None)
        self._spare(job)
        if job.is_withdrawn:
            job.held.open -= 1
        else:
            self.waiting.appendleft(job)

    def _settle(
        self, job: Job, fate: Fate | None, told: str, step: Step, *, is_of_nobody: bool = False,
        again_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self.out.pop(job.who.pk, None)
        if job.allowed_on:
            self._spare(job)
        job.held.open -= 1
        if step is Step.DOT:
            job.held.journal.settled(job.who.number, fate, told)
        who, at = job.who, self._at or self.moment()
        outcome = Outcome(job.held.pk, who.pk, who.address, fate, told, at, who.tries)
        outcome.is_of_nobody, outcome.again_at = is_of_nobody, again_at
        self.outcomes.append(outcome)

    def ask_about_doubts(self) -> None:
        """Ask the lookup about mails whose answer was lost; settle those that can be told."""
        if not self.doubted:
            return
        known = self.lookup.known({name: since for name, (_, since) in self.doubted.items()})
        for name, (job, since) in [*self.doubted.items()]:
            if known.get(name):
                self.doubts_in_a_row = 0
                self._settle(job, Fate.SENT, "The receiver has it; its answer was lost.", Step.DOT)
            elif name in known:
                job.held.journal.taken_back(job.who.number)
                self._put_back(job)
            elif (self.moment() - since).total_seconds() < self.lookup.patience_s:
                continue
            else:
                self._settle(job, Fate.UNKNOWN, "Handed over; the answer was lost.", Step.DOT)
            del self.doubted[name]
