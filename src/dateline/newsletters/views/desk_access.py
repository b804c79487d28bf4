"""Who comes in to the screens for lists, and how they are drawn."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse

from dateline import doors
from dateline.newsletters import models
from dateline.newsletters.queries import people

UNFIT, READ_AND_WRITE, by = doors.UNFIT, doors.READ_AND_WRITE, doors.by
editors_only = doors.let_in(people.edits_any)


class _Echo:
    """A file that hands each line back."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def edits_any(request: HttpRequest) -> bool:
    """Whether somebody looks after any list, for the menu; asked once for each page of the desk."""
    if "edits_any_list" not in request.__dict__:
        named = request.user.is_superuser or people.is_named(by(request))
        request.__dict__["edits_any_list"] = named
    return bool(request.__dict__["edits_any_list"])


def own_list(request: HttpRequest, newsletter_id: int) -> models.Newsletter:
    """A list of theirs; 404 for another's."""
    rows = models.Newsletter.objects.filter(people.own_lists(by(request)), pk=newsletter_id)
    row = rows.select_related("masthead").first()
    if row is None:
        raise Http404(f"You have no list {newsletter_id}.")
    return row


def own_import(request: HttpRequest, import_id: int) -> models.ListImport:
    """A file for a list of theirs; 404 for another's."""
    row = models.ListImport.objects.filter(pk=import_id).select_related("by").first()
    if row is None:
        raise Http404(f"You have no import {import_id}.")
    row.newsletter = own_list(request, row.newsletter_id)
    return row


def draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen; `row`, where there is one, is the list that it is about."""
    trail = [{"url": reverse("newsletters_desk:index"), "label": "Lists"}]
    row = context.get("row")
    if row is not None and row.name != title:
        trail.append({"url": reverse("newsletters_desk:list", args=[row.pk]), "label": row.name})
    trail += [{"url": "", "label": title}] if title != "Lists" else []
    everything = {**context, "title": title, "breadcrumbs_items": trail}
    return render(request, f"newsletters/desk/{screen}.html", everything, status=status)


def csv_file(rows: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    """A CSV file (UTF-8 with a mark, for spreadsheets) that is written while it is sent."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        for row in rows:
            yield writer.writerow(row)  # what the file's write returns

    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)
