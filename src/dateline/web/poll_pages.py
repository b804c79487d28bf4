"""A poll of a story: the form that is posted, and the answer to one reader. Never shared."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.agents import known_bots
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.polls import queries as polls
from dateline.polls import services
from dateline.polls.domain.errors import VoteRefused
from dateline.polls.domain.polls import ShownPoll
from dateline.polls.domain.words import words_for
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading as stories
from dateline.web import kinds, pages, queries
from dateline.web.domain.meta import Meta
from dateline.web.letters import FORBIDDEN, TOO_MANY, UNFIT, counted, from_here, private
from dateline.web.rendering import draw, site_of

COOKIE = "poll"
COOKIE_S = 400 * 24 * 3600  # as long as browsers keep one
FROM_ONE_PLACE = {"poll_place": "60/h/ip"}  # an office or a school behind one address
LONGEST_NUMBER = 18  # digits of an id


class Asked(NamedTuple):
    """A poll that was asked for, where it stands, and who asks."""

    site: Site
    page: StoryPage
    poll: ShownPoll
    voters: list[str]  # the account's first; a voter that is not known yet is not here

    @property
    def path(self) -> str:
        """Its address on its masthead."""
        return f"{self.page.card.path}/poll/{self.poll.id}/"


@require_safe
def poll(request: HttpRequest, section: str, tail: str, poll_id: int) -> HttpResponseBase:
    """The result for who voted or when it has closed; else the form."""
    asked = _asked(request, section, tail, poll_id)
    if not isinstance(asked, Asked):
        return asked
    mine = polls.vote_of(poll_id, asked.voters)
    return _answer(request, asked, mine=mine, changing="change" in request.GET)


@csrf_exempt  # it stands on cached pages, which hold no token; where it came from is asked below
@require_POST
def vote(request: HttpRequest, section: str, tail: str, poll_id: int) -> HttpResponseBase:
    """Count a vote and lead to the result. Only here a cookie is set, to tell browsers apart."""
    asked = _asked(request, section, tail, poll_id)
    if not isinstance(asked, Asked):
        return asked
    if request.POST.get("website") or known_bots().is_bot(_agent(request)):
        return private(redirect(asked.path))  # people do not see this field, nor write programs
    problem, status = _unfit(request)
    token = _token(request) or services.new_token()
    if not problem:
        try:
            _cast(request, asked, token)
        except VoteRefused as refusal:
            problem, status = refusal.why, UNFIT
    if problem:
        return _answer(request, asked, mine=None, changing=True, problem=problem, status=status)
    answer = private(redirect(asked.path))
    answer.set_cookie(
        COOKIE, services.sealed(token), max_age=COOKIE_S, httponly=True, samesite="Lax",
        secure=settings.DATELINE_SCHEME == "https",
    )  # fmt: skip
    return answer


def _asked(request: HttpRequest, section: str, tail: str, poll_id: int) -> Asked | HttpResponseBase:
    """The poll at that address, through the gate of its story; or the answer that there is none."""
    site, at, named = site_of(request), clock.now(), story_path_id(tail)
    found = stories.story_page(site, named[1], at=at) if named else None
    if isinstance(found, Gone):
        return private(pages.gone(request, site, found))
    if found is None or found.card.path != f"/{section}/{tail}":
        return private(pages.not_found(request))
    part = kinds.part_of(site, found, at=at)
    shown = part.polls.get(poll_id) if part else None
    if shown is None:
        return private(pages.not_found(request))
    return Asked(site, found, shown, _voters(request, poll_id))


def _voters(request: HttpRequest, poll_id: int) -> list[str]:
    reader, token = sessions.reader_of(request), _token(request)
    found = [services.voter_of_account(poll_id, str(reader.pk))] if reader else []
    return found + ([services.voter_of_browser(poll_id, token)] if token else [])


def _token(request: HttpRequest) -> str | None:
    return services.opened(request.COOKIES.get(COOKIE, ""))


def _agent(request: HttpRequest) -> bytes:
    return request.headers.get("User-Agent", "").encode("latin-1", "replace")


def _unfit(request: HttpRequest) -> tuple[str, int]:
    """What is wrong with a form before its answer is looked at, and the status that says so."""
    if not from_here(request):
        return "elsewhere", FORBIDDEN
    if not request.POST.get("answer"):
        return "choose_one", UNFIT
    return ("", 200) if counted(request, FROM_ONE_PLACE) else ("too_many", TOO_MANY)


def _cast(request: HttpRequest, asked: Asked, token: str) -> None:
    reader, poll_id, given = sessions.reader_of(request), asked.poll.id, request.POST["answer"]
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise VoteRefused("no_answer")
    browser = services.voter_of_browser(poll_id, token)
    voter = services.voter_of_account(poll_id, str(reader.pk)) if reader else browser
    services.cast(poll_id, int(given), voter=voter, before=browser)


def _answer(
    request: HttpRequest, asked: Asked, *, mine: int | None, changing: bool, problem: str = "",
    status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    site, card = asked.site, asked.page.card
    w: dict[str, Any] = words_for(site.language)
    asking = asked.poll.open and (mine is None or changing)
    return private(
        draw(
            request, site, "poll", at=clock.now(), network=queries.other_titles(site),
            status=status,
            meta=Meta(title=f"{asked.poll.question} — {site.name}", hidden=True),
            poll=asked.poll, card=card, mine=mine, asking=asking, p=w,
            problem=w[problem] if problem else "", here=True,
        )
    )  # fmt: skip
