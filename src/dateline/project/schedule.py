"""Everything that happens by itself: what, how often, and by which function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dateline import clock
from dateline.accounts.services import notices, own_data, second_steps, sessions
from dateline.alerts.queries import offered, searches
from dateline.alerts.services import (
    amending,
    drills,
    mail_digests,
    mailing,
    pruning,
    saved_searches,
    search_digests,
)
from dateline.alerts.services import keys as push_keys
from dateline.alerts.services.sending import Sender
from dateline.demo.services import kinds as live_ticking
from dateline.demo.services import ticking
from dateline.discussion.services import answer_mails, outside, upkeep
from dateline.edge import services as edge
from dateline.jobs.services import series
from dateline.mail.services import hearing
from dateline.newsletters.services import clicks, importing, rhythm
from dateline.newsletters.services import pruning as asked
from dateline.outbox import services as outbox
from dateline.project import beacons, reaper, ticker
from dateline.promos.services import pacing, running
from dateline.standing.services import contact
from dateline.stories.services import indexing, publishing
from dateline.trending.services import ranking
from dateline.wire.services import intake as wire
from dateline.wire.services import pickups


@dataclass(frozen=True, slots=True)
class Loop:
    """Runs again `every_s` seconds after it ended; at once while `run` says it found work."""

    name: str
    every_s: float
    run: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Job:
    """Runs once for each slot of `cron` (five fields, UTC), on one worker only."""

    name: str
    cron: str
    run: Callable[[], Any]


def do_what_readers_asked() -> int:
    """Make the copies and remove the accounts that readers asked for; return how many."""
    return own_data.run_due(at=clock.now())


def forget_log_ins() -> int:
    """Remove codes, log-ins, sessions and notices that are over; return how many."""
    return sessions.forget_old(at=clock.now()) + notices.forget_old(at=clock.now())


def fold_and_rank() -> None:
    """Count what was read and rank it; never at once again, however much there was."""
    ranking.fold_and_rank()


def run_campaigns() -> int:
    """Start and end campaigns, and set how much of the next minute each takes; return 0: rest."""
    at = clock.now()
    running.move_on(at=at)
    pacing.pace(at=at)
    return 0


def write_job_weeks() -> int:
    """Write the drafts of weekly series that are due; return 0: rest."""
    series.write_due(at=clock.now())
    return 0


def judge_clicks() -> int:
    """Say who followed the links of letters; return of how many clicks."""
    return clicks.judge_due(at=clock.now())


def forget_clicks() -> int:
    """Remove what says of which copy a click of two days ago was; return how many."""
    return clicks.forget(at=clock.now())


def write_letters() -> int:
    """Make the letters that are due to be made, and send those that are due; return 0: rest."""
    rhythm.run(at=clock.now())
    return 0


def mail_alerts() -> int:
    """Hand alerts, and what puts them right, to the senders of mail; return how many it did."""
    at = clock.now()
    return mailing.send_due(at=at) + amending.send_due(at=at)


def mail_alert_digests() -> int:
    """Hand what was held for followers by mail to the senders; return 0: rest."""
    mail_digests.gather(at=clock.now())
    return 0


def mail_searches() -> int:
    """Mail what saved searches found anew; return how many were looked at."""
    return search_digests.gather(at=clock.now())


def forget_asked() -> int:
    """Forget addresses that were typed and never confirmed; return how many."""
    at, kept = clock.now(), [*offered.by_mail_persons(), *searches.persons()]
    return saved_searches.forget_old(at=at) + asked.forget_asked(at=at, kept=kept)


def forget_messages() -> int:
    """Remove messages to titles that were sent on weeks ago; return how many."""
    return contact.forget_messages(at=clock.now())


ALERTS = Sender()

LOOPS = (
    Loop("outbox", 0.2, partial(outbox.deliver_due, head_start=outbox.HEAD_START)),
    Loop("edge", 0.5, edge.tick),
    Loop("intake", 0.5, wire.scan_intake),
    Loop("pickups", 2.0, pickups.visit_due),
    Loop("publish-due", 15.0, publishing.publish_due),
    Loop("reader-data", 30.0, do_what_readers_asked),
    Loop("answer-mails", 5.0, answer_mails.send_due),
    Loop("outside", 0.5, outside.ask_due),
    Loop("trending", 10.0, fold_and_rank),
    Loop("offers", pacing.EVERY_S, run_campaigns),
    Loop("offers-told", 1.0, beacons.count_offers),
    Loop("alerts", 0.5, ALERTS.send_due),
    Loop("alert-mails", 1.0, mail_alerts),
    Loop("alert-digests", 60.0, mail_alert_digests),
    Loop("search-digests", 30.0, mail_searches),
    Loop("job-weeks", 30.0, write_job_weeks),
    Loop("list-imports", 2.0, importing.run_due),
    Loop("letters", 5.0, write_letters),
    Loop("letter-clicks", 5.0, judge_clicks),
    Loop("beacon-sites", 10.0, beacons.tell_sites),
    Loop("beacon-log", 0.5, beacons.read_log),
    Loop("demo-live", 15.0, live_ticking.tick),
    Loop("demo-wire", 1.0, ticking.tick),  # does nothing where there is no demo
)

JOBS = (
    Job("tasks-reap", "* * * * *", reaper.reap),
    Job("search-fill", "*/10 * * * *", indexing.rebuild_if_empty),
    Job("tasks-prune", "17 3 * * *", reaper.prune),
    Job("ranks-prune", "29 3 * * *", upkeep.prune_moves),
    Job("answers-prune", "37 3 * * *", answer_mails.forget_sent),
    Job("mail-events-prune", "39 3 * * *", hearing.prune),
    Job("slots-prune", "23 3 * * *", ticker.prune),
    Job("log-ins-prune", "29 3 * * *", forget_log_ins),
    Job("clicks-forget", "*/20 * * * *", forget_clicks),
    Job("alerts-prune", "47 3 * * *", pruning.prune),
    Job("asked-prune", "53 3 * * *", forget_asked),
    Job("messages-prune", "57 3 * * *", forget_messages),
    Job("alerts-drill", "*/30 * * * *", drills.run),
    Job("second-steps-reseal", "41 3 * * *", second_steps.reseal),
    Job("push-key-reseal", "43 3 * * *", push_keys.reseal),
    Job("pickups-reseal", "51 3 * * *", pickups.reseal),
)
