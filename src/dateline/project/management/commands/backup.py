"""dateline backup: rows and files of a running installation in one verified file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline.project import backups


class Command(BaseCommand):
    help = (
        "Back up all rows and files into one verified file, while everything runs. The tar file "
        "is read back and every hash compared. Keep it as safe as the installation: the key is in "
        "it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            type=Path,
            nargs="?",
            metavar="PATH",
            help="File to write, or folder to name it in; by default `backups` in the data folder.",
        )

    def handle(self, *_args: Any, path: Path | None, **_options: Any) -> None:
        try:
            made = backups.back_up(settings.CONFIG, path)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(made))
