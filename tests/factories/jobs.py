"""Job boards for tests: keepers, listings and files of jobs, through the real services."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

from dateline.jobs import models
from dateline.jobs.domain.terms import ListingTerms
from dateline.jobs.services import listings
from tests.factories.discussion import a_reader

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo, a Friday of week 47
ROW = {
    "id": "a-1", "title": "Night editor", "employer": "Minasato Press",
    "employer_url": "https://press.example/", "text": "You read what others wrote.\n\nAt night.",
    "place": "Minasato", "region": "Musashi", "country": "JP", "where": "onsite",
    "employment": "full_time", "salary_min": "3200000", "salary_max": "4,100,000",
    "salary_currency": "JPY", "salary_unit": "year", "language_level": "business",
    "apply_url": "https://press.example/jobs/1?from=board", "apply_mail": "",
    "posted": "2026-11-18", "valid_until": "2026-12-18",
}  # fmt: skip
TERMS = ListingTerms(
    title="Night editor",
    employer="Minasato Press",
    text="You read what others wrote.\n\nAt night.",
    place="Minasato",
    apply_url="https://press.example/jobs/1",
    posted_at=datetime(2026, 11, 17, 15, tzinfo=UTC),
    valid_until=datetime(2026, 12, 18, 15, tzinfo=UTC),
)


def a_keeper(masthead=None, name="Kei Mori"):
    """Somebody who keeps one masthead's board, or, without one, every board."""
    person = a_reader(name)
    models.Keeper.objects.create(user=person, masthead=masthead)
    return person


def a_listing(masthead, *, by=None, at=NOON, **fields):
    """A job on a board; returns its row."""
    by = by or a_keeper(masthead)
    number = listings.add(masthead.pk, replace(TERMS, **fields), by=by.pk, at=at)
    return models.Listing.objects.get(pk=number)


def csv_of(*rows, names=tuple(ROW)):
    """A CSV file of these rows, each a change to ROW."""
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return out.getvalue().encode()
