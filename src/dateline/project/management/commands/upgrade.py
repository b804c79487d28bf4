"""dateline upgrade: a verified backup, then the migrations of this version."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline.project import backups


class Command(BaseCommand):
    help = (
        "Bring the database to the version of the code. Makes a backup and reads it back, then "
        "migrates; does nothing when there is nothing to do."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            backups.upgrade(settings.CONFIG, self.stdout.write)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
