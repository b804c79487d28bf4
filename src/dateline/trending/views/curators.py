"""Who steers which block: for those who steer every one."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline.accounts import queries as accounts
from dateline.mastheads import queries as mastheads
from dateline.trending.forms import AppointForm
from dateline.trending.queries import people
from dateline.trending.services import curators as posts
from dateline.trending.views.desk_access import UNFIT, by, curators_only, draw, words


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who steers; appoint one more."""
    _must_lead(request)
    form = AppointForm(
        request.POST if request.method == "POST" else None,
        sites=mastheads.all_mastheads(), words=words(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        person = accounts.by_email(form.cleaned_data["email"])
        if person is None:
            form.add_error("email", words()["no_account"])
        else:
            where = _masthead_id(form.cleaned_data["where"])
            posts.appoint(person.pk, masthead_id=where, by=by(request))
            messages.success(request, words()["appointed"].format(name=person.email))
            return redirect("trending_desk:curators")
    return draw(
        request, "curators", words()["curators"], status=UNFIT if form.errors else 200,
        form=form, curators=people.curators(),
    )  # fmt: skip


@require_POST
@curators_only
def dismiss(request: HttpRequest, user_id: UUID, where: str) -> HttpResponse:
    """Let somebody steer a masthead, or the network, no longer."""
    _must_lead(request)
    posts.dismiss(user_id, masthead_id=_masthead_id(where), by=by(request))
    messages.success(request, words()["dismissed"])
    return redirect("trending_desk:curators")


def _must_lead(request: HttpRequest) -> None:
    if not people.steers(by(request), None):
        raise PermissionDenied


def _masthead_id(where: str) -> int | None:
    return int(where) if where.isascii() and where.isdigit() else None
