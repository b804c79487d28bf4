"""dateline restore: put a backup in place, once every hash has been compared."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline.project import backups, installation
from dateline.project.serve import CannotServe


class Command(BaseCommand):
    help = (
        "Put a backup in place, after comparing every hash. The data folder must be empty, or use "
        "--force; stop `dateline serve` first."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="The backup to restore.")
        parser.add_argument(
            "--force",
            action="store_true",
            help="Restore over what is there; it is kept in `before-restore-…` beside it.",
        )

    def handle(self, *_args: Any, path: Path, force: bool, **_options: Any) -> None:
        try:
            manifest = backups.restore(settings.CONFIG, path, force=force)
        except CannotServe as error:
            raise CommandError(str(error)) from error
        except backups.BackupError as error:
            raise CommandError(str(error), returncode=2) from error
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(f"{rows:,} rows and {files:,} files of {manifest.made_at} are in place.")
        if pending := installation.pending_migrations():
            self.stdout.write(f"{len(pending)} migrations are to be run: `dateline upgrade`.")
