"""dateline outbox ... : what the outbox still owes."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from dateline.outbox import queries


class Command(BaseCommand):
    help = "Look at the outbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        status = verbs.add_parser("status", help="Say how far behind it is and what keeps failing.")
        status.add_argument("--json", action="store_true", dest="as_json", help="As JSON.")

    def handle(self, *args: Any, verb: str, as_json: bool, **options: Any) -> None:
        del args, verb, options  # there is one verb
        status = queries.status()
        if as_json:
            self.stdout.write(json.dumps(asdict(status), default=str, indent=2))
            return
        since = (
            f", the oldest since {status.oldest_at:%Y-%m-%d %H:%M:%S} UTC"
            if status.oldest_at
            else ""
        )
        self.stdout.write(f"{status.facts} facts, {status.waiting} deliveries waiting{since}.")
        for row in status.failing:
            self.stdout.write(
                f"  {row.fact} to {row.handler}: failed {row.attempts} times, next try "
                f"{row.next_try_at:%H:%M:%S} UTC. {row.last_error}"
            )
