"""What an advertiser reads of their campaign, by a signed link: a page and a table to take away."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.promos.adapters import links
from dateline.promos.queries import delivery

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
COLUMNS = ("day", "viewable", "planned", "clicks", "codes copied")


@require_safe
def report(request: HttpRequest, name: str) -> HttpResponse:
    """The report's page. Whoever has the link reads it; nobody changes anything here."""
    site = request.masthead  # type: ignore[attr-defined]  # set by project.hosts
    answer = render(
        request, "promos/report.html", {"report": _report(name), "site": site, "name": name}
    )
    return _private(answer)


@require_safe
def days_csv(_request: HttpRequest, name: str) -> HttpResponse:
    """The days of a report as CSV. Numbers and dates only: no cell can be a formula."""
    found, text = _report(name), io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for day in found.days:
        planned = "" if day.planned is None else day.planned
        table.writerow([day.day.isoformat(), day.viewable, planned, day.clicks, day.copies])
    return _private(HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8"))


def _report(name: str) -> delivery.Report:
    campaign_id = links.read_report(name)
    found = delivery.report(campaign_id, at=clock.now()) if campaign_id else None
    if found is None:
        raise Http404("There is no such report.")
    return found


def _private(answer: HttpResponse) -> HttpResponse:
    for header, value in HEADERS.items():
        answer[header] = value
    return answer
