"""A reader's own comments on a masthead: what became of each, the one appeal, mail on answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.discussion.domain.answer_words import answer_words_for
from dateline.discussion.domain.answers import Pace
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.told_words import rules_for, told_words_for
from dateline.discussion.queries import answers, told
from dateline.discussion.services import answers as services
from dateline.discussion.services import appeals
from dateline.web import pages, queries
from dateline.web.comment_verbs import refused as given_back
from dateline.web.domain.meta import Meta
from dateline.web.domain.sentences import in_language
from dateline.web.domain.words import words_for
from dateline.web.rendering import draw, site_of

PATH = "/account/comments/"
FORBIDDEN, UNFIT = 403, 422


@require_safe
def own_comments(request: HttpRequest) -> HttpResponseBase:
    """The page, for whoever is signed in; others are sent to the account host and back."""
    return _page(request)


@require_POST
def appeal(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    """Ask once that a decision be looked at again. A refusal keeps what was typed."""
    reader = sessions.reader_of(request)
    if reader is None:
        return _signed_out(request)
    text = request.POST.get("text", "")
    try:
        appeals.appeal(decision_id, by=reader.pk, text=text, at=clock.now())
    except DiscussionRefused as refusal:
        problem = in_language(str(refusal), site_of(request).language)
        return _page(request, refused=decision_id, problem=problem, typed=text)
    return redirect(f"{PATH}?sent={decision_id}#d{decision_id}")


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep how often the reader wants mail about answers."""
    reader = sessions.reader_of(request)
    if reader is None:
        return redirect(_door())
    asked = request.POST.get("pace", "")
    if asked not in set(Pace):
        site = site_of(request)
        return _page(request, problem=answer_words_for(site.language)["unknown"])
    services.choose_pace(reader.pk, Pace(asked), at=clock.now())
    return redirect(f"{PATH}?chosen#mail")


@csrf_exempt  # mail programs post here, and no browser of ours: what counts is the signature
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, link: str) -> HttpResponseBase:
    """The way out of mail about answers: a button, and what it and a mail program send (RFC 8058).

    Nobody signs in for it. To ask for the page alone changes nothing, as programs that look at
    links in mail do.
    """
    site = site_of(request)
    posted = request.method == "POST"
    known = services.stop_by_link(link) if posted else services.reader_of_link(link) is not None
    if not known:
        return pages.not_found(request)
    a = answer_words_for(site.language)
    response = draw(
        request, site, "stop_answers", at=clock.now(), network=queries.other_titles(site),
        meta=Meta(title=f"{a['stop_title']} — {site.name}", headline=a["stop_title"], hidden=True),
        a=a, stopped=posted,
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """The log-in ended while somebody wrote: their text, and the way to sign in."""
    words = words_for(site_of(request).language)
    response = given_back(request, words["signed_out"], status=FORBIDDEN, door=_door())
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: HttpRequest, *, refused: int = 0, problem: str = "", typed: str = ""
) -> HttpResponseBase:
    reader = sessions.reader_of(request)
    if reader is None:
        return redirect(_door())
    site = site_of(request)
    words, at = told_words_for(site.language), clock.now()
    user_id: UUID = reader.pk
    before = _number(request.GET.get("before", ""))
    a = answer_words_for(site.language)
    rows = told.told_comments(user_id, at=at, before=before, size=told.PAGE + 1)
    shown, decisions = rows[: told.PAGE], [] if before else told.told_decisions(user_id)
    open_to_appeal = {row.comment.decision_id for row in shown if row.may_appeal}
    open_to_appeal |= {row.decision_id for row in decisions if row.may_appeal}
    response = draw(
        request, site, "own_comments", at=at, network=queries.other_titles(site),
        meta=Meta(
            title=f"{words['own_title']} — {site.name}", headline=words["own_title"], hidden=True
        ),
        status=UNFIT if problem else 200,
        t=words, rules=rules_for(site.language), rows=shown,
        decisions=decisions,
        older=shown[-1].comment.id if len(rows) > told.PAGE else None,
        refused=refused, problem=problem, typed=typed,
        left_over="" if refused in open_to_appeal else typed,
        sent=_number(request.GET.get("sent", "")),
        a=a, paces=[(pace.value, a[pace.value]) for pace in Pace],
        pace=answers.chosen_pace(user_id).value, chosen="chosen" in request.GET,
        mail_lead=a["lead"].format(reader.email),
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _door() -> str:
    return f"/account/enter/?next={PATH}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None
