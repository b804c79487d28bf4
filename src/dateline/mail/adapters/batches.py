"""A way through an ESP: mails gathered into batches, each of them one request in a thread."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, Protocol

import structlog

from dateline.mail.adapters import pool
from dateline.mail.adapters.esp import Answer, Left, Requests
from dateline.mail.domain.esps import EspRoute
from dateline.mail.domain.patterns import Parcel
from dateline.mail.domain.replies import Reply, Step

log = structlog.get_logger(__name__)

LINGER_S = 0.2  # so long a batch waits to become whole, where a pace lets mails go one by one


class Desk(Protocol):
    """Who gives out mails, and hears what became of them; see `adapters.smtp.Desk`."""

    def next(self) -> Any:
        """The next mail that may leave now, or none. Those of one `text` may share a request."""
        ...

    def parcel(self, mail: Any) -> Parcel | None:
        """A mail's parts, noted as about to be handed over; none: it may not leave any more."""
        ...

    def answered(self, mail: Any, step: Step, reply: Reply) -> None:
        """The end of one mail."""
        ...

    def lost(self, mail: Any, *, in_doubt: bool) -> None:
        """Its answer was lost; or, not in doubt, it was not taken and may go another time."""
        ...


class Batches:
    """Up to `size` requests at once. Only they run in threads; see `adapters.pool.Way`."""

    def __init__(self, route: EspRoute, size: int, desk: Desk, patience_s: float) -> None:
        self.route, self.size, self.desk = route, size, desk
        self.trouble = ""
        self.requests = Requests(route, patience_s)
        self._askers = ThreadPoolExecutor(max_workers=size, thread_name_prefix="mail-esp")
        self._asked: dict[Future[Answer], list[Any]] = {}
        self._gathered: list[Any] = []
        self._gathered_at = 0.0
        self._pause_s, self._open_at = 0.0, 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no mail is on its way to the ESP."""
        return not self._asked and not self._gathered

    def turn(self, wait_s: float) -> None:
        """Take answers in, gather what may leave now, and ask as soon as a batch is whole."""
        self._take_answers()
        rests = self._open_at - time.monotonic()
        if rests <= 0:
            self._gather()
        if self._asked:
            wait(self._asked, timeout=wait_s, return_when=FIRST_COMPLETED)
        else:
            time.sleep(min(wait_s, max(0.0, rests)) if rests > 0 else min(wait_s, 0.01))

    def hold_off(self, why: str, wait_s: float = 0.0) -> None:
        """Ask nothing for a while, which doubles up to a minute; or as long as the ESP says."""
        self._pause_s = min(
            pool.LONGEST_PAUSE_S, max(pool.FIRST_PAUSE_S, self._pause_s * 2, wait_s)
        )
        self._open_at = time.monotonic() + self._pause_s
        self.trouble = why
        self._put_back(self._gathered)
        self._gathered = []
        log.warning("mail_route_in_trouble", why=why, again_in_s=self._pause_s)

    def end(self) -> None:
        """Wait for the answers that are owed, and give back what was not asked."""
        self._put_back(self._gathered)
        self._gathered = []
        self.requests.stop.set()
        self._askers.shutdown(wait=True)
        self._take_answers()

    def _gather(self) -> None:
        while len(self._asked) < self.size:
            mail = self.desk.next()
            if mail is None:
                break
            if self._gathered and self._gathered[0].text != mail.text:
                self._ask()
            if not self._gathered:
                self._gathered_at = time.monotonic()
            self._gathered.append(mail)
            if len(self._gathered) >= self.route.esp.batch:
                self._ask()
        if self._gathered and time.monotonic() - self._gathered_at >= LINGER_S:
            self._ask()

    def _ask(self) -> None:
        made = [(mail, self.desk.parcel(mail)) for mail in self._gathered]
        self._gathered = []
        self._put_back([mail for mail, parcel in made if parcel is None])
        mails = [mail for mail, parcel in made if parcel is not None]
        if not mails:
            return
        parcels = [parcel for _, parcel in made if parcel is not None]
        ask = partial(self.requests.send, parcels, _are_wanted(mails))
        self._asked[self._askers.submit(ask)] = mails

    def _take_answers(self) -> None:
        for future in [one for one in self._asked if one.done()]:
            mails, error = self._asked.pop(future), future.exception()
            if error is None:
                self._take_answer(mails, future.result())
            else:  # a fault of ours: whatever of it had left is in doubt
                log.error("mail_request_failed", error=repr(error))
                self._take_answer(mails, Answer([Left.DOUBT] * len(mails), repr(error)))

    def _take_answer(self, mails: list[Any], answer: Answer) -> None:
        taken = 0
        for mail, fate in zip(mails, answer.fates, strict=True):
            if isinstance(fate, Reply):
                taken += fate.is_yes
                self.desk.answered(mail, Step.DOT, fate)
            else:
                self.desk.lost(mail, in_doubt=fate is Left.DOUBT)
        if answer.trouble:
            self.hold_off(answer.trouble, answer.wait_s)
        elif taken:
            self._pause_s, self.trouble = 0.0, ""

    def _put_back(self, mails: Sequence[Any]) -> None:
        for mail in reversed(mails):
            self.desk.lost(mail, in_doubt=False)


def _are_wanted(mails: Sequence[Any]) -> Callable[[], bool]:
    return lambda: not any(mail.is_withdrawn for mail in mails)
