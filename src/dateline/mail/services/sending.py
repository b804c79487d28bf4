"""Send what is due: one process, several warm connections, every reader once."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from dateline import clock
from dateline.mail import models
from dateline.mail.adapters.batches import Batches
from dateline.mail.adapters.greeting import Route
from dateline.mail.adapters.heard import Heard
from dateline.mail.adapters.lookups import Lookup, Nobody, PostfixLog
from dateline.mail.adapters.one_by_one import OneByOne
from dateline.mail.adapters.pool import Pool, Way
from dateline.mail.domain.states import MailingState
from dateline.mail.queries.sending import route
from dateline.mail.services import mailings
from dateline.mail.services.outgoing import Outgoing
from dateline.mail.services.pacing import Paces
from dateline.mail.services.reconciling import reconcile
from dateline.mail.services.warming import WarmUp

log = structlog.get_logger(__name__)

POLL_S = 0.4  # what the newsroom and readers decide counts for every mail a second later
SYNC_S = 0.5
LOOK_S = 0.5  # how often an idle sender looks whether something is due
UPKEEP_S = 5.0
TURN_S = 0.05
DOUBTS_IN_A_ROW = 10  # then a server that hangs up instead of answering is left alone
GRACE_S = 10.0  # a sender that is told to stop waits so long for answers
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def send_due(*, at: datetime | None = None, lookup: Lookup | None = None) -> int:
    """Send all that is due, in this process; return how many mails met their fate.

    `at` (aware UTC) stands for now as long as it runs; without, it is the clock's now. Several may
    run. It ends when nothing is due any more, or the mail server takes nothing.
    """
    moment = clock.now if at is None else lambda: at
    sender = Sender(lookup or configured_lookup(), moment)
    sender.upkeep()
    try:
        while sender.step() and not sender.way.trouble:
            pass
    finally:
        sender.end()
    return sender.outgoing.settled


def run(stop: threading.Event, *, lookup: Lookup | None = None) -> None:
    """Send what becomes due until `stop` is set; then wait for answers, and give back the rest.

    Where the database does not answer nothing leaves, and it goes on when it does.
    """
    sender = Sender(lookup or configured_lookup())
    next_upkeep = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_upkeep:
                close_old_connections()
                sender.upkeep()
                next_upkeep = time.monotonic() + UPKEEP_S
            if not sender.step():
                stop.wait(LOOK_S)
        except DatabaseError as error:
            log.warning("mail_database_trouble", error=str(error).strip())
            sender.outgoing.is_blind = True
            close_old_connections()
            stop.wait(LOOK_S)
    sender.end()


class Sender:
    """Turns the way, and between two turns does what is due by the clock."""

    def __init__(self, lookup: Lookup, moment: Callable[[], datetime] = clock.now) -> None:
        self.folder = settings.DATELINE_DATA_DIR / "mail-journal"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.outgoing = Outgoing(self.folder, lookup, _paces(), _warm_up(), moment)
        self.way: Way = _way(self.outgoing)
        self._poll_at = self._sync_at = 0.0

    def step(self) -> bool:
        """One turn; say whether there is something in hand or was something due."""
        outgoing = self.outgoing
        outgoing.begin_turn()
        self._by_the_clock()
        outgoing.refill()
        took = outgoing.take_more()
        if outgoing.refuses_sender:
            self.way.hold_off(outgoing.refuses_sender)
            outgoing.refuses_sender = ""
        if outgoing.doubts_in_a_row >= DOUBTS_IN_A_ROW:
            outgoing.ask_about_doubts()
        if outgoing.doubts_in_a_row >= DOUBTS_IN_A_ROW:
            self.way.hold_off("The server ends connections instead of answering.")
            outgoing.doubts_in_a_row = 0
        self.way.turn(TURN_S if outgoing.held and not took else 0.0)
        outgoing.end_turn()
        if outgoing.is_full or (outgoing.held and not outgoing.is_busy):
            outgoing.flush()
        return took or bool(outgoing.held)

    def upkeep(self) -> None:
        """See after what dead senders left, and after mailings that were stopped."""
        at = self.outgoing.moment()
        reconcile(self.folder, self.outgoing.lookup, at=at)
        stopped = models.Stretch.objects.filter(
            mailing__state=MailingState.STOPPED.value, next_at__isnull=False, holder=""
        )
        for mailing_id in stopped.values_list("mailing_id", flat=True).distinct():
            mailings.sweep(mailing_id, at=at)
        self.outgoing.paces.tidy(time.monotonic())

    def end(self) -> None:
        """Give back what has not left, wait for what has, and write it all down."""
        self.outgoing.drop()
        until = time.monotonic() + GRACE_S
        while not self.way.is_idle and time.monotonic() < until:
            self.way.turn(TURN_S)
        self.way.end()
        self.outgoing.poll()
        self.outgoing.give_up_doubts()
        self.outgoing.flush()

    def _by_the_clock(self) -> None:
        now = time.monotonic()
        if now >= self._sync_at:
            self.outgoing.sync()
            self._sync_at = time.monotonic() + SYNC_S
        if now >= self._poll_at:
            self.outgoing.poll()
            self.outgoing.is_blind = False
            self._poll_at = time.monotonic() + POLL_S


def configured_lookup() -> Lookup:
    """Whom to ask about lost answers, by the settings."""
    if settings.DATELINE_MAIL_ESP:
        return Heard()
    log_file = settings.DATELINE_MAIL_LOG
    return PostfixLog(Path(log_file)) if log_file else Nobody()


def _warm_up() -> WarmUp | None:
    firsts = settings.DATELINE_MAIL_WARM_UP
    return WarmUp(route(), firsts, ZoneInfo(settings.TIME_ZONE)) if firsts else None


def _paces() -> Paces:
    return Paces(settings.DATELINE_MAIL_RATE, settings.DATELINE_MAIL_RATES)


def _way(outgoing: Outgoing) -> Way:
    size, patience_s = settings.DATELINE_MAIL_CONNECTIONS, settings.DATELINE_MAIL_PATIENCE_S
    if settings.DATELINE_MAIL_ESP:
        return Batches(settings.DATELINE_MAIL_ESP, size, outgoing, patience_s)
    if settings.EMAIL_BACKEND != SMTP:
        return OneByOne(outgoing)
    route = Route(
        settings.EMAIL_HOST,
        settings.EMAIL_PORT,
        settings.DATELINE_NETWORK_DOMAIN,
        settings.EMAIL_HOST_USER,
        settings.EMAIL_HOST_PASSWORD,
        tls=settings.EMAIL_USE_SSL,
        starttls=settings.EMAIL_USE_TLS,
        patience_s=patience_s,
    )
    return Pool(route, size, outgoing)
