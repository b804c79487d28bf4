"""Weeks of a series: which one a moment is in, when its draft is due, what it is called."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dateline.jobs.domain.terms import Problem

HEADLINE_LONGEST = 100  # of the pattern; with its numbers it fits every headline
MOST = 30
NAMES = ("{year}", "{week}")
NUMBERS = re.compile(r"(?i)(?:\bweek\s*|\bno\.?\s*|\bof\s*|第)?\{(?:year|week)\}[年週号]?")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of the ISO calendar, whose year may differ from the day's."""

    year: int
    week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTerms:
    """A weekly series as somebody wants it. `weekday` is 0 on Monday; `time` is its masthead's."""

    pattern: str
    section: str
    weekday: int
    time: time
    how_many: int = 10
    active: bool = True


def week_of(at: datetime, zone: str) -> Week:
    """The week that `at` (aware) is in, on the clock of `zone`, an IANA name."""
    year, week, _ = at.astimezone(ZoneInfo(zone)).date().isocalendar()
    return Week(year, week)


def due_at(week: Week, weekday: int, at: time, zone: str) -> datetime:
    """When a week's draft is due, in UTC. A time that a clock change skips is taken as after it."""
    day = date.fromisocalendar(week.year, week.week, weekday + 1)
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def headline(pattern: str, week: Week) -> str:
    """The pattern with the week's numbers in it."""
    return pattern.replace("{year}", str(week.year)).replace("{week}", str(week.week))


def series_name(pattern: str) -> str:
    """What all weeks of a series are called: the pattern without its numbers."""
    bare = NUMBERS.sub(" ", pattern)
    return " ".join(bare.split()).strip(" ,:-") or "Jobs"


def problems_of(terms: SeriesTerms, *, sections: frozenset[str]) -> list[Problem]:
    """What keeps a series from being started. `sections` are the slugs its masthead has."""
    found = []
    if not 1 <= len(terms.pattern) <= HEADLINE_LONGEST:
        found.append(Problem("pattern", f"It needs 1 to {HEADLINE_LONGEST} characters."))
    elif missing := [name for name in NAMES if name not in terms.pattern]:
        found.append(
            Problem("pattern", f"It has no {' and no '.join(missing)}: two weeks would look alike.")
        )
    if "{" in terms.pattern.replace("{year}", "").replace("{week}", ""):
        found.append(Problem("pattern", "Only {year} and {week} stand in braces."))
    if terms.section not in sections:
        found.append(Problem("section", f"The title has no section {terms.section!r}."))
    if not 1 <= terms.how_many <= MOST:
        found.append(Problem("how_many", f"It lists 1 to {MOST} jobs, not {terms.how_many}."))
    return found
