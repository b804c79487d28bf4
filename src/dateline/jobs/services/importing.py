"""Take a file of jobs in: good rows onto the board, broken rows into the report, nothing lost."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from dateline import clock
from dateline.jobs import models
from dateline.jobs.domain.feed import Feed, Row, read_feed
from dateline.jobs.domain.report import Refused, Report
from dateline.jobs.domain.terms import ListingTerms, read
from dateline.jobs.events import JobFeedTaken
from dateline.jobs.services.keepers import must_keep
from dateline.jobs.services.listings import put
from dateline.mastheads.domain.site import Site
from dateline.outbox import services as outbox

KEPT = 30  # files of each feed, the newest
NAME_LONGEST = 120
ClosedBy = models.Listing.ClosedBy


def try_feed(
    data: bytes, site: Site, *, feed: str, name: str, complete: bool = False,
    at: datetime | None = None,
) -> Report:  # fmt: skip
    """Say what `take_feed` would do, and do nothing.

    Raises:
        FeedRefused: the file as a whole cannot be read.

    """
    read_in = read_feed(data, source=name)
    source = models.Feed.objects.filter(masthead_id=site.id, slug=feed).first()
    return _Taking(site, source, complete=complete, at=at or clock.now(), dry=True).take(read_in)


@transaction.atomic
def take_feed(
    data: bytes, site: Site, *, feed: str, name: str, by: UUID | None, complete: bool = False,
    at: datetime | None = None,
) -> tuple[int, Report]:  # fmt: skip
    """Bring a masthead's board up to a file of the feed named `feed`; return import and report.

    Each row is known by its id: the same file twice changes nothing. A broken row is refused with
    its reasons, and what the board has under its id stays as it was. Jobs that are missing are
    closed only where the file says that it is complete, or `complete` does, and could be read
    to its end. A job that the desk closed stays closed. The file is kept as it came, the newest 30
    of each feed. `by` is None for the command line; `at` is aware UTC.

    Raises:
        FeedRefused: the file as a whole cannot be read.
        NotYours: `by` does not keep this board.

    """
    at = at or clock.now()
    if by is not None:
        must_keep(by, site.id)
    read_in = read_feed(data, source=name)
    models.Feed.objects.get_or_create(masthead_id=site.id, slug=feed)
    source = models.Feed.objects.select_for_update().get(masthead_id=site.id, slug=feed)
    report = _Taking(site, source, complete=complete, at=at).take(read_in)
    kept = models.FeedImport.objects.create(
        feed=source, name=name[:NAME_LONGEST], raw=data, report=asdict(report), by_id=by, at=at
    )
    old = source.imports.order_by("-pk").values_list("pk", flat=True)[KEPT:]
    models.FeedImport.objects.filter(pk__in=list(old)).delete()
    outbox.record(
        JobFeedTaken(
            import_id=kept.pk, masthead_id=site.id, added=report.added,
            changed=report.changed, closed=report.closed,
            refused=len(report.refused), by=str(by or ""), at=at,
        )
    )  # fmt: skip
    return kept.pk, report


def refused_rows(kept: models.FeedImport) -> tuple[Feed, list[tuple[Row, str]]]:
    """The rows of a kept file that were refused, as they came, each with its reasons."""
    read_in = read_feed(bytes(kept.raw), source=kept.name)
    reasons = {one["number"]: " ".join(one["problems"]) for one in kept.report["refused"]}
    return read_in, [(row, reasons[row.number]) for row in read_in.rows if row.number in reasons]


class _Taking:
    """One file on its way onto one board."""

    def __init__(
        self, site: Site, source: models.Feed | None, *, complete: bool, at: datetime,
        dry: bool = False,
    ) -> None:  # fmt: skip
        self.site, self.source, self.at, self.dry = site, source, at, dry
        self.today = at.astimezone(ZoneInfo(site.time_zone)).date()
        self.report = Report(complete=complete)
        self.seen: dict[str, int] = {}
        rows = models.Listing.objects.filter(feed=source) if source else []
        self.known = {row.feed_key: row for row in rows}

    def take(self, feed: Feed) -> Report:
        """Take every row, then close what is missing where that is meant."""
        if feed.unknown:
            self.report.notes.append(f"Nobody reads these columns: {', '.join(feed.unknown)}.")
        for row in feed.rows:
            problems = self._row(row)
            if problems:
                self.report.refused.append(Refused(row.number, row.key, tuple(problems)))
        self.report.complete = self.report.complete or feed.complete
        if self.report.complete:
            self._close_missing(feed)
        return self.report

    def _row(self, row: Row) -> list[str]:
        """Take one row; return what is wrong with it instead."""
        key = row.key
        first = self.seen.setdefault(key, row.number) if key else 0
        if row.problem:
            return [row.problem]
        problems = [] if key else ["id: It is empty, too long or no text. Give each row its own."]
        if key and first != row.number:
            problems.append(f"id: {key!r} is row {first} already. Give each row its own.")
        terms, found = read(row.values, zone=self.site.time_zone, today=self._posted(key))
        problems += map(str, found)
        if terms is not None and not problems:
            self._put(key, terms)
        return problems

    def _posted(self, key: str) -> date:
        """The day of a row that names none: the one it had, so that no file moves it."""
        known = self.known.get(key)
        if known is None:
            return self.today
        return known.posted_at.astimezone(ZoneInfo(self.site.time_zone)).date()

    def _put(self, key: str, terms: ListingTerms) -> None:
        row = self.known.get(key)
        is_new = row is None
        if row is None:
            row = models.Listing(
                masthead_id=self.site.id, feed=self.source, feed_key=key, created_at=self.at
            )
        is_back = row.closed_by == ClosedBy.FEED and terms.valid_until > self.at
        if is_back:
            row.closed_at, row.closed_by = None, ""
        is_changed = put(row, terms, at=self.at)
        if not self.dry and (is_changed or is_back):
            row.save()
        self.report.added += is_new
        self.report.changed += (is_changed or is_back) and not is_new
        self.report.same += not (is_changed or is_back)
        self.report.reopened += is_back

    def _close_missing(self, feed: Feed) -> None:
        """Close what a complete file left out; not where it may be among what could not be read."""
        if why := self._unsafe_to_close(feed):
            self.report.notes.append(why)
            return
        over = [
            row for key, row in self.known.items() if key not in self.seen and row.closed_at is None
        ]
        for row in over:
            row.closed_at, row.closed_by = self.at, ClosedBy.FEED
            if not self.dry:
                row.save(update_fields=["closed_at", "closed_by"])
        self.report.closed = len(over)

    def _unsafe_to_close(self, feed: Feed) -> str:
        if feed.broken_off:
            return "Nothing was closed: the file could not be read to its end."
        if not all(row.key for row in feed.rows):
            return "Nothing was closed: a row has no id, and may be any of the missing jobs."
        if not self.report.taken:
            return "Nothing was closed: there is not one good row in the file."
        return ""
