"""dateline demo: a whole fictional network, running, from an empty folder."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from dateline.demo.services import starting


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out the hundreds of lines that seeding would log; warnings stay."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(BaseCommand):
    help = (
        "Start the demo network: a national daily in two languages, three magazines, a ticking "
        "wire. Its data is in var/demo, or in DATELINE_DATA_DIR."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed-only", action="store_true", help="Fill it, serve nothing.")
        parser.add_argument("--fresh", action="store_true", help="Throw the old demo away first.")
        parser.add_argument("--port", type=int, help="Port to listen on, as DATELINE_PORT.")

    def handle(self, *_args: Any, seed_only: bool, fresh: bool, **_options: Any) -> None:
        try:
            with quiet():
                starting.prepare(fresh=fresh, say=self._say)
        except starting.DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if seed_only:
            self._say("\n".join(starting.log_ins()))
            return
        serve = import_string(settings.DATELINE_SERVE)
        refused = import_string(f"{serve.__module__}.CannotServe")
        config, pretend = starting.with_pretend_providers(settings.CONFIG)
        try:
            serve(config, extra_lines=starting.log_ins(pretend=pretend), pretend=pretend)
        except refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
