"""dateline wire ... : look at what an agency sent."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from dateline.wire.domain import formats, inspect
from dateline.wire.domain.errors import WireFormatError

REFUSED = 2


class Command(BaseCommand):
    help = "Look at what an agency sent."
    requires_system_checks: list[str] = []  # `inspect` must work with no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        one = verbs.add_parser("inspect", help="Print what Dateline reads from FILE, as JSON.")
        one.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        getattr(self, verb)(**options)

    def inspect(self, *, files: list[Path], **_: Any) -> None:
        """Read files and print their items. Touches no database and no network.

        A file that is refused is named on stderr with the reason, and the exit code is then 2; the
        other files are read and printed all the same.
        """
        read: list[dict[str, Any]] = []
        refused = 0
        for file in files:
            try:
                with file.open(
                    "rb"
                ) as stream:  # a byte more than we take tells that it is too large
                    data = stream.read(formats.MAX_BYTES + 1)
                items = formats.read(data, source=file.name)
            except WireFormatError as refusal:
                refused += 1
                self.stderr.write(str(refusal))
            except OSError as problem:
                refused += 1
                self.stderr.write(f"{file}: it cannot be opened ({problem.strerror}).")
            else:
                read += [inspect.as_json(item) for item in items]
        self.stdout.write(json.dumps(read, indent=2, ensure_ascii=False))
        if refused:
            sys.exit(REFUSED)
