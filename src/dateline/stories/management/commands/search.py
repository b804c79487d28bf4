"""dateline search ... : look for stories as readers do, and make the index anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.search import queries
from dateline.search.domain.index import Order
from dateline.search.queries import EngineAway
from dateline.stories.queries import searching
from dateline.stories.queries.searching import Asked, Results
from dateline.stories.services import indexing


class Command(BaseCommand):
    help = "Look for stories as readers do, or make the index anew while the old one answers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="As in the box.")
        parser.add_argument("--masthead", metavar="SLUG", help="Only here; else all, one by one.")
        parser.add_argument("--best", action="store_true", help="Best match first, not newest.")
        parser.add_argument("--page", type=int, default=1, help="Which page of 20 hits.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="As JSON.")
        parser.add_argument("--rebuild", action="store_true", help="Make the index anew.")
        parser.add_argument("--status", action="store_true", help="Say what the index holds.")

    def handle(self, *args: Any, query: str, rebuild: bool, status: bool, **options: Any) -> None:
        del args
        if not (query or rebuild or status):
            raise CommandError("Say what to look for, or --rebuild, or --status.", returncode=2)
        try:
            if rebuild:
                self._rebuild()
            if status:
                self._status()
            if query:
                self._find(query, **options)
        except EngineAway as error:
            raise CommandError(f"Search does not answer. {error}") from error

    def _rebuild(self) -> None:
        def progress(done: int, of: int) -> None:
            self.stderr.write(f"{done} of {of} stories.")

        count = indexing.rebuild(progress)
        self.stdout.write(f"The index is new: {count} documents.")

    def _status(self) -> None:
        found = queries.status()
        old = "" if found.is_current else " Made by another analyser: run it with --rebuild."
        self.stdout.write(f"{found.engine}: {found.documents} documents.{old}")

    def _find(
        self, query: str, *, masthead: str | None, best: bool, page: int, as_json: bool, **_: Any
    ) -> None:
        if not 1 <= page <= searching.LAST_PAGE:
            raise CommandError(f"Pages are 1 to {searching.LAST_PAGE}.", returncode=2)
        asked = Asked(query, Order.BEST if best else Order.NEWEST, page)
        at = clock.now()
        found = [(site, searching.find(site, asked, at=at)) for site in _sites(masthead)]
        if as_json:
            rows = [_as_json(site, results) for site, results in found]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for site, results in found:
            more = "more than " if results.more else ""
            self.stdout.write(f"{site.name}: {more}{results.total}")
            for one in results.items:
                self.stdout.write(f"  {one.card.published_at:%Y-%m-%d} {one.card.headline}")
                self.stdout.write(f"    {site.origin}{one.card.path}")


def _sites(slug: str | None) -> list[Site]:
    if slug is None:
        return mastheads.all_mastheads()
    site = mastheads.by_slug(slug)
    if site is None:
        raise CommandError(f"There is no masthead {slug!r}.", returncode=2)
    return [site]


def _as_json(site: Site, results: Results) -> dict[str, Any]:
    return {
        "masthead": site.slug,
        "query": results.typed,
        "total": results.total,
        "more": results.more,
        "meant": results.meant,
        "facets": results.facets,
        "hits": [
            {
                "story_id": one.card.story_id,
                "url": site.origin + one.card.path,
                "headline": one.card.headline,
                "published_at": one.card.published_at.isoformat(),
                "language": one.card.language,
                "extract": "".join(piece.text for piece in one.extract),
            }
            for one in results.items
        ],
    }
