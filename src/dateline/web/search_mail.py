"""New results of a search by mail: ask on the page of results, confirm, choose without a log-in."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline import clock
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.search_words import search_words_for
from dateline.alerts.domain.searches import MOST_SAVED, SearchPace, Wanted
from dateline.alerts.queries import searches
from dateline.alerts.services import saved_searches
from dateline.alerts.services.by_mail import Person
from dateline.alerts.services.saved_searches import OFF
from dateline.mail.domain.addresses import AddressRefused, normalised
from dateline.mastheads.domain.site import Site
from dateline.newsletters.domain.errors import LinkVoid
from dateline.newsletters.domain.kinds import Act
from dateline.newsletters.domain.names import known_zone, zones
from dateline.newsletters.queries import holders, subscribers
from dateline.newsletters.services import readers
from dateline.newsletters.services.standing import keep_proof
from dateline.search.domain.query import cleaned, parse
from dateline.web.domain.search_links import Search
from dateline.web.finding import chosen
from dateline.web.letters import (
    FORBIDDEN,
    FROM_ONE_PLACE,
    TOO_MANY,
    UNFIT,
    counted,
    from_here,
    may_ask,
    page,
    told_of,
    void,
)
from dateline.web.rendering import site_of

CONFLICT = 409
LONGEST = 2_000  # characters of a field of the form


@csrf_exempt  # its page sets no cookie; where it came from is asked below
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """The form, and what it sends. The answer is the same for every address there is."""
    if request.method != "POST":
        return _form(request, _search(request.GET))
    asked, m = _search(request.POST), _words(request)
    typed = request.POST.get("address", "").strip()[:320]
    if request.POST.get("website"):  # people do not see this field
        return _asked(request, typed)
    problem, status = _unfit(request, asked)
    if not problem:
        problem = _note(request, asked, typed)
        status = UNFIT
    if problem:
        return _form(request, asked, status=status, problem=m[problem], typed=typed)
    return _asked(request, typed)


def _search(given: Any) -> Search:
    """What an address or a form asks for, newest first, its first page."""
    read = Search.of({name: given.get(name, "")[:LONGEST] for name in given if name != "page"})
    return Search(cleaned(read.typed), filters=read.filters)


def _unfit(request: HttpRequest, asked: Search) -> tuple[str, int]:
    """What is wrong with a form before its address is looked at, and the status that says so."""
    if not from_here(request):
        return "elsewhere", FORBIDDEN
    if parse(asked.typed).is_empty:
        return "empty", UNFIT
    if request.POST.get("pace") not in set(SearchPace) or not known_zone(_zone(request)):
        return "choice_wrong", UNFIT
    return ("", 200) if counted(request, FROM_ONE_PLACE) else ("from_you", TOO_MANY)


def _note(request: HttpRequest, asked: Search, typed: str) -> str:
    """Keep what was asked for; what is wrong with the address, or "". Too many are told nobody."""
    try:
        address = normalised(typed)
    except AddressRefused:
        return "address_wrong"
    if may_ask(request, address):
        _keep(request, asked, address)
    return ""


@transaction.atomic
def _keep(request: HttpRequest, asked: Search, address: str) -> None:
    site, at = site_of(request), clock.now()
    person = readers.somebody(address, site=site, at=at)
    who = Person(id=person, address=address, time_zone=_zone(request))
    wanted = _wanted(site, asked)
    pace = SearchPace(request.POST["pace"])
    saved_id = saved_searches.ask(site, who, wanted, pace, at=at)
    _prove(Act.ASKED, request, person, saved_id, wanted.label)


def _wanted(site: Site, asked: Search) -> Wanted:
    narrowed = [one.label for one in chosen(site, asked)]
    label = " · ".join([asked.typed, *narrowed])
    return Wanted(asked.typed, asked.url(), label, asked.narrowed)


def _form(
    request: HttpRequest, asked: Search, *, status: int = 200, problem: str = "", typed: str = ""
) -> HttpResponseBase:
    site, m = site_of(request), _words(request)
    is_empty = parse(asked.typed).is_empty
    return page(
        request, "search_mail", "", title=m["title"], status=status, m=m, problem=problem,
        typed=typed, label="" if is_empty else _wanted(site, asked).label, back=asked.url(),
        fields={"q": asked.typed, **asked.filters}.items(), paces=_paces(m),
        pace=request.POST.get("pace", SearchPace.DAILY), zones=zones(),
        zone=known_zone(_zone(request)) or site.time_zone,
    )  # fmt: skip


def _asked(request: HttpRequest, address: str) -> HttpResponseBase:
    m = _words(request)
    said = m["asked_text"].format(address=address)
    return page(request, "search_mail_said", "", title=m["asked_title"], said=said, m=m)


@csrf_exempt  # the link is the credential: whoever has it reads the mailbox
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link of the mail leads to: a page with a button. To look at it changes nothing."""
    site, at, m = site_of(request), clock.now(), _words(request)
    try:
        row = saved_searches.asked_of(token, site, at=at)
    except FollowRefused:
        return void(request)
    if subscribers.maybe(row.person) is None:
        return void(request)
    lead = m["yes_lead"].format(address=row.address)
    about: dict[str, Any] = {"lead": lead, "label": row.label, "pace": m[row.pace], "m": m}
    choices = holders.choose_token_of(row.person)
    if request.method != "POST":
        return page(request, "search_mail_yes", "", title=m["yes_title"], **about)
    try:
        _confirm(request, row)
    except FollowRefused:
        problem = m["too_many"].format(most=MOST_SAVED)
        return page(
            request, "search_mail_yes", "", title=m["yes_title"], status=CONFLICT,
            problem=problem, token=choices, **about,
        )  # fmt: skip
    return page(
        request, "search_mail_said", "", title=m["done_title"], said=m["done_text"], token=choices,
        m=m,
    )  # fmt: skip


@transaction.atomic
def _confirm(request: HttpRequest, row: Any) -> None:
    saved_searches.confirm(row, at=clock.now())
    _prove(Act.CONFIRMED, request, row.person, row.pk, row.label)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponseBase:
    """Which searches somebody gets by mail, on all mastheads, and how often."""
    try:
        who = holders.holder_of_choose(token)
    except LinkVoid:
        return void(request)
    m, said, status = _words(request), "", 200
    if request.method == "POST":
        try:
            _save(request, who.pk)
            said = m["saved"]
        except FollowRefused:
            said, status = m["refused"], UNFIT
    known = subscribers.known(who.pk)
    return page(
        request, "search_mail_choose", "", title=m["choose"], status=status, said=said, m=m,
        token=token, lead=m["choose_lead"].format(address=known.address),
        mine=searches.mine(who.pk), paces=[*_paces(m), (OFF, m[OFF])], zones=zones(),
        zone=searches.zone_of(who.pk),
    )  # fmt: skip


@transaction.atomic
def _save(request: HttpRequest, person: int) -> None:
    paces = {
        int(found[1]): request.POST.get(name, "")
        for name in request.POST
        if (found := re.fullmatch(r"pace_([0-9]{1,18})", name))
    }
    saved_searches.choose(person, paces, known_zone(_zone(request)), at=clock.now())
    _prove(Act.CHANGED, request, person, 0, _words(request)["save"])


def _prove(act: Act, request: HttpRequest, person: int, saved_id: int, shown: str) -> None:
    known = subscribers.known(person)
    told = told_of(request, f"{_words(request)['consent']} [{shown}]")
    proof = {"search": saved_id} if saved_id else {"searches": "chosen"}
    keep_proof(act, known.key, "", told=told, at=clock.now(), proof=proof)


def _paces(m: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(pace.value, m[pace]) for pace in SearchPace]


def _zone(request: HttpRequest) -> str:
    return request.POST.get("zone", "")


def _words(request: HttpRequest) -> Mapping[str, str]:
    return search_words_for(site_of(request).language)
