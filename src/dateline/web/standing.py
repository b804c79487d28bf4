"""The pages around a title's stories: about, contact, imprint, terms and so on."""

from typing import Any

from allauth.core import internal
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline import clock, doors
from dateline.discussion.domain.told_words import rules_for
from dateline.edge.services import shared_page
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.standing.domain.errors import MessageRefused
from dateline.standing.domain.kinds import Given, PageKind
from dateline.standing.domain.words import words_for
from dateline.standing.queries import editor, people, reading
from dateline.standing.queries.reading import Standing
from dateline.standing.services import contact as contacts
from dateline.web import pages, queries, views
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.rendering import draw, site_of

KINDS = tuple(kind.value for kind in PageKind)
FIELDS = ("name", "email", "text")
FROM_ONE_PLACE = {"contact": "10/h/ip"}
TOO_MANY, UNFIT = 429, 422
WRITE = "/contact/write/"
SENT = "/contact/sent/"


@shared_page(query=("page",))
@require_safe
def page(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One page. A title that has a section of that name keeps it there."""
    site, which = site_of(request), PageKind(kind)
    if site.section(kind) is not None and which is not PageKind.PRIVACY:
        return views.section(request, kind)
    shown = reading.standing(site, which) if "page" not in request.GET else None
    return _page(request, site, shown) if shown else pages.not_found(request)


def _page(
    request: HttpRequest, site: Site, shown: Standing, *, preview: bool = False
) -> HttpResponseBase:
    w = words_for(site.language)
    path = shown.kind.path
    meta = Meta(
        title=f"{shown.title} — {site.name}", headline=shown.title, canonical=site.origin + path,
        languages=pages.languages(site, path),
        data=(breadcrumbs(site, [(shown.title, path)]),),
    )  # fmt: skip
    return draw(
        request, site, "standing", meta=meta, at=clock.now(), network=queries.other_titles(site),
        s=w, shown=shown, preview=preview, **_beside(site, shown.kind),
        others=[
            (w[kind], kind.path) for kind in PageKind if kind not in (PageKind.STAFF, shown.kind)
        ],
    )  # fmt: skip


def _beside(site: Site, kind: PageKind) -> dict[str, Any]:
    """What a page has besides its text."""
    if kind is PageKind.RULES:
        return {"rules": rules_for(site.language)}
    if kind is PageKind.CONTACT:
        card = reading.contact(site)
        w = words_for(site.language)
        by_mail = card is not None and not card.by_form
        return {
            "contact": card, "write": WRITE,
            "way": w["by_mail"].format(card.address) if card and by_mail else "",
        }  # fmt: skip
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponseBase:
    """The form for a message; works without JavaScript. A refusal keeps what was typed."""
    site = site_of(request)
    card = reading.contact(site)
    if card is None or not card.by_form:
        return pages.not_found(request)
    if request.method != "POST":
        return _form(request, {})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.POST.get("website"):  # people do not see this field; their browser may fill it in
        return _form(request, typed, problem=("", "filled_in"), status=UNFIT)
    if not internal.ratelimit.consume(
        request, app="dateline", action="contact", config=FROM_ONE_PLACE
    ):
        return _form(request, typed, problem=("", "too_many"), status=TOO_MANY)
    try:
        contacts.give_message(site.id, Given(**typed), at=clock.now())
    except MessageRefused as refusal:
        return _form(request, typed, problem=(refusal.field, refusal.reason), status=UNFIT)
    return redirect(SENT)


@require_safe
def sent(request: HttpRequest) -> HttpResponseBase:
    """What somebody sees who has just written."""
    w = words_for(site_of(request).language)
    return _own(request, "contact_sent", w["sent"])


def _form(
    request: HttpRequest,
    typed: dict[str, str],
    *,
    problem: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponseBase:
    w = words_for(site_of(request).language)
    field, reason = problem
    return _own(
        request, "contact_form", w["form_title"], status=status, typed=typed, wrong=field,
        problem=w[reason] if reason else "",
    )  # fmt: skip


def _own(
    request: HttpRequest, kind: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponseBase:
    site = site_of(request)
    response = draw(
        request, site, kind, at=clock.now(), network=queries.other_titles(site), status=status,
        meta=Meta(title=f"{title} — {site.name}", headline=title, hidden=True),
        s=words_for(site.language), title=title, **context,
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@never_cache
def preview(request: HttpRequest, masthead: str, kind: str) -> HttpResponseBase:
    """A page as readers would see it, from what stands in the desk's editor; nothing is stored."""
    site = mastheads.by_slug(masthead)
    if site is None or kind not in set(PageKind):
        raise Http404
    if not (request.user.is_authenticated and people.writes(doors.by(request), site.id)):
        raise PermissionDenied
    shown = reading.drawn(site, PageKind(kind), editor.typed(request.POST), changed_at=None)
    return _page(request, site, shown, preview=True)
