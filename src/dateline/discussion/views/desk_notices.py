"""Notices of illegal content on the desk: what is said, what it is about, and the decision."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.notices import Outcome
from dateline.discussion.domain.status import HOUSE_RULES
from dateline.discussion.forms import AGAINST_THE_LAW, NoticeDecisionForm
from dateline.discussion.queries import notices as queries
from dateline.discussion.services import notices
from dateline.discussion.views.desk_access import by, draw, moderators_only, trail

UNFIT = 422
SAID = {
    Outcome.ACTED: "Acted on. Those it concerns are told, with your reasons.",
    Outcome.KEPT: "Left as it is. Whoever gave the notice is told, with your reasons.",
}


@require_GET
@never_cache
@moderators_only
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, longest first."""
    return _page(request)


@require_POST
@never_cache
@moderators_only
def decide(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Act on one notice, or leave what it is about. A refusal keeps the reasons typed."""
    form = NoticeDecisionForm(request.POST)
    if not form.is_valid():
        raise Http404("A decision is to act or to keep, under a house rule.")
    told = form.cleaned_data
    outcome = Outcome(told["outcome"])
    try:
        notices.decide_notice(
            notice_id, by=by(request), outcome=outcome, rule=told["rule"], answer=told["answer"]
        )
    except DiscussionRefused as refusal:
        return _page(request, refused=notice_id, problem=str(refusal), typed=told["answer"])
    messages.success(request, SAID[outcome])
    return redirect("discussion_desk:notices")


def _page(
    request: HttpRequest, *, refused: int = 0, problem: str = "", typed: str = ""
) -> HttpResponse:
    return draw(
        request,
        "notices",
        status=UNFIT if problem else 200,
        notices=queries.desk_notices(by=by(request), at=clock.now()),
        rules=HOUSE_RULES,
        usual=AGAINST_THE_LAW,
        refused=refused,
        problem=problem,
        typed=typed,
        breadcrumbs_items=trail(("", "Notices of illegal content")),
    )
