"""The desk's screens for lists: all of them, one with its subscribers, its form, who edits."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.newsletters import forms, models
from dateline.newsletters.domain.errors import Unfit
from dateline.newsletters.queries import desk as asked
from dateline.newsletters.queries import people
from dateline.newsletters.services import keeping
from dateline.newsletters.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    csv_file,
    draw,
    editors_only,
    own_list,
)


@editors_only
def index(request: HttpRequest) -> HttpResponse:
    """The lists they look after, with how many are on each."""
    who = by(request)
    return draw(
        request, "index", "Lists", leads=people.edits(who, None),
        lists=asked.figures(people.own_lists(who), at=clock.now()),
    )  # fmt: skip


@editors_only
def one(request: HttpRequest, newsletter_id: int) -> HttpResponse:
    """One list: growth, imports, and one subscriber by their exact address."""
    row = own_list(request, newsletter_id)
    return _list(request, row, typed=request.GET.get("address", ""))


def _list(
    request: HttpRequest, row: models.Newsletter, *, typed: str, status: int = 200,
    form: forms.EndForm | None = None,
) -> HttpResponse:  # fmt: skip
    standing = asked.standing_of(row, typed) if typed else None
    key = standing.subscriber.key if standing else ""
    return draw(
        request, "list", row.name, status=status, row=row, typed=typed, standing=standing,
        growth=asked.growth(row, at=clock.now()), on_it=asked.on_it(row),
        proofs=asked.proofs(row, key) if key else [], imports=asked.imports(row),
        form=form or forms.EndForm(initial={"address": key}),
    )  # fmt: skip


@require_http_methods(READ_AND_WRITE)
@editors_only
def add(request: HttpRequest) -> HttpResponse:
    """Make a list."""
    return _form(request, None)


@require_http_methods(READ_AND_WRITE)
@editors_only
def edit(request: HttpRequest, newsletter_id: int) -> HttpResponse:
    """Change a list, open or close it."""
    return _form(request, own_list(request, newsletter_id))


def _form(request: HttpRequest, row: models.Newsletter | None) -> HttpResponse:
    who, data = by(request), request.POST if request.method == "POST" else None
    form = forms.ListForm(
        data, sites=people.sites_of(who), network=people.edits(who, None), row=row,
        initial=forms.initial_of(row),
    )  # fmt: skip
    if data is not None and form.is_valid():
        try:
            number = _kept(form, row, request)
        except Unfit as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, f"{form.terms.name} is kept.")
            return redirect("newsletters_desk:list", number)
    status = UNFIT if form.errors else 200
    title = "Change it" if row else "Make a list"
    return draw(request, "form", title, status=status, form=form, row=row)


def _kept(form: forms.ListForm, row: models.Newsletter | None, request: HttpRequest) -> int:
    if row is None:
        return keeping.add(form.masthead_id, form.terms, by=by(request))
    keeping.change(row.pk, form.terms, by=by(request))
    return row.pk


@require_POST
@editors_only
def end(request: HttpRequest, newsletter_id: int) -> HttpResponse:
    """Take somebody off a list, with the reason."""
    row = own_list(request, newsletter_id)
    form = forms.EndForm(request.POST)
    typed = request.POST.get("address", "")
    if form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        keeping.end_by_editor(row.pk, told["address"], reason=told["reason"], by=by(request))
        messages.success(request, f"{typed} is on {row.name} no more.")
        return redirect(f"{reverse('newsletters_desk:list', args=[row.pk])}?address={typed}")
    return _list(request, row, typed=typed, status=UNFIT, form=form)


@editors_only
def export(request: HttpRequest, newsletter_id: int) -> HttpResponseBase:
    """A list in full, with the proof of each, as CSV."""
    row = own_list(request, newsletter_id)
    return csv_file(asked.export_rows(row), f"{row.slug}.csv")
