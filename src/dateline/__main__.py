"""The `dateline` command: Django's management commands with the settings preset."""

import os
import sys
from collections.abc import Sequence

from django.core.management import ManagementUtility

from dateline.project import processes
from dateline.project.config import Config, ConfigError
from dateline.project.logs import set_up


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Return 0 when done, 1 when it could not run, 2 when it refused the input."""
    processes.die_with_supervisor()
    arguments = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")
    try:
        config = Config.read()
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    set_up(config.log_format)
    ManagementUtility(["dateline", *arguments[1:]]).execute()
    return 0


if __name__ == "__main__":
    sys.exit(main())
