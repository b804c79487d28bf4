"""The `dateline` command: Django's management commands with the settings preset."""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.db import DatabaseError

from dateline.demo.domain import launch
from dateline.project import databases, mail, processes, unlaid
from dateline.project.config import Config, ConfigError
from dateline.project.logs import set_up

HELP_WORDS = {"", "-h", "--help", "help"}
ASKED_FOR_HELP = 3  # the program's name, the word, our ""
# What an operator or editor types. Django's and Wagtail's own commands work too, but are not news.
VERBS = (
    "demo",
    "setup",
    "serve",
    "work",
    "check",
    "upgrade",
    "backup",
    "restore",
    "wire",
    "story",
    "search",
    "jobs",
    "outbox",
    "edge",
    "mail",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Return 0 when done, 1 when it could not run, 2 when it refused the input."""
    processes.die_with_supervisor()
    arguments = [*(sys.argv if argv is None else argv), ""]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")
    os.environ.update(launch.environment(arguments, os.environ))
    try:
        config = Config.read()
        databases.settings_for(config.database)
        mail.settings_for(config)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    set_up(config.log_format)
    if arguments[1] in HELP_WORDS and len(arguments) <= ASKED_FOR_HELP:
        django.setup()
        sys.stdout.write(overview())
        return 0
    if arguments[1] == "migrate":
        config.data_dir.mkdir(parents=True, exist_ok=True)
    return run(arguments[1:-1])


def run(words: Sequence[str]) -> int:
    """Run a command of Django's, Wagtail's or ours; 2 where it found a database that is empty.

    Raises:
        DatabaseError: anything else that a database may say.

    """
    try:
        ManagementUtility(["dateline", *words]).execute()
    except DatabaseError:
        if not unlaid.is_unlaid():
            raise
        sys.stderr.write(unlaid.WORDS)
        return unlaid.STATUS
    return 0


def overview() -> str:
    """What `dateline --help` prints: each verb with the first sentence of its help."""
    apps = get_commands()
    lines = ["dateline VERB [options]", ""]
    for verb in VERBS:
        command = load_command_class(apps[verb], verb)
        lines.append(f"  {verb:<9} {command.help.partition('. ')[0].rstrip('.')}.")
    lines += [
        "",
        "`dateline VERB --help` says more; `dateline help --commands` lists every command.",
        "Settings are DATELINE_* variables: `dateline check --list-settings`.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
