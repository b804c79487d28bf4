"""The archive of a masthead by year, month and day, in its own time zone."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils.dateformat import format as format_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge import services as edge
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card, Page
from dateline.stories.queries import listings
from dateline.web import lists, pages, queries, twins
from dateline.web.domain import days
from dateline.web.domain.list_words import words_for
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.domain.moments import next_midnight
from dateline.web.rendering import draw, site_of

PATH = "/archive/"
MOST_YEARS = 150  # a date of the first story that is older is a slip
YEARS_BY_MONTH = 2  # the newest, whose months stand on the first page
LONG_AGO = datetime(days.FIRST_YEAR, 1, 1, tzinfo=UTC)


@shared_page()
@require_safe
def years(request: HttpRequest) -> HttpResponseBase:
    """The months of the newest years of a masthead, then every year before them."""
    site, at = site_of(request), clock.now()
    today, first = _today(site, at), listings.first_published(site)
    began = first.astimezone(ZoneInfo(site.time_zone)).year if first else today.year
    began = max(began, today.year - MOST_YEARS)
    whole = max(began, today.year - YEARS_BY_MONTH + 1)  # from here on by months
    spans = [date(number, 1, 1) for number in range(began, whole)]
    spans += [
        m for number in range(whole, today.year + 1) for m in days.months_of(number, last=today)
    ]
    filled = listings.filled(site, _moments(site, [*spans, days.month_after(spans[-1])]), at=at)
    cells = [
        (on, f"{PATH}{on:%Y/}" if number < whole - began else f"{PATH}{on:%Y/%m}/", is_filled)
        for number, (on, is_filled) in enumerate(zip(spans, filled, strict=True))
    ]
    earlier, months = cells[: whole - began][::-1], cells[whole - began :]
    by_year = [
        (on, [*of_it]) for on, of_it in groupby(months, lambda cell: cell[0].replace(month=1))
    ]
    return _grid(
        request, site, at, unit="years", cells=earlier, steps=[], found=any(filled),
        newest=[(on, f"{PATH}{on:%Y}/", of_it) for on, of_it in reversed(by_year)],
    )  # fmt: skip


@shared_page()
@require_safe
def year(request: HttpRequest, year: str) -> HttpResponseBase:
    """The months of a year; linked where there are stories."""
    site, at = site_of(request), clock.now()
    first, today = days.day_of(int(year)), _today(site, at)
    if first is None or first > today:
        return pages.not_found(request)
    months = days.months_of(first.year, last=today)
    older, *filled = _filled(site, [*months, days.month_after(months[-1])], at=at)
    cells = [
        (month, f"{PATH}{month:%Y/%m}/", is_filled)
        for month, is_filled in zip(months, filled, strict=True)
    ]
    after = first.replace(year=first.year + 1)
    return _grid(
        request, site, at, unit="months", cells=cells, steps=[first], found=any(filled),
        earlier=_step(site, days.month_before(first), 0) if older else None,
        later=_step(site, after, 0) if after <= today else None,
    )  # fmt: skip


@shared_page()
@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponseBase:
    """The calendar of a month; days with stories are links."""
    site, at = site_of(request), clock.now()
    first, today = days.day_of(int(year), int(month)), _today(site, at)
    if first is None or first > today:
        return pages.not_found(request)
    past = days.days_of(first, last=today)
    older, *filled = _filled(site, [*past, past[-1] + timedelta(days=1)], at=at)
    linked = {day for day, is_filled in zip(past, filled, strict=True) if is_filled}
    weeks = [
        [(day, f"{PATH}{day:%Y/%m/%d}/" if day in linked else "") if day else None for day in week]
        for week in days.weeks_of(first)
    ]
    after = days.month_after(first)
    return _grid(
        request, site, at, unit="days", cells=weeks, steps=[first, first], found=bool(linked),
        weekdays=[date(2024, 1, number) for number in range(1, 8)],  # Monday the 1st
        earlier=_step(site, days.month_before(first), 1) if older else None,
        later=_step(site, after, 1) if after <= today else None,
    )  # fmt: skip


def _filled(site: Site, spans: list[date], *, at: datetime) -> list[bool]:
    """Whether there are stories before the first of these days, then from each until the next."""
    return listings.filled(site, [LONG_AGO, *_moments(site, spans)], at=at)


@shared_page(query=("page",))
@require_safe
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponseBase:
    """What was published on one day, newest first."""
    site, at = site_of(request), clock.now()
    on, today = days.day_of(int(year), int(month), int(day)), _today(site, at)
    if on is None or on > today:
        return pages.not_found(request)
    zone, tomorrow = ZoneInfo(site.time_zone), on + timedelta(days=1)
    since, until = days.begins(on, zone), days.begins(tomorrow, zone)
    edge.opens_at(next_midnight(at, zone))  # from then on there is a day after it

    def found(moment: datetime, number: int) -> Page[Card]:
        size = twins.lines(request, site, listings.DAY_PAGE)
        return listings.day(site, since, until, at=moment, page=number, size=size)

    steps = _steps(site, [on, on, on])
    return lists.listed(
        request, site, found, title=steps[-1][0], path=steps[-1][1], steps=steps, of_day=True,
        kicker=words_for(site.language)["archive"],
        earlier=_step(site, on - timedelta(days=1), 2),
        later=_step(site, tomorrow, 2) if tomorrow <= today else None,
    )  # fmt: skip


def _grid(
    request: HttpRequest, site: Site, at: datetime, *, unit: str, cells: object, steps: list[date],
    found: bool, **context: Any,
) -> HttpResponseBase:  # fmt: skip
    edge.opens_at(next_midnight(at, ZoneInfo(site.time_zone)))
    words, trail = words_for(site.language), _steps(site, steps)
    title, path = trail[-1]
    meta = Meta(
        title=f"{title} — {site.name}", headline=title, canonical=f"{site.origin}{path}",
        description="" if steps else words["archive_intro"], hidden=bool(steps and not found),
        data=(breadcrumbs(site, trail),),
    )  # fmt: skip
    return draw(
        request, site, "lists/archive", at=at, network=queries.other_titles(site), meta=meta,
        words=words, title=title, unit=unit, cells=cells, above=trail[:-1], **context,
    )  # fmt: skip


def _steps(site: Site, dates: list[date]) -> list[tuple[str, str]]:
    """(name, path) from the archive down: the year, month and day of as many dates."""
    top = (words_for(site.language)["archive"], PATH)
    return [top, *(_step(site, on, depth) for depth, on in enumerate(dates))]


def _step(site: Site, on: date, depth: int) -> tuple[str, str]:
    words = words_for(site.language)
    name = ("year_format", "month_format", "list_day_format")[depth]
    path = (f"{on:%Y}/", f"{on:%Y/%m}/", f"{on:%Y/%m/%d}/")[depth]
    with override(site.language):
        return format_date(on, words[name]), PATH + path


def _today(site: Site, at: datetime) -> date:
    return at.astimezone(ZoneInfo(site.time_zone)).date()


def _moments(site: Site, spans: list[date]) -> list[datetime]:
    zone = ZoneInfo(site.time_zone)
    return [days.begins(on, zone) for on in spans]
