"""The desk's screens for files of people: bring one in, watch it, get back what was left out."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline.newsletters import forms
from dateline.newsletters.domain.errors import Unfit
from dateline.newsletters.queries import desk as asked
from dateline.newsletters.services import importing
from dateline.newsletters.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    csv_file,
    draw,
    editors_only,
    own_import,
    own_list,
)


@require_http_methods(READ_AND_WRITE)
@editors_only
def take(request: HttpRequest, newsletter_id: int) -> HttpResponse:
    """Bring a file in; the worker reads it."""
    row = own_list(request, newsletter_id)
    is_sent = request.method == "POST"
    form = forms.ImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        told = form.cleaned_data
        moment = datetime.combine(told["consented_on"], time(), tzinfo=UTC)
        try:
            number = importing.begin(
                row.pk, told["file"].chunks(), name=told["file"].name, stated=told["stated"],
                consented_at=moment, by=by(request),
            )  # fmt: skip
        except Unfit as problem:
            field = {"consented_at": "consented_on"}.get(problem.field, problem.field)
            form.add_error(field, str(problem))
        else:
            return redirect("newsletters_desk:report", number)
    status = UNFIT if form.errors else 200
    return draw(request, "import", "Bring people in", status=status, form=form, row=row)


@editors_only
def report(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far a file is, and every line that put nobody on the list."""
    file = own_import(request, import_id)
    number = request.GET.get("page", "1")
    page = asked.left_out(file, int(number) if number.isdecimal() else 1)
    runs = file.state in importing.RUNNING
    done = 100 * file.read // file.size if file.size else 100
    return draw(
        request, "report", file.name, row=file.newsletter, file=file, page=page, runs=runs,
        done=done,
    )  # fmt: skip


@editors_only
def left_out(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """Every line that put nobody on the list, with why, as CSV."""
    file = own_import(request, import_id)
    return csv_file(asked.left_out_rows(file), f"left-out-{file.pk}.csv")


@require_POST
@editors_only
def stop(request: HttpRequest, import_id: int) -> HttpResponse:
    """Read no further."""
    file = own_import(request, import_id)
    if importing.stop(file.pk, by=by(request)):
        messages.success(request, f"{file.name} is read no further.")
    return redirect("newsletters_desk:report", file.pk)
