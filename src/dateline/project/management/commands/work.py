"""dateline work: the worker alone."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from dateline.project import worker


class Command(BaseCommand):
    help = (
        "Run the worker alone: deliver facts, run tasks and the schedule. `dateline serve` starts "
        "one itself; this is for a machine of its own. Several may run; one holds the schedule."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        sys.exit(worker.work())
