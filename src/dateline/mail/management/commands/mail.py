"""dateline mail ... : what is being sent to whom, giving it up, and the process that sends it."""

import json
import os
import signal
import threading
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import get_default_timezone

from dateline import clock
from dateline.mail.models import Mailing
from dateline.mail.queries import mailings
from dateline.mail.queries.refused import refused
from dateline.mail.queries.warming import WarmUpNow, warm_up_now
from dateline.mail.services import mailings as services
from dateline.mail.services import sending

SHELL = "shell"
NICE = 5  # pages and facts come first


class Command(BaseCommand):
    help = "Look at mailings, send them, or give one up."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        status = verbs.add_parser(
            "status",
            help="Say how far each mailing is, how fast, who is in doubt, and how a warm-up goes.",
        )
        status.add_argument("--json", action="store_true", dest="as_json", help="As JSON.")
        status.add_argument(
            "--last", type=int, default=10, metavar="N", help="Of the last N mailings (10)."
        )
        unread = verbs.add_parser(
            "refused", help="Show what an ESP told that could not be taken in, as it came, in JSON."
        )
        unread.add_argument(
            "--last", type=int, default=10, metavar="N", help="The last N requests (10)."
        )
        verbs.add_parser(
            "send",
            help="Send until told to stop. `dateline serve` starts such processes itself; this is "
            "for a machine of its own.",
        )
        abandon = verbs.add_parser(
            "abandon",
            help="Give a mailing up for good: what has not left never leaves. Prints whom that "
            "leaves out and who is in doubt; once more, the same again.",
        )
        abandon.add_argument("mailing", type=int, metavar="MAILING", help="Its number.")
        abandon.add_argument("--why", required=True, help="Kept with the mailing, and on record.")
        abandon.add_argument("--by", default=SHELL, metavar="WHO", help="Who decided it.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        del args
        if verb == "send":
            self.send()
        elif verb == "refused":
            told = [asdict(one) for one in refused(options["last"])]
            self.stdout.write(json.dumps(told, default=str, indent=2, ensure_ascii=False))
        elif verb == "abandon":
            self.abandon(options["mailing"], why=options["why"], by=options["by"])
        else:
            self.status(options["last"], as_json=options["as_json"])

    def abandon(self, mailing_id: int, *, why: str, by: str) -> None:
        """Give one up, and print each reader it did not leave for, or may have left for."""
        try:
            is_new = services.abandon(mailing_id, why=why, by=by, at=clock.now())
        except Mailing.DoesNotExist:
            raise CommandError(f"There is no mailing {mailing_id}.", returncode=2) from None
        except services.WrongState as error:
            raise CommandError(str(error), returncode=2) from error
        for address in mailings.left_out(mailing_id):
            self.stdout.write(f"Left out: {address}")
        for doubt in mailings.in_doubt(mailing_id):
            self.stdout.write(f"In doubt: {doubt.address} {doubt.message_id}")
        told = mailings.progress(mailing_id)
        self.stderr.write(
            f"{'Given up' if is_new else 'Was given up before'}: {told.sent} of {told.total} sent, "
            f"{told.stopped} left out, {told.unknown} in doubt, {told.waiting} in a sender's hand."
        )

    def send(self) -> None:
        """Send what becomes due until SIGTERM or SIGINT."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        os.nice(NICE)
        sending.run(stop)

    def status(self, last: int, *, as_json: bool) -> None:
        """Print one mailing a line, the newest first, and below it whose mail is in doubt."""
        at = clock.now()
        found, warming = mailings.latest(last, at=at), warm_up_now(at=at)
        if as_json:
            told = {"mailings": [asdict(one) for one in found], "warm_up": asdict(warming)}
            self.stdout.write(json.dumps(told, default=str, indent=2))
            return
        if not found:
            self.stdout.write("There is no mailing.")
        for one in found:
            told = asdict(one.progress)
            parts = [f"{told[name]} {name}" for name in mailings.SETTLED if told[name]]
            waits = f"{one.progress.waiting} of {one.progress.total} waiting"
            line = f"{one.id} {one.subject_key}: {one.progress.state}, {', '.join([waits, *parts])}"
            self.stdout.write(f"{line}, {one.per_second} a second.")
            for doubt in one.doubts:
                self.stdout.write(f"  In doubt: {doubt.address} {doubt.message_id}")
        self._say_warm_up(warming)

    def _say_warm_up(self, warming: WarmUpNow) -> None:
        for line in warming.lines:
            then = "no limit" if line.tomorrow is None else f"{line.tomorrow}"
            self.stdout.write(
                f"Warm-up of {line.way}, to {line.receiver or 'all'}: {line.used} of "
                f"{line.allowed} today; {then} tomorrow."
            )
        if warming.lines and warming.waiting:
            begins = warming.next_day_at.astimezone(get_default_timezone())
            self.stdout.write(f"{warming.waiting} mails wait for {begins:%Y-%m-%d %H:%M %Z}.")
