"""dateline edge ... : look at the page cache, purge it, ask why a page is in it."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dateline import clock
from dateline.edge import queries, services
from dateline.edge.domain.verdict import Mode, Verdict
from dateline.edge.queries import EdgeUnavailable, Explanation, Purge, TagState

TAGS_SHOWN = 8  # about a line's worth
VERDICTS = {
    Verdict.HIT: "it is given to everyone who asks",
    Verdict.SOFT: "it is given once more while a new one is made",
    Verdict.EXPIRED: "the next reader gets a new one; this one only when no renderer answers",
    Verdict.DEAD: "it is never given again",
}

TAGS_ON_A_LINE = 8


class Command(BaseCommand):
    help = "Look at the page cache, purge it by tag, and ask why a page is in it."
    requires_system_checks: list[str] = []  # it must work when the database does not

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        status = verbs.add_parser("status", help="Say what is stored and what was purged.")
        status.add_argument("--json", action="store_true", dest="as_json", help="As JSON.")
        purge = verbs.add_parser(
            "purge", help="Make every page that depends on TAG anew, before anyone sees it again."
        )
        purge.add_argument("tags", nargs="+", metavar="TAG", help="As `explain` shows them.")
        how = purge.add_mutually_exclusive_group()
        how.add_argument(
            "--soft", action="store_true", help="Show the old page while the new one is made."
        )
        how.add_argument(
            "--gone", action="store_true", help="Never show the old page again, whatever fails."
        )
        explain = verbs.add_parser("explain", help="Say why a page is in the cache, or is not.")
        explain.add_argument("url", metavar="URL", help="As a browser shows it.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        del args
        try:
            getattr(self, f"_{verb}")(**options)
        except EdgeUnavailable as error:
            raise CommandError(str(error)) from error

    def _status(self, *, as_json: bool, **_: Any) -> None:
        status = queries.status(Path(settings.DATELINE_EDGE_DIR))
        if as_json:
            self.stdout.write(json.dumps(asdict(status), indent=2))
            return
        self.stdout.write(f"{status.purges} purges since the counters began.")
        if store := status.store:
            self.stdout.write(
                f"{store.pages} pages take {_mb(store.bytes)} of {_mb(store.cap_bytes)} MB "
                f"(file: {_mb(store.file_bytes)} MB)."
            )
        else:
            self.stdout.write("No page is stored.")
        for owed in status.owed:
            self.stdout.write(
                f"  {owed.cache} has not confirmed {owed.tags} tags; "
                f"next try {_time(owed.next_try_at)}. {owed.error}".rstrip()
            )
        if status.newest:
            self._list("Newest purges:", status.newest)
            self._list("Slowest purges:", status.slowest)

    def _list(self, title: str, purges: Iterable[Purge]) -> None:
        self.stdout.write("\n".join([title, *(f"  {_purge(purge)}" for purge in purges)]))

    def _purge(self, *, tags: list[str], soft: bool, gone: bool, **_: Any) -> None:
        mode = Mode.SOFT if soft else Mode.GONE if gone else Mode.HARD
        services.purge(tags, mode=mode, cause="dateline edge purge")
        self.stdout.write(f"{len(set(tags))} tags purged ({mode.name.lower()}).")

    def _explain(self, *, url: str, **_: Any) -> None:
        try:
            found = queries.explain(
                Path(settings.DATELINE_EDGE_DIR), url, now=clock.now().timestamp()
            )
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write("\n".join(_explained(found)))


def _explained(found: Explanation) -> list[str]:
    address = f"{found.host}{found.path}" + (f"?{found.query}" if found.query else "")
    page = found.page
    if page is None or found.verdict is None:
        return [f"{address}: not stored. Each reader gets a page of their own, or nobody asked."]
    sizes = ", ".join(f"{coding} {len(body)} bytes" for coding, body in page.bodies.items())
    moments = {"must be made anew from": page.note.opens, "vanishes at": page.note.closes}
    return [
        f"{address}: status {page.status}, {sizes}.",
        f"Stored {_time(page.stored_at)}, made in {page.made_ms:.0f} ms.",
        f"Now {found.verdict.value}: {VERDICTS[found.verdict]}.",
        *(f"It {words} {_time(at)}." for words, at in moments.items() if at is not None),
        *([] if page.note.ttl is None else [f"It holds {page.note.ttl:g} s at most."]),
        "It depends on:",
        *(f"  {_tag(state)}" for state in found.tags),
    ]


def _tag(state: TagState) -> str:
    kind = " (soft)" if state.soft else ""
    if not state.moved:
        return f"{state.tag}{kind}"
    return f"{state.tag}{kind}: purged since. " + (
        _purge(state.purge) if state.purge else "That purge is no longer remembered."
    )


def _purge(purge: Purge) -> str:
    tags = " ".join(purge.tags[:TAGS_SHOWN]) + (" ..." if purge.tag_count > TAGS_SHOWN else "")
    took = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in purge.seconds.items())
    return f"{_time(purge.at)}, {purge.mode}, {purge.cause}: {tags} ({took})"


def _time(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"
