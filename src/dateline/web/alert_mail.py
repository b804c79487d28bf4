"""Alerts by mail for readers: ask, confirm, and choose without a log-in."""

import re
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dateline import clock
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import MOST_A_DAY, AlertClass, Pace
from dateline.alerts.domain.mail_words import mail_words_for
from dateline.alerts.queries import offered
from dateline.alerts.services import asking, by_mail
from dateline.alerts.services.by_mail import Person, Subject
from dateline.alerts.services.following import Wish
from dateline.mail.domain.addresses import AddressRefused
from dateline.mastheads.domain.site import Site
from dateline.newsletters.domain.errors import LinkVoid
from dateline.newsletters.domain.kinds import Act
from dateline.newsletters.domain.names import zones
from dateline.newsletters.queries import holders, lists, subscribers
from dateline.newsletters.services import choosing, readers
from dateline.newsletters.services.standing import keep_proof
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

NIGHT = ("22:00", "07:00")
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z")
OFF = offered.OFF


@csrf_exempt  # it stands on cached pages, which hold no token; where it came from is asked below
@require_POST
def ask(request: HttpRequest) -> HttpResponseBase:
    """Note an address that was typed. The answer is the same for every address there is."""
    site, at, m = site_of(request), clock.now(), _words(request)
    typed = request.POST.get("address", "").strip()[:320]
    if request.POST.get("website"):  # people do not see this field
        return _asked(request, typed)
    if not from_here(request):
        return _said(request, m["elsewhere"], FORBIDDEN)
    if not counted(request, FROM_ONE_PLACE):
        return _said(request, m["too_many"], TOO_MANY)
    subject = Subject(topic_id=_number(request, "topic"), story_id=_number(request, "story"))
    try:
        if may_ask(request, typed) and _what(site, subject):
            person = readers.somebody(typed, site=site, at=at)
            _prove(Act.ASKED, request, site, person, subject)
            asking.ask(site, person, subject, at=at)
    except AddressRefused:
        return _said(request, m["address_wrong"], UNFIT)
    return _asked(request, typed)


def _asked(request: HttpRequest, address: str) -> HttpResponseBase:
    return _said(request, _words(request)["asked_text"].format(address=address))


def _said(request: HttpRequest, text: str, status: int = 200) -> HttpResponseBase:
    m = _words(request)
    title = m["asked_title"] if status == HttpResponseBase.status_code else m["by_mail"]
    return page(request, "alert_said", "", title=title, status=status, said=text, m=m)


@csrf_exempt  # the link is the credential: whoever has it reads the mailbox
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link of the mail leads to: a page with a button. To look at it changes nothing."""
    site, at, m = site_of(request), clock.now(), _words(request)
    try:
        asked = asking.asked_of(token, at=at)
    except FollowRefused:
        return void(request)
    what = _what(site, asked.subject)
    known = subscribers.maybe(asked.person)
    if asked.masthead_id != site.id or not what or known is None:
        return void(request)
    if request.method != "POST":
        lead = m["yes_lead"].format(address=known.address)
        return page(
            request, "alert_yes", "", title=m["yes_title"], lead=lead, what=what, m=m
        )  # fmt: skip
    _confirm(request, site, known, asked.subject)
    token = holders.choose_token_of(asked.person)
    return page(
        request, "alert_done", "", title=m["done_title"], what=what, token=token, m=m
    )  # fmt: skip


@transaction.atomic
def _confirm(request: HttpRequest, site: Site, known: subscribers.Known, subject: Subject) -> None:
    """Let them have it, with proof; breaking news by the list of it, where there is one."""
    _prove(Act.CONFIRMED, request, site, known.id, subject)
    by_mail.add(site, _person(known), subject, at=clock.now())
    if subject.kind is AlertClass.BREAKING:
        _set_list(request, site, known, on=True)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponseBase:
    """What somebody gets of this masthead's alerts by mail, and how soon; `save` or `leave`."""
    try:
        who = holders.holder_of_choose(token)
    except LinkVoid:
        return void(request)
    site, m = site_of(request), _words(request)
    known, verb = subscribers.known(who.pk), request.POST.get("verb", "")
    if request.method != "POST" or verb not in {"save", "leave"}:
        return _choices(request, known, token)
    if verb == "leave":
        _leave(request, site, known)
        return _choices(request, known, token, said=m["left"])
    try:
        _save(request, site, known)
    except FollowRefused:
        return _choices(request, known, token, said=m["refused"], status=UNFIT)
    return _choices(request, known, token, said=m["saved"])


@transaction.atomic
def _save(request: HttpRequest, site: Site, known: subscribers.Known) -> None:
    paces = {kind: request.POST.get(f"pace_{kind}", OFF) for kind in AlertClass}
    if not set(paces.values()) <= {*Pace, OFF}:
        raise FollowRefused("There is no such pace.")
    on = {kind: pace != OFF for kind, pace in paces.items()}
    wish = Wish(
        time_zone=request.POST.get("zone", ""), breaking=on[AlertClass.BREAKING],
        topics=_numbers(request, "topic") if on[AlertClass.TOPIC] else [],
        stories=_numbers(request, "story") if on[AlertClass.STORY] else [],
        quiet=_quiet(request), caps={kind: _number(request, f"cap_{kind}") for kind in AlertClass},
    )  # fmt: skip
    chosen = {kind: Pace(pace) if pace != OFF else Pace.INSTANT for kind, pace in paces.items()}
    _set_list(request, site, known, on=wish.breaking)
    by_mail.choose(
        site, _person(known), by_mail.Chosen(wish=wish, paces=chosen), at=clock.now()
    )  # fmt: skip
    told = told_of(request, _words(request)["save"])
    proof = {"alerts": {kind.value: pace for kind, pace in paces.items()}, "masthead": site.slug}
    keep_proof(Act.CHANGED, known.key, "", told=told, at=clock.now(), proof=proof)


@transaction.atomic
def _leave(request: HttpRequest, site: Site, known: subscribers.Known) -> None:
    _set_list(request, site, known, on=False)
    by_mail.end(site.id, known.id, at=clock.now())
    told = told_of(request, _words(request)["leave"])
    proof = {"alerts": "all", "masthead": site.slug}
    keep_proof(Act.CHANGED, known.key, "", told=told, at=clock.now(), proof=proof)


def _choices(
    request: HttpRequest, known: subscribers.Known, token: str, *, said: str = "", status: int = 200
) -> HttpResponseBase:
    site, at, m = site_of(request), clock.now(), _words(request)
    mine = offered.by_mail(site, known.id, at=at)
    followed = {choice.id for choice in mine.topics}
    more = [choice for choice in offered.topics(site, at=at) if choice.id not in followed]
    row = mine.row
    quiet = row and row.quiet_from is not None
    hours = (_clock(row.quiet_from), _clock(row.quiet_to)) if row and quiet else NIGHT
    return page(
        request, "alert_choose", "", title=m["choices_title"].format(site=site.name),
        status=status, said=said, m=m, token=token, lead=m["choices_lead"].format(
            address=known.address
        ),
        kinds=[
            (kind.value, m[kind], mine.pace(kind), mine.cap(kind)) for kind in AlertClass
        ],
        paces=[(name, m[name]) for name in (OFF, *Pace)], mine=mine, more=more, most=MOST_A_DAY,
        quiet=quiet, hours=hours, zone=row.time_zone if row else known.time_zone, zones=zones(),
    )  # fmt: skip


def _set_list(request: HttpRequest, site: Site, known: subscribers.Known, *, on: bool) -> None:
    """On the masthead's list of alerts or off it, where it has one; with proof."""
    row = lists.alerts_of(site.id)
    if row is None or (row.pk in known.on) == on:
        return
    chosen = choosing.Chosen(
        lists=[row.slug] if on else [], shown=[row.slug], name=known.name, language="", time_zone=""
    )
    told = told_of(request, _words(request)["breaking"])
    choosing.choose(known.id, chosen, site=site, told=told, at=clock.now())


def _prove(act: Act, request: HttpRequest, site: Site, person: int, subject: Subject) -> None:
    known = subscribers.known(person)
    what = {"masthead": site.slug, "topic": subject.topic_id, "story": subject.story_id}
    told = told_of(request, f"{_words(request)['consent']} [{_what(site, subject)}]")
    keep_proof(act, known.key, "", told=told, at=clock.now(), proof={"alerts": what})


def _what(site: Site, subject: Subject) -> str:
    number = subject.topic_id or subject.story_id
    return offered.wanted(site, subject.kind, number, at=clock.now())


def _person(known: subscribers.Known) -> Person:
    return Person(id=known.id, address=known.address, time_zone=known.time_zone)


def _words(request: HttpRequest) -> Any:
    return mail_words_for(site_of(request).language)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "0")
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def _numbers(request: HttpRequest, name: str) -> list[int]:
    wanted = request.POST.getlist(name)
    return [int(one) for one in wanted if re.fullmatch(r"[0-9]{1,18}", one)]


def _quiet(request: HttpRequest) -> tuple[int, int] | None:
    if not request.POST.get("quiet"):
        return None
    times = [TIME.match(request.POST.get(name, "")) for name in ("from", "to")]
    if not all(times):
        raise FollowRefused("Quiet hours are times of a day.")
    first, last = (int(one[1]) * 60 + int(one[2]) for one in times if one)
    return first, last


def _clock(minute: int | None) -> str:
    return f"{(minute or 0) // 60:02d}:{(minute or 0) % 60:02d}"
