"""A reader's own comments on a masthead: what became of each and why, and the one appeal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.told_words import rules_for, told_words_for
from dateline.discussion.queries import told
from dateline.discussion.services import appeals
from dateline.web import queries
from dateline.web.domain.meta import Meta
from dateline.web.rendering import draw, site_of

PATH = "/account/comments/"
UNFIT = 422


@require_safe
def own_comments(request: HttpRequest) -> HttpResponseBase:
    """The page, for whoever is signed in; others are sent to the account host and back."""
    return _page(request)


@require_POST
def appeal(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    """Ask once that a decision be looked at again. A refusal keeps what was typed."""
    reader = sessions.reader_of(request)
    if reader is None:
        return redirect(_door())
    text = request.POST.get("text", "")
    try:
        appeals.appeal(decision_id, by=reader.pk, text=text, at=clock.now())
    except DiscussionRefused as refusal:
        return _page(request, refused=decision_id, problem=str(refusal), typed=text)
    return redirect(f"{PATH}?sent={decision_id}#d{decision_id}")


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
    rows = told.told_comments(user_id, at=at, before=before, size=told.PAGE + 1)
    shown = rows[: told.PAGE]
    response = draw(
        request, site, "own_comments", at=at, network=queries.other_titles(site),
        meta=Meta(
            title=f"{words['own_title']} — {site.name}", headline=words["own_title"], hidden=True
        ),
        status=UNFIT if problem else 200,
        t=words, rules=rules_for(site.language), rows=shown,
        decisions=[] if before else told.told_decisions(user_id),
        older=shown[-1].comment.id if len(rows) > told.PAGE else None,
        refused=refused, problem=problem, typed=typed,
        sent=_number(request.GET.get("sent", "")),
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _door() -> str:
    return f"/account/enter/?next={PATH}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None
