"""The desk's screens for files of jobs: take one in, read what became of it, get back the rest."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dateline.jobs import forms
from dateline.jobs.domain.errors import FeedRefused
from dateline.jobs.domain.feed import csv_of
from dateline.jobs.domain.report import report_of
from dateline.jobs.domain.terms import COLUMNS
from dateline.jobs.queries import people
from dateline.jobs.services import importing
from dateline.jobs.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    draw,
    keepers_only,
    own_import,
)

WHY = "why_refused"


@require_http_methods(READ_AND_WRITE)
@keepers_only
def take(request: HttpRequest) -> HttpResponse:
    """Take a file in, or say what would become of it."""
    sites = people.boards_of(by(request))
    is_sent = request.method == "POST"
    form = forms.ImportForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, sites=sites
    )
    tried = None
    if is_sent and form.is_valid():
        told = form.cleaned_data
        site, data = form.sites[told["masthead"]], told["file"].read()
        about = {"feed": told["feed"], "name": told["file"].name, "complete": told["complete"]}
        try:
            if not told["dry"]:
                number, _ = importing.take_feed(data, site, by=by(request), **about)
                return redirect("jobs_desk:report", number)
            tried = importing.try_feed(data, site, **about)
        except FeedRefused as refusal:
            form.add_error("file", str(refusal))
    status = UNFIT if form.errors else 200
    return draw(request, "import", "Import jobs", status=status, form=form, report=tried)


@keepers_only
def report(request: HttpRequest, import_id: int) -> HttpResponse:
    """What became of a file, row by row."""
    row = own_import(request, import_id)
    return draw(request, "report", row.name, row=row, report=report_of(row.report))


@keepers_only
def file(request: HttpRequest, import_id: int) -> HttpResponse:
    """The file as it came, byte by byte."""
    row = own_import(request, import_id)
    return _download(bytes(row.raw), f"import-{row.pk}.txt", "application/octet-stream")


@keepers_only
def refused(request: HttpRequest, import_id: int) -> HttpResponse:
    """The rows that were refused, as they came and each with why: to mend, and send again."""
    row = own_import(request, import_id)
    feed, rows = importing.refused_rows(row)
    if feed.kind == "json":
        jobs = [{**one.values, WHY: why} for one, why in rows]
        text = json.dumps({"jobs": jobs}, indent=2)
        return _download(text.encode(), f"refused-{row.pk}.json", "application/json")
    table = csv_of([*COLUMNS, WHY], ({**one.values, WHY: why} for one, why in rows))
    return _download(table.encode("utf-8-sig"), f"refused-{row.pk}.csv", "text/csv; charset=utf-8")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
