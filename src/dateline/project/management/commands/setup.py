"""dateline setup: from an empty folder to something that can be served."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline.project import first_run
from dateline.project.backups import BackupError
from dateline.project.config import ConfigError

QUESTIONS = (
    ("network_domain", "Domain of the network (the desk answers on desk. before it)"),
    ("mail_url", "How mail leaves (smtp://user:password@host:587, or file: to keep it here)"),
)


class Command(BaseCommand):
    help = (
        "Set an installation up and name its first administrator. Makes data folder, key, tables "
        "and settings; asks what it needs, or with --no-input takes it from the options. Safe to "
        "run again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-input", action="store_false", dest="ask", help="Ask nothing; use the options."
        )
        parser.add_argument("--email", default="", help="Address of the first administrator.")
        parser.add_argument("--name", default="", help="Name of the first administrator.")
        parser.add_argument(
            "--password-file",
            type=Path,
            metavar="FILE",
            help="File that holds the administrator's password; - reads standard input.",
        )
        parser.add_argument("--network-domain", default="", help="As DATELINE_NETWORK_DOMAIN.")
        parser.add_argument("--mail-url", default="", help="As DATELINE_MAIL_URL.")
        parser.add_argument("--scheme", default="", help="As DATELINE_SCHEME.")

    def handle(self, *_args: Any, ask: bool, **options: Any) -> None:
        fields = ("network_domain", "mail_url", "scheme")
        chosen = {field: options[field] for field in fields if options[field]}
        try:
            if ask:
                chosen |= self._asked(chosen)
            first_run.set_up(
                settings.CONFIG,
                chosen=chosen,
                administrator=self._administrator(ask=ask, **options),
                say=self.stdout.write,
            )
        except (first_run.SetupRefused, ConfigError, BackupError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Next: `dateline check`, then `dateline serve`.")

    def _asked(self, chosen: dict[str, str]) -> dict[str, str]:
        answers = {}
        for field, question in QUESTIONS:
            if field not in chosen:
                now = getattr(settings.CONFIG, field)
                answers[field] = input(f"{question} [{now}]: ").strip() or now
        return answers

    def _administrator(
        self, *, ask: bool, email: str, name: str, password_file: Path | None, **_: Any
    ) -> first_run.Administrator | None:
        if ask and not email:
            email = input("E-mail address of the first administrator (empty for none): ").strip()
        if not email:
            return None
        if ask and not name:
            name = input("Name: ").strip()
        if password_file:
            password = self._read(password_file)
        elif ask:
            password = getpass("Password: ")
        else:
            raise CommandError("--email needs --password-file when nothing may be asked.")
        return first_run.Administrator(email=email, password=password, name=name)

    def _read(self, path: Path) -> str:
        try:
            text = sys.stdin.read() if str(path) == "-" else path.read_text()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        return text.rstrip("\n")
