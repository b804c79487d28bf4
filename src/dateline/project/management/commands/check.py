"""dateline check: what is wrong with this installation, and how to put it right."""

import json
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from dateline.project import installation, search_checks
from dateline.project.config import Config


class Command(DjangoCheck):
    help = (
        "Explain what is wrong with the installation and how to put it right. Looks at SQLite, "
        "the data folder and its disk, the key, the database, migrations, the mail host, names, "
        "proxies, search and the code itself. Exit code 1 when something must be put right."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--list-settings", action="store_true", help="Print every setting and its value."
        )
        parser.add_argument("--json", action="store_true", help="Print the findings as JSON.")
        super().add_arguments(parser)

    def handle(self, *_app_labels: Any, **options: Any) -> None:
        if options["list_settings"]:
            self.stdout.write(listed(settings.CONFIG))
            return
        found = [
            *installation.examine(settings.CONFIG),
            *search_checks.examine(settings.CONFIG),
            *_of_the_code(),
        ]
        if options["json"]:
            rows = [{"id": f.id, "text": f.text, "fatal": f.fatal} for f in found]
            self.stdout.write(json.dumps(rows, indent=2))
        for finding in [] if options["json"] else found:
            style = self.style.ERROR if finding.fatal else self.style.WARNING
            self.stdout.write(style(str(finding)))
        fatal = sum(finding.fatal for finding in found)
        self.stderr.write(f"{fatal} to put right, {len(found) - fatal} to know about.")
        if fatal:
            raise SystemExit(1)


def listed(config: Config) -> str:
    """Every setting, one a line, with its value (secrets hidden) and meaning."""
    rows = []
    for name, field in Config.names().items():
        about = Config.model_fields[field].description
        rows.append(f"{name}={getattr(config, field)}\n    {about}")
    return "\n".join(rows)


def _of_the_code() -> list[installation.Finding]:
    """Django's own system checks, and those that only matter where readers come over https."""
    with_deployment = settings.CONFIG.scheme == "https"
    return [
        installation.Finding(
            str(message.id),
            f"{message.msg} {message.hint or ''}".strip(),
            message.level >= checks.ERROR,
        )
        for message in checks.run_checks(include_deployment_checks=with_deployment)
        if not message.is_silenced()
    ]
