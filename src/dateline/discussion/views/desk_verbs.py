"""What moderators do to a comment: approve, hold, remove, feature, and take that back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.discussion.domain.errors import DiscussionRefused, NotYours
from dateline.discussion.domain.status import Verb
from dateline.discussion.forms import DecideForm, UndoForm
from dateline.discussion.queries import moderating, queues
from dateline.discussion.services import decisions
from dateline.discussion.services.decisions import Decided
from dateline.discussion.views.desk_access import by, moderators_only, rule_choices, wants_json
from dateline.discussion.views.desk_queues import Where, where_of

FORBIDDEN, CLASH, UNFIT = 403, 409, 422
SAID = {
    Verb.APPROVED: "Approved",
    Verb.HELD: "Held",
    Verb.REMOVED: "Removed",
    Verb.FEATURED: "Featured",
    Verb.UNFEATURED: "Featured no longer",
}
STAYS = {Verb.FEATURED, Verb.UNFEATURED}  # the comment is not dealt with by these


@require_POST
@moderators_only
def decide(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Carry out one decision. The script is answered with the row as it is then, as JSON."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(line) for lines in form.errors.values() for line in lines)
        return _refused(request, comment_id, said, status=UNFIT)
    verb = Verb(form.cleaned_data["verb"])
    try:
        done = _carried_out(request, comment_id, verb, form)
    except DiscussionRefused as refusal:
        status = FORBIDDEN if isinstance(refusal, NotYours) else CLASH
        return _refused(request, comment_id, str(refusal), status=status)
    said = SAID[verb]
    if verb is Verb.REMOVED:
        said = f"{said} under rule {form.cleaned_data['rule']}"
    return _answer(request, comment_id, said, done=done, whole=verb in STAYS)


def _carried_out(request: HttpRequest, comment_id: int, verb: Verb, form: DecideForm) -> Decided:
    expected, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    who = by(request)
    if verb is Verb.APPROVED:
        return decisions.approve(comment_id, by=who, expected=expected)
    if verb is Verb.HELD:
        return decisions.hold(comment_id, by=who, expected=expected, reason=reason)
    if verb is Verb.REMOVED:
        rule = form.cleaned_data["rule"]
        return decisions.remove(comment_id, by=who, expected=expected, rule=rule, reason=reason)
    return decisions.feature(comment_id, by=who, expected=expected, on=verb is Verb.FEATURED)


@require_POST
@moderators_only
def undo(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Take a comment's latest decision back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refused(request, comment_id, "Say which decision to undo.", status=UNFIT)
    try:
        decisions.undo(form.cleaned_data["decision"], by=by(request))
    except DiscussionRefused as refusal:
        status = FORBIDDEN if isinstance(refusal, NotYours) else CLASH
        return _refused(request, comment_id, str(refusal), status=status)
    return _answer(request, comment_id, "Undone", whole=True)


def _answer(
    request: HttpRequest,
    comment_id: int,
    said: str,
    *,
    whole: bool,
    done: Decided | None = None,
) -> HttpResponseBase:
    """Say what was done: to the script with the row, else by the page one came from."""
    if not wants_json(request):
        address = reverse("discussion_desk:comment", args=[comment_id])
        look = messages.button(address, "Undo or look again")
        messages.success(request, f"Comment: {said.lower()}.", buttons=[look])
        return redirect(_back(request, comment_id))
    if whole:
        html = _row(request, comment_id)
    else:
        (row,) = queues.some([comment_id], by=by(request))
        context = {"comment": row, "said": said, "done": done, "query": request.GET.urlencode()}
        html = render_to_string("discussion/desk/_done.html", context, request)
    return _json(request, said=f"{said}.", html=html)


def _refused(request: HttpRequest, comment_id: int, said: str, *, status: int) -> HttpResponseBase:
    """Say why not, and how the comment is now; who moderates it not is told nothing of it."""
    if not wants_json(request):
        messages.error(request, said)
        return redirect(_back(request, comment_id))
    return _json(request, said=said, html=_row(request, comment_id, said), status=status)


def _row(request: HttpRequest, comment_id: int, problem: str = "") -> str:
    row = moderating.desk_row(comment_id, by=by(request), at=clock.now())
    if row is None:
        return ""
    context = {
        "row": row, "problem": problem, "query": request.GET.urlencode(),
        "rule_choices": rule_choices(),
    }  # fmt: skip
    return render_to_string("discussion/desk/_row.html", context, request)


def _json(request: HttpRequest, *, said: str, html: str, status: int = 200) -> HttpResponse:
    here = _here(request)
    site = here.site if here else None
    waits = queues.waiting(by=by(request), masthead_id=site.id if site else None)
    return JsonResponse({"said": said, "html": html, "waiting": waits}, status=status)


def _back(request: HttpRequest, comment_id: int) -> str:
    """The page the action came from: never an address that somebody else wrote."""
    here = _here(request)
    return here.address if here else reverse("discussion_desk:comment", args=[comment_id])


def _here(request: HttpRequest) -> Where | None:
    """The page the action came from. Who looks at all they moderate is not asked which that is."""
    sites = moderating.sites_of(by(request)) if request.GET.get("masthead") else []
    return where_of(request, request.GET.get("queue", ""), sites)
