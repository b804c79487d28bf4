"""dateline serve: the whole network on one port."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline.project import serve


class Command(BaseCommand):
    help = (
        "Serve the network on one port: front, render processes and worker. They are one process "
        "tree on DATELINE_BIND:DATELINE_PORT; SIGTERM or Ctrl-C stops it, SIGHUP loads new code."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            serve.run(settings.CONFIG)
        except serve.CannotServe as error:
            raise CommandError(str(error)) from error
