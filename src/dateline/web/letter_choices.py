"""What a reader chooses without a log-in: the link of a letter opens the page, and acts on it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dateline import clock
from dateline.accounts.queries import confirmed_address
from dateline.accounts.services import sessions
from dateline.alerts.domain.search_words import search_words_for
from dateline.alerts.queries import searches
from dateline.mail.domain.addresses import AddressRefused
from dateline.newsletters.domain.errors import LinkVoid, Unfit
from dateline.newsletters.domain.names import LANGUAGES, zones
from dateline.newsletters.domain.page_words import page_words_for
from dateline.newsletters.queries import holders, subscribers
from dateline.newsletters.queries.lists import by_masthead
from dateline.newsletters.services import choosing, ending, readers
from dateline.newsletters.services.choosing import Chosen
from dateline.web.letters import PATH, UNFIT, page, private, told_of, void
from dateline.web.rendering import site_of


@csrf_exempt  # the link is the credential: whoever has it reads the mailbox
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponseBase:
    """The preference centre, and what its forms send: `save`, `move`, `leave` or `undo`."""
    try:
        who = holders.holder_of_choose(token)
        verb = VERBS.get(request.POST.get("verb", "")) if request.method == "POST" else None
        return verb(request, who) if verb else _page(request, who)
    except LinkVoid:
        return void(request)


def _page(
    request: HttpRequest, who: Any, *, status: int = 200, said: str = "", **more: Any
) -> HttpResponseBase:
    """The page as it stands now; `said` is what was done just before."""
    n = page_words_for(site_of(request).language)
    known = subscribers.known(who.pk)
    return page(
        request, "letter_choose", "choose_title", status=status, said=said, known=known,
        lead=n["choose_lead"].format(address=known.address), groups=by_masthead(known.on),
        languages=LANGUAGES, zones=zones(), token=holders.choose_token(who),
        searches=len(searches.mine(who.pk)), searches_link=search_words_for(
            site_of(request).language
        )["choose"], **more,
    )  # fmt: skip


def _save(request: HttpRequest, who: Any) -> HttpResponseBase:
    n = page_words_for(site_of(request).language)
    chosen = Chosen(
        lists=request.POST.getlist("list"), shown=request.POST.getlist("shown"),
        name=request.POST.get("name", ""), language=request.POST.get("language", ""),
        time_zone=request.POST.get("time_zone", ""), uncounted="uncounted" in request.POST,
    )  # fmt: skip
    told = told_of(request, n["consent"])
    choosing.choose(who.pk, chosen, site=site_of(request), told=told, at=clock.now())
    return _page(request, who, said=n["saved"])


def _move(request: HttpRequest, who: Any) -> HttpResponseBase:
    n = page_words_for(site_of(request).language)
    typed = request.POST.get("address", "").strip()[:320]
    told = told_of(request, n["move"])
    try:
        choosing.ask_move(who.pk, typed, site=site_of(request), told=told, at=clock.now())
    except AddressRefused:
        return _page(request, who, status=UNFIT, problem=n["address_wrong"], typed=typed)
    except Unfit as refusal:
        return _page(request, who, status=UNFIT, problem=n[str(refusal)], typed=typed)
    return _page(request, who, said=n["move_asked"])


def _leave(request: HttpRequest, who: Any) -> HttpResponseBase:
    n = page_words_for(site_of(request).language)
    undo = ending.leave_all(who, told=told_of(request, n["leave"]), at=clock.now())
    return _page(request, who, said=n["left_all"], undo=undo)


def _undo(request: HttpRequest, who: Any) -> HttpResponseBase:
    n = page_words_for(site_of(request).language)
    told = told_of(request, n["undo"])
    names = ending.undo(request.POST.get("undo", ""), told=told, at=clock.now())
    return _page(request, who, said=n["undone"].format(lists=", ".join(names)) if names else "")


VERBS = {"save": _save, "move": _move, "leave": _leave, "undo": _undo}


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponseBase:
    """What both addresses are asked by mail: a page with a button, which says yes for that one."""
    now, n = clock.now(), page_words_for(site_of(request).language)
    try:
        old, new = choosing.move_of(token, at=now)
        said = ""
        if request.method == "POST":
            done = choosing.say_yes(token, told=told_of(request, n["moving"]), at=now)
            said = n["moving_done"].format(new=new) if done else n["moving_waits"]
    except LinkVoid:
        return void(request)
    lead = n["moving_lead"].format(old=old, new=new)
    return page(request, "letter_move", "moving_title", said=said, lead=lead)


@require_POST
def own(request: HttpRequest) -> HttpResponseBase:
    """From the account to the preference centre of its address, once that is confirmed."""
    reader = sessions.reader_of(request)
    if reader is None:
        return private(redirect("/account/enter/?next=/account/"))
    address = confirmed_address(reader)
    if not address:
        return private(redirect(PATH))
    token = readers.choices_of(reader.pk, address, site=site_of(request), at=clock.now())
    return private(redirect(f"{PATH}choose/{token}/"))
