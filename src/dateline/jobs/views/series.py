"""The desk's screens for weekly series: a form, and this week's draft at once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline.jobs import forms, models
from dateline.jobs.domain.errors import JobsRefused, Unfit
from dateline.jobs.domain.weeks import SeriesTerms
from dateline.jobs.queries import people
from dateline.jobs.services import series
from dateline.jobs.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    draw,
    keepers_only,
    own_ids,
)

EDIT_STORY = "wagtailsnippets_stories_story:edit"


@require_http_methods(READ_AND_WRITE)
@keepers_only
def start(request: HttpRequest) -> HttpResponse:
    """Start a series."""
    return _form(request, None)


@require_http_methods(READ_AND_WRITE)
@keepers_only
def change(request: HttpRequest, series_id: int) -> HttpResponse:
    """Change a series."""
    return _form(request, _own(request, series_id))


def _form(request: HttpRequest, row: models.Series | None) -> HttpResponse:
    sites = people.boards_of(by(request))
    if row is not None:
        sites = [site for site in sites if site.id == row.masthead_id]
    data = request.POST if request.method == "POST" else None
    form = forms.SeriesForm(data, sites=sites, initial=forms.initial_of_series(row))
    if data is not None and form.is_valid() and _kept(request, form, row):
        messages.success(request, "The series is kept.")
        return redirect("jobs_desk:index")
    return draw(
        request, "series", row.pattern if row else "Start a weekly series",
        status=UNFIT if data is not None else 200, form=form,
    )  # fmt: skip


def _kept(request: HttpRequest, form: forms.SeriesForm, row: models.Series | None) -> bool:
    terms = SeriesTerms(**{name: form.cleaned_data[name] for name in series.FIELDS})
    try:
        if row is None:
            series.start(form.site.id, terms, by=by(request))
        else:
            series.change(row.pk, terms, by=by(request))
    except Unfit as refusal:
        for problem in refusal.problems:
            form.add_error(problem.field, problem.text)
        return False
    return True


@require_POST
@keepers_only
def write(request: HttpRequest, series_id: int) -> HttpResponse:
    """Write this week's draft now, and go there."""
    row = _own(request, series_id)
    try:
        issue = series.write_now(row.pk, by=by(request))
    except JobsRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs_desk:index")
    if issue.story_id is None:
        messages.warning(request, issue.note)
        return redirect("jobs_desk:index")
    return redirect(reverse(EDIT_STORY, args=[issue.story_id]))


def _own(request: HttpRequest, series_id: int) -> models.Series:
    rows = models.Series.objects.filter(pk=series_id, masthead_id__in=own_ids(request))
    row = rows.select_related("masthead").first()
    if row is None:
        raise Http404(f"You have no series {series_id}.")
    return row
