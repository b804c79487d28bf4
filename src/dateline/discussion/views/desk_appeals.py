"""Appeals on the desk: what was decided, what the person says, and the answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.status import HOUSE_RULES
from dateline.discussion.forms import AnswerForm
from dateline.discussion.queries import moderating
from dateline.discussion.services import appeals
from dateline.discussion.views.desk_access import by, draw, moderators_only, trail

UNFIT = 422


@require_GET
@never_cache
@moderators_only
def index(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, longest first."""
    return _page(request)


@require_POST
@never_cache
@moderators_only
def answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Uphold or dismiss one appeal. A refusal keeps the answer that was typed."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404("An answer is yes or no.")
    told = form.cleaned_data
    try:
        appeals.decide_appeal(
            appeal_id, by=by(request), upheld=told["upheld"], answer=told["answer"]
        )
    except DiscussionRefused as refusal:
        return _page(request, refused=appeal_id, problem=str(refusal), typed=told["answer"])
    did = "Upheld: what was decided is undone." if told["upheld"] else "Dismissed."
    messages.success(request, f"{did} The person is told, with your answer.")
    return redirect("discussion_desk:appeals")


def _page(
    request: HttpRequest, *, refused: int = 0, problem: str = "", typed: str = ""
) -> HttpResponse:
    return draw(
        request,
        "appeals",
        status=UNFIT if problem else 200,
        appeals=moderating.desk_appeals(by=by(request), at=clock.now()),
        rules=HOUSE_RULES,
        refused=refused,
        problem=problem,
        typed=typed,
        breadcrumbs_items=trail(("", "Appeals")),
    )
