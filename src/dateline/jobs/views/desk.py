"""The desk's screens for jobs: the list, and one job's form."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.jobs import forms, models
from dateline.jobs.domain.errors import JobsRefused
from dateline.jobs.domain.terms import ListingTerms, read
from dateline.jobs.queries import desk as asked
from dateline.jobs.queries import people, series
from dateline.jobs.queries.board import path_of
from dateline.jobs.services import listings
from dateline.jobs.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    draw,
    keepers_only,
    own_ids,
    own_listing,
)
from dateline.mastheads.domain.site import Site

VERBS = {"close": listings.close, "reopen": listings.reopen}
FIRST_RUN = timedelta(days=30)


@keepers_only
def index(request: HttpRequest) -> HttpResponse:
    """The jobs of their boards, the last files that came, and how to add more."""
    state = request.GET.get("state", "open")
    number = request.GET.get("page", "1")
    ids = own_ids(request)
    lines, page = asked.lines(
        ids, state=state if state in asked.STATES else "open",
        page=int(number) if number.isdecimal() else 1, at=clock.now(),
    )  # fmt: skip
    return draw(
        request, "index", "Jobs", lines=lines, page=page, state=state, states=asked.STATES,
        imports=asked.recent_imports(ids), series=series.of_boards(ids, at=clock.now()),
        leads=people.keeps(by(request), None),
    )  # fmt: skip


@require_http_methods(READ_AND_WRITE)
@keepers_only
def add(request: HttpRequest) -> HttpResponse:
    """Write a job down."""
    return _form(request, None)


@require_http_methods(READ_AND_WRITE)
@keepers_only
def edit(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Change a job."""
    return _form(request, own_listing(request, listing_id))


def _form(request: HttpRequest, row: models.Listing | None) -> HttpResponse:
    sites = people.boards_of(by(request))
    if row is not None:
        sites = [site for site in sites if site.id == row.masthead_id]
    data = request.POST if request.method == "POST" else None
    initial = forms.initial_of(row) if row else _initial(sites[0])
    form = forms.ListingForm(data, sites=sites, initial=initial)
    if data is not None and form.is_valid() and (terms := _terms(form)):
        if row is None:
            listings.add(form.site.id, terms, by=by(request))
        else:
            listings.change(row.pk, terms, by=by(request))
        messages.success(request, f"{terms.title} is kept.")
        return redirect("jobs_desk:index")
    return draw(
        request, "form", row.title if row else "Add a job",
        status=UNFIT if data is not None else 200, form=form, row=row,
        state=asked.state_of(row, at=clock.now()) if row else "",
        address=f"{sites[0].origin}{path_of(row.pk, row.title)}" if row else "",
    )  # fmt: skip


def _initial(site: Site) -> dict[str, str]:
    today = clock.now().astimezone(ZoneInfo(site.time_zone)).date()
    return {"posted": today.isoformat(), "valid_until": (today + FIRST_RUN).isoformat()}


def _terms(form: forms.ListingForm) -> ListingTerms | None:
    """The terms, or None with each problem at its field."""
    zone = form.site.time_zone
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    terms, problems = read(form.cleaned_data, zone=zone, today=today)
    for problem in problems:
        form.add_error(problem.field, problem.text)
    return terms


@require_POST
@keepers_only
def act(request: HttpRequest, listing_id: int, verb: str) -> HttpResponse:
    """Close a job, or open it again."""
    row = own_listing(request, listing_id)
    if verb not in VERBS:
        raise Http404(f"There is no {verb!r}.")
    try:
        VERBS[verb](row.pk, by=by(request))
    except JobsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        done = "closed" if verb == "close" else "open again"
        messages.success(request, f"{row.title} is {done}.")
    return redirect("jobs_desk:index")
