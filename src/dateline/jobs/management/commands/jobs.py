"""dateline jobs ... : take files of jobs in, and say who keeps a board."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from dateline.jobs import models
from dateline.jobs.domain.errors import FeedRefused
from dateline.jobs.domain.feed import BYTES_MOST
from dateline.jobs.services import importing
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site


class Command(BaseCommand):
    help = "Take a file of jobs in, or let somebody keep a job board."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        take = verbs.add_parser("import", help="Take FILE, CSV or JSON, onto a masthead's board.")
        take.add_argument("file", type=Path, metavar="FILE")
        take.add_argument("--masthead", required=True, metavar="SLUG", help="Whose board.")
        take.add_argument("--feed", default="feed", metavar="NAME", help="Where it comes from.")
        take.add_argument(
            "--complete", action="store_true", help="Close jobs of this feed it leaves out."
        )
        take.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        take.add_argument("--json", action="store_true", help="Print the report as JSON.")
        appoint = verbs.add_parser("appoint", help="Let somebody keep a board.")
        appoint.add_argument("email", metavar="MAIL")
        appoint.add_argument("--masthead", default="", metavar="SLUG", help="Else every board.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        del args
        getattr(self, f"{verb}_")(**options)

    def import_(self, *, file: Path, masthead: str, feed: str, **options: Any) -> None:
        """Take a file in and print what became of it, row by row."""
        site = _site(masthead)
        about = {"feed": feed, "name": file.name, "complete": options["complete"]}
        try:
            with file.open("rb") as opened:
                data = opened.read(BYTES_MOST + 1)
            if options["dry_run"]:
                report = importing.try_feed(data, site, **about)
            else:
                _, report = importing.take_feed(data, site, by=None, **about)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except FeedRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        said = json.dumps(asdict(report)) if options["json"] else "\n".join(report.lines())
        self.stdout.write(said)

    def appoint_(self, *, email: str, masthead: str, **_: Any) -> None:
        """Let somebody keep a board and say so."""
        person = get_user_model().objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"There is no account {email}.", returncode=2)
        site = _site(masthead) if masthead else None
        post: dict[str, Any] = {"user": person, "masthead_id": site.id if site else None}
        models.Keeper.objects.get_or_create(**post)
        self.stdout.write(
            f"{email} keeps {f'the board of {site.name}' if site else 'every board'}."
        )


def _site(slug: str) -> Site:
    site = mastheads.by_slug(slug)
    if site is None:
        raise CommandError(f"There is no masthead {slug!r}.", returncode=2)
    return site
