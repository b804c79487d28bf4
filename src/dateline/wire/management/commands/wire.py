"""dateline wire ... : look at what an agency sent, or take it in."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dateline.wire.domain import formats, inspect
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.queries import lists
from dateline.wire.services import intake, rereading
from dateline.wire.services.reading import Outcome
from dateline.wire.services.rereading import Reread

NOT_OPENED, REFUSED = 1, 2
VERDICTS = ("same", "changed", "readable", "unreadable")
SHOWN = 100  # characters of a value


class Command(BaseCommand):
    help = "Look at what an agency sent, or take it in."
    requires_system_checks: list[str] = []  # `inspect` must work with no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        one = verbs.add_parser("inspect", help="Print what Dateline reads from FILE, as JSON.")
        one.add_argument("files", nargs="+", type=Path, metavar="FILE")
        take = verbs.add_parser("ingest", help="Take in PATH, a file or a folder; its files stay.")
        take.add_argument("path", type=Path, metavar="PATH")
        take.add_argument("--provider", default="", metavar="SLUG", help="Whose files they are.")
        again = verbs.add_parser(
            "reread", help="Read what came on some days again, and say what would be different."
        )
        again.add_argument("--from", dest="first", type=_day, required=True, metavar="DAY",
                           help="The first day, as 2026-11-30, UTC.")  # fmt: skip
        again.add_argument("--to", dest="last", type=_day, metavar="DAY",
                           help="The last day; the first one where it is left out.")  # fmt: skip
        again.add_argument("--provider", default="", metavar="SLUG", help="Only what it sent.")
        again.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        getattr(self, verb)(**options)

    def inspect(self, *, files: list[Path], **_: Any) -> None:
        """Read files and print their items. Touches no database and no network.

        A file that cannot be opened (exit code 1) or is refused (2) is named on stderr with the
        reason; the other files are read and printed all the same.
        """
        read: list[dict[str, Any]] = []
        worst = 0
        for file in files:
            try:
                items = formats.read(_bytes_of(file), source=file.name)
            except WireFormatError as refusal:
                worst = REFUSED
                self.stderr.write(str(refusal))
            except OSError as problem:
                worst = max(worst, NOT_OPENED)
                self.stderr.write(f"{file}: it cannot be opened ({problem.strerror}).")
            else:
                read += [inspect.as_json(item) for item in items]
        self.stdout.write(json.dumps(read, indent=2, ensure_ascii=False))
        if worst:
            sys.exit(worst)

    def ingest(self, *, path: Path, provider: str, **_: Any) -> None:
        """Receive and read a file or a folder, a line each; exit with 2 when one was refused."""
        if not path.exists():
            raise CommandError(f"{path}: there is no such file or folder.")
        whose = lists.provider_named(provider)
        if whose is None:
            known = ", ".join(slug for slug, _name in lists.choices()["provider"]) or "none yet"
            raise CommandError(
                f"Say whose files they are with --provider SLUG. Providers: {known}. "
                "The desk adds one under Settings, Wire providers."
            )
        quarantined = 0
        for file, outcome in intake.ingest_path(path, whose):
            quarantined += bool(outcome and outcome.reason)
            self.stdout.write(f"{file}: {_said(outcome)}")
        if quarantined:
            sys.exit(REFUSED)

    def reread(self, *, first: date, last: date | None, provider: str, **options: Any) -> None:
        """Say of each delivery of some days what today's readers make of it; change nothing."""
        since = datetime.combine(first, time.min, UTC)
        until = datetime.combine(last or first, time.min, UTC) + timedelta(days=1)
        found: Counter[str] = Counter()
        for one in rereading.reread(since=since, until=until, provider=provider):
            found[one.verdict] += 1
            if options["json"]:
                self.stdout.write(as_json(one))
            elif one.verdict != "same":
                self.stdout.write("\n".join(_reread(one)))
        if not options["json"]:
            counts = ", ".join(f"{found[name]} {name}" for name in VERDICTS)
            self.stdout.write(f"{found.total()} deliveries: {counts}. Nothing was changed.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day. Write it as 2026-11-30.") from None


def _reread(one: Reread) -> Iterator[str]:
    yield f"{one.provider}/{one.file_name} ({one.raw_id}): {one.verdict} {one.refusal}".rstrip()
    for change in one.changes:
        yield f"  {change.family} v{change.version}: {change.kind}"
        for name, (before, now) in change.fields.items():
            yield f"    {name}: {_short(before)} → {_short(now)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def as_json(one: Reread) -> str:
    """One delivery read again, on one line."""
    told = {**asdict(one), "verdict": one.verdict}
    return json.dumps(told, ensure_ascii=False, default=str)


def _bytes_of(file: Path) -> bytes:
    """Read a file, but none that is too large for any format."""
    size = file.stat().st_size
    if size > formats.MAX_BYTES:
        raise formats.too_large(size, formats.MAX_BYTES, source=file.name)
    return file.read_bytes()


def _said(outcome: Outcome | None) -> str:
    if outcome is None:
        return "known already"
    if outcome.reason:
        return f"in quarantine. {outcome.reason}"
    return f"read, {len(outcome.item_ids)} new"
