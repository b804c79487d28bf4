"""Fill the demo's job boards, by the steps that who keeps one takes, and publish a week of them."""

import json
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from dateline.accounts.services import people as accounts
from dateline.demo import adapters
from dateline.demo.services.offers import NO_PORT_YET
from dateline.demo.services.threads import ADMIN, EDITOR
from dateline.jobs.domain.weeks import SeriesTerms
from dateline.jobs.queries.series import of_boards
from dateline.jobs.services import importing, keepers, series
from dateline.mastheads.queries import by_slug
from dateline.stories.services import publishing

FEED = "demo"
MASTHEAD = "masthead"
BEGAN, OUT = timedelta(days=7), timedelta(hours=5)


@transaction.atomic
def fill(*, at: datetime) -> int:
    """Bring the demo's jobs onto their boards and publish this week's round-up; return how many.

    `at` is the moment of the seeding, aware UTC. A board that is there already is left alone.
    """
    told = adapters.table("jobs")
    home = by_slug(told["series"][MASTHEAD])
    if home is None:
        raise ValueError("The jobs name a masthead that is not there.")
    if of_boards([home.id], at=at):
        return 0
    log_ins = adapters.table("logins")
    admin, editor = (
        accounts.create_person(email=log_ins[key]["email"], password=None).pk
        for key in (ADMIN, EDITOR)
    )
    keepers.appoint(editor, masthead_id=None, by=admin, at=at)
    taken = sum(_take(slug, jobs, by=editor, at=at) for slug, jobs in _by_masthead(told).items())
    terms = SeriesTerms(**{k: v for k, v in told["series"].items() if k != MASTHEAD})
    number = series.start(home.id, terms, by=editor, at=at - BEGAN)
    origin = home.origin.removesuffix(NO_PORT_YET)
    week = series.write_now(number, by=editor, at=at, origin=origin)
    publishing.publish_story(week.story_id or 0, by="Kotone Arisawa", at=at - OUT)
    return taken


def _by_masthead(told: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for job in told["job"]:
        found[job[MASTHEAD]].append(job)
    return found


def _take(slug: str, jobs: list[dict[str, Any]], *, by: UUID, at: datetime) -> int:
    site = by_slug(slug)
    if site is None:
        raise ValueError(f"The jobs name a masthead {slug!r} that is not there.")
    today = at.astimezone(ZoneInfo(site.time_zone)).date()
    rows = [
        {
            **{name: value for name, value in job.items() if name not in {MASTHEAD, "open"}},
            "posted": (today - timedelta(days=job["posted"])).isoformat(),
            "valid_until": (today + timedelta(days=job["open"])).isoformat(),
        }
        for job in jobs
    ]
    data = json.dumps({"jobs": rows}).encode()
    _, report = importing.take_feed(data, site, feed=FEED, name="jobs.json", by=by, at=at)
    return report.added
