"""Newsletters for readers: all lists, signing up, the links that confirm and that leave."""

from typing import Any

from allauth.core import internal
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mail.domain.addresses import AddressRefused, key_of
from dateline.mastheads.domain.site import Site
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.errors import LinkVoid, NoSuchList
from dateline.newsletters.domain.links import TOO_SOON
from dateline.newsletters.domain.page_words import page_words_for
from dateline.newsletters.queries import holders, lists
from dateline.newsletters.services import asking, ending
from dateline.web import pages, queries
from dateline.web.domain.meta import Meta
from dateline.web.rendering import draw, site_of

PATH = "/newsletters/"
# Allauth counts them together for all processes; a window of each is as long as it says.
FROM_ONE_PLACE = {"letter_place": "20/h/ip"}
FOR_ONE_ADDRESS = {"letter_address": "4/h/key,8/d/key"}
VOID, FORBIDDEN, UNFIT, TOO_MANY = 410, 403, 422, 429
ONE_CLICK = "One-Click"  # what a mail program sends in List-Unsubscribe (RFC 8058)


@shared_page()
@require_safe
def all_lists(request: HttpRequest) -> HttpResponseBase:
    """Every list of the masthead, and one form for as many as one likes."""
    return _lists(request)


def _lists(
    request: HttpRequest, *, status: int = 200, problem: str = "", **typed: Any
) -> HttpResponseBase:
    site = site_of(request)
    n = page_words_for(site.language)
    cards = lists.for_site(site)
    return draw(
        request, site, "newsletters", at=clock.now(), network=queries.other_titles(site),
        status=status,
        meta=Meta(
            title=f"{n['title']} — {site.name}", headline=n["title"], description=n["lead"],
            canonical=f"{site.origin}{PATH}", languages=pages.languages(site, PATH),
        ),
        n=n, cards=cards, chosen=typed.get("chosen") or {card.slug for card in cards[:1]},
        address=typed.get("address", ""), problem=n[problem] if problem else "",
        address_is_wrong=problem == "address_wrong",
    )  # fmt: skip


@csrf_exempt  # it stands on cached pages, which hold no token; where it came from is asked below
@require_POST
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Note an address that was typed. The answer is the same for every address there is."""
    typed = request.POST.get("address", "").strip()[:320]
    chosen = request.POST.getlist("list")[:50]
    given = {"address": typed, "chosen": set(chosen)}
    if request.POST.get("website"):  # people do not see this field
        return _asked(request, typed)
    problem, status = _unfit(request, chosen)
    if problem:
        return private(_lists(request, status=status, problem=problem, **given))
    site = site_of(request)
    try:
        if may_ask(request, typed):
            told = told_of(request, _consent(site, chosen))
            asking.ask(typed, site=site, slugs=chosen, told=told, at=clock.now())
    except AddressRefused:
        return private(_lists(request, status=UNFIT, problem="address_wrong", **given))
    except NoSuchList:
        return private(_lists(request, status=UNFIT, problem="closed", **given))
    return _asked(request, typed)


def _unfit(request: HttpRequest, chosen: list[str]) -> tuple[str, int]:
    """What is wrong with a form before its address is looked at, and the status that says so."""
    if not from_here(request):
        return "elsewhere", FORBIDDEN
    if not chosen:
        return "choose_one", UNFIT
    return ("", 200) if counted(request, FROM_ONE_PLACE) else ("too_many", TOO_MANY)


def from_here(request: HttpRequest) -> bool:
    """Whether a page of this host sent the form, as the browser itself says."""
    said = request.headers.get("Origin")
    if said is None:  # browsers send it with every form; what sends none is no page of another site
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return said == f"{request.scheme}://{request.get_host()}"


def may_ask(request: HttpRequest, typed: str) -> bool:
    """Count one more for an address. Too many change nothing and are told nobody."""
    return counted(request, FOR_ONE_ADDRESS, key=key_of(typed))


def counted(request: HttpRequest, limit: dict[str, str], *, key: str = "") -> bool:
    """Count one more of what `limit` names; say whether that is still within it."""
    (action,) = limit
    found = internal.ratelimit.consume(
        request, app="dateline", action=action, key=key or None, config=limit
    )
    return bool(found)


def _asked(request: HttpRequest, address: str) -> HttpResponseBase:
    said = page_words_for(site_of(request).language)["asked_text"].format(address=address)
    return page(request, "letter_asked", "asked_title", said=said)


def _consent(site: Site, chosen: list[str]) -> str:
    n = page_words_for(site.language)
    return n["shown"].format(consent=n["consent"], lists=", ".join(chosen))


@csrf_exempt  # the link is the credential: whoever has it reads the mailbox
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link of a mail leads to: a page with a button. To look at it changes nothing."""
    site, now = site_of(request), clock.now()
    n = page_words_for(site.language)
    try:
        if request.method != "POST":
            asked = asking.asked_of(token, at=now)
            return page(request, "letter_confirm", "confirm_title", cards=asked)
        told = told_of(request, n["confirm"])
        done = asking.confirm(token, site=site, told=told, at=now)
    except LinkVoid:
        return void(request)
    return page(request, "letter_confirmed", "confirmed_title", cards=done)


@csrf_exempt  # mail programs post here (RFC 8058), and no browser of ours
@require_http_methods(["GET", "HEAD", "POST"])
def out(request: HttpRequest, token: str) -> HttpResponseBase:
    """The way off a list: what a mail program posts acts at once, a GET shows a page with a button.

    Within three minutes of the mail the page's button asks for a tick too: programs that try
    everything in a mail do so as it arrives.
    """
    now = clock.now()
    n = page_words_for(site_of(request).language)
    try:
        held = holders.holder_of_out(token)
        soon = bool(held.sent_at and now - held.sent_at < TOO_SOON)
        sure = request.POST.get("List-Unsubscribe") == ONE_CLICK or "sure" in request.POST
        if request.method == "POST" and (sure or not soon):
            told = told_of(request, n["out"])
            left = ending.end_by_link(token, told=told, at=now)
            return page(request, "letter_left", "left_title", left=left)
    except LinkVoid:
        return void(request)
    title = n["out_title"].format(list=held.newsletter.name) if held.newsletter else n["out_other"]
    return page(request, "letter_out", "", title=title, held=held, soon=soon)


def void(request: HttpRequest) -> HttpResponseBase:
    """A link that is good for nothing any more."""
    return page(request, "letter_void", "void_title", status=VOID)


def told_of(request: HttpRequest, shown: str) -> Told:
    """The part of a proof that a page knows."""
    where = f"{request.scheme}://{request.get_host()}{request.path}"
    return Told(shown=shown, where=where, ip=request.META.get("REMOTE_ADDR", ""))


def page(
    request: HttpRequest,
    kind: str,
    word: str,
    *,
    title: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    """A page for one reader in the masthead's frame; `word` names its title where none is given."""
    site = site_of(request)
    n = page_words_for(site.language)
    head = title or n[word]
    return private(
        draw(
            request, site, kind, at=clock.now(), network=queries.other_titles(site), status=status,
            meta=Meta(title=f"{head} — {site.name}", headline=head, hidden=True),
            n=n, title=head, **context,
        )
    )  # fmt: skip


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Nobody keeps it, and the next site is not told where its visitor comes from."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
