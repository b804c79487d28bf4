"""The desk's screens for standing pages: all of them, one with its versions, and messages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from dateline import clock
from dateline.mastheads.domain.site import Site
from dateline.standing import forms
from dateline.standing.domain.errors import PageRefused
from dateline.standing.domain.kinds import PageKind
from dateline.standing.queries import desk, people
from dateline.standing.services import contact as contacts
from dateline.standing.services import pages
from dateline.standing.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    draw,
    editors_only,
    own_site,
    words,
)

FIXED = {
    PageKind.PRIVACY: "fixed_privacy", PageKind.RULES: "fixed_rules",
    PageKind.CONTACT: "fixed_contact",
}  # fmt: skip


@require_safe
@editors_only
def index(request: HttpRequest) -> HttpResponse:
    """Every page of every masthead of theirs, and what is still blank."""
    w = words()
    shown = [(board, _named(board)) for board in desk.boards(people.sites_of(by(request)))]
    return draw(request, "index", w["desk"], boards=shown)


def _named(board: desk.Board) -> list[tuple[str, desk.Line]]:
    return [(words()[line.kind], line) for line in board.lines]


@require_http_methods(READ_AND_WRITE)
@editors_only
def page(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One page: its text, and the versions before."""
    site, which, w = own_site(request, slug), _kind(kind), words()
    stands = desk.text(site, which)
    form = forms.PageForm(
        request.POST if request.method == "POST" else None, words=w,
        initial={"text": stands.text, "expected": stands.number},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _written(request, site, which, form):
        return redirect("standing_desk:page", slug, kind)
    return draw(
        request, "page", f"{w[which]} · {site.name}", status=UNFIT if form.errors else 200,
        site=site, kind=which, form=form, number=stands.number, versions=desk.versions(site, which),
        fixed=w[FIXED[which]] if which in FIXED else "",
    )  # fmt: skip


def _written(request: HttpRequest, site: Site, kind: PageKind, form: forms.PageForm) -> bool:
    told = form.cleaned_data
    try:
        pages.write_page(
            site.id, kind, told["text"], expected=told["expected"], by=by(request), at=clock.now()
        )
    except PageRefused as refusal:
        form.add_error("text", _said(refusal))
        return False
    messages.success(request, words()["was_saved"])
    return True


def _said(refusal: PageRefused) -> str:
    return words()[refusal.key].format(**refusal.told)


@require_POST
@editors_only
def put_back(request: HttpRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """Give readers an earlier text again."""
    site, which = own_site(request, slug), _kind(kind)
    try:
        pages.put_back(site.id, which, number, by=by(request), at=clock.now())
    except PageRefused as refusal:
        messages.error(request, _said(refusal))
    else:
        messages.success(request, words()["was_put_back"])
    return redirect("standing_desk:page", slug, kind)


@require_http_methods(READ_AND_WRITE)
@editors_only
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Where messages go, and what was written last."""
    site, w = own_site(request, slug), words()
    (board,) = desk.boards([site])
    form = forms.ContactForm(
        request.POST if request.method == "POST" else None, words=w, initial=_stands(board.contact)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        contacts.set_contact(
            site.id, told["address"], by_form=told["by_form"], by=by(request), at=clock.now()
        )
        messages.success(request, w["contact_saved"])
        return redirect("standing_desk:contact", slug)
    return draw(
        request, "contact", f"{w['messages']} · {site.name}", site=site, form=form,
        status=UNFIT if form.errors else 200, found=desk.messages(site),
    )  # fmt: skip


def _stands(row: Any) -> dict[str, Any]:
    return {"address": row.address, "by_form": row.by_form} if row else {"by_form": True}


def _kind(name: str) -> PageKind:
    try:
        return PageKind(name)
    except ValueError:
        raise Http404(f"There is no standing page {name}.") from None
