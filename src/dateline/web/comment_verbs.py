"""What a reader does in a thread: read the form, call one service, go on or give the text back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_http_methods, require_POST

from dateline import clock
from dateline.accounts.domain.ways import safe_path
from dateline.discussion.domain.errors import DiscussionRefused, NothingToDecide, ThreadUnavailable
from dateline.discussion.domain.status import ReportReason, Status
from dateline.discussion.queries.doors import house_on
from dateline.discussion.queries.threads import rows_of, thread_of
from dateline.discussion.services import authors, following, posting, voting
from dateline.web import comments, pages
from dateline.web.comments import (
    FORBIDDEN,
    NOT_FOUND,
    SAID,
    Talk,
    Typed,
    opened,
    reader_at,
)
from dateline.web.domain.meta import Meta
from dateline.web.domain.sentences import in_language
from dateline.web.domain.threads import score_text
from dateline.web.domain.words import words_for
from dateline.web.rendering import draw, site_of

SEE_OTHER, GONE = 303, 410
JSON = "application/json"
LONGEST_KEY = 64

Go = tuple[str, str]  # where to go, and the word for what was done
Verb = Callable[[HttpRequest, Talk, Any], Go]


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """A page of a thread, or a comment for it."""
    answer = post if request.method == "POST" else comments.thread
    return answer(request, section, tail)


@comments.for_one_reader
@require_POST
def post(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """Take a comment, or an answer to one."""
    answers = _whole(request.POST.get("answers", ""))
    return _do(
        request, section, tail, _post, name="reply" if answers else "post", comment_id=answers
    )


@comments.for_one_reader
@require_POST
def act(
    request: HttpRequest, section: str, tail: str, comment_id: int, verb: str
) -> HttpResponseBase:
    """Vote, report, edit or delete: a verb of VERBS over one comment."""
    if verb not in VERBS:
        return pages.not_found(request)
    return _do(request, section, tail, _over(VERBS[verb]), name=verb, comment_id=comment_id)


def _over(verb: Verb) -> Verb:
    """`verb`, but only over a comment of the thread whose address was asked."""

    def checked(request: HttpRequest, found: Talk, comment_id: Any) -> Go:
        if thread_of(comment_id) != (found.card.story_id, found.site.id):
            raise NothingToDecide(f"There is no comment {comment_id}.")
        return verb(request, found, comment_id)

    return checked


@comments.for_one_reader
@require_POST
def follow(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """Follow a thread, or, with `on` 0, no longer."""
    return _do(request, section, tail, _follow, name="follow", comment_id=None)


def _do(
    request: HttpRequest,
    section: str,
    tail: str,
    verb: Verb,
    *,
    name: str,
    comment_id: int | None,
) -> HttpResponseBase:
    """Run one verb for whoever is signed in; what is refused comes back with the text typed."""
    found = opened(request, section, tail)
    if not isinstance(found, Talk):
        return _no_story(request, found)
    if found.reader is None:
        w = words_for(found.site.language)
        typed = _typed(request, w["signed_out"], name, status=FORBIDDEN)
        return _give_back(request, found, comment_id, typed)
    try:
        path, what = verb(request, found, comment_id)
    except ThreadUnavailable:  # it went between the look and the verb
        return _no_story(request, pages.not_found(request))
    except DiscussionRefused as refusal:
        problem = in_language(str(refusal), found.site.language)
        return _give_back(request, found, comment_id, _typed(request, problem, name))
    if _wants_json(request):
        return _told(found, comment_id, what)
    head, mark, fragment = path.partition("#")
    return _see(f"{head}?{SAID}={what}{mark}{fragment}")


def _post(request: HttpRequest, found: Talk, answers: int | None) -> Go:
    sent = request.POST
    posted = posting.post_comment(
        story_id=found.card.story_id, masthead_id=found.site.id, author_id=found.reader.pk,
        text=sent.get("text", ""), answers_id=answers, quote=sent.get("quote", ""),
        key=sent.get("key", "")[:LONGEST_KEY] or None,
    )  # fmt: skip
    return _arrived(found, posted, "posted")


def _arrived(found: Talk, posted: posting.Posted, what: str) -> Go:
    if posted.status is Status.VISIBLE:
        what = "again" if posted.again and what == "posted" else what
        return f"{found.path}{posted.comment_id}#comment-{posted.comment_id}", what
    return found.path, "held"


def _vote(request: HttpRequest, found: Talk, comment_id: int) -> Go:
    value = {"1": 1, "-1": -1}.get(request.POST.get("value", ""), 0)
    voted = voting.vote(comment_id, by=found.reader.pk, value=value)
    what = "voted" if voted.counts else "vote_kept"
    return f"{found.path}{comment_id}#comment-{comment_id}", what


def _report(request: HttpRequest, found: Talk, comment_id: int) -> Go:
    asked = request.POST.get("reason", "")
    reason = ReportReason(asked) if asked in set(ReportReason) else ReportReason.OTHER
    text = request.POST.get("text", "").strip()
    status = voting.report(comment_id, by=found.reader.pk, reason=reason, text=text)
    shown = status is Status.VISIBLE
    return f"{found.path}{comment_id}" if shown else found.path, "reported"


def _edit(request: HttpRequest, found: Talk, comment_id: int) -> Go:
    text = request.POST.get("text", "")
    return _arrived(
        found, authors.edit_comment(comment_id, by=found.reader.pk, text=text), "edited"
    )


def _delete(_: HttpRequest, found: Talk, comment_id: int) -> Go:
    authors.delete_own(comment_id, by=found.reader.pk)
    return found.path, "deleted"


def _follow(request: HttpRequest, found: Talk, _: int | None) -> Go:
    on = request.POST.get("on") != "0"
    following.follow_thread(found.card.story_id, found.site.id, by=found.reader.pk, on=on)
    return found.path, "followed" if on else "unfollowed"


VERBS: dict[str, Verb] = {"vote": _vote, "report": _report, "edit": _edit, "delete": _delete}


@comments.for_one_reader
@require_POST
def mute(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Do not read somebody, or, with `on` 0, read them again."""
    site = site_of(request)
    w, reader = words_for(site.language), reader_at(request, site)
    if reader is None:
        return refused(request, w["signed_out"], status=FORBIDDEN)
    on = request.POST.get("on") != "0"
    try:
        following.mute(reader.pk, muted_id=key, on=on)
    except DiscussionRefused as refusal:
        return refused(request, in_language(str(refusal), site.language))
    to = safe_path(request.POST.get("next", f"/member/{key}/")).partition("?")[0]
    return _see(f"{to}?{SAID}={'muted' if on else 'unmuted'}")


def _give_back(
    request: HttpRequest, found: Talk, comment_id: int | None, typed: Typed
) -> HttpResponseBase:
    if _wants_json(request):
        return JsonResponse({"problem": typed.problem}, status=typed.status)
    if comment_id is None:
        return comments.draw_thread(request, found, typed)
    return comments.draw_comment(request, found, comment_id, typed)


def _typed(request: HttpRequest, problem: str, verb: str, *, status: int = 422) -> Typed:
    sent = request.POST
    return Typed(
        problem=problem, text=sent.get("text", ""), quoted=sent.get("quote", ""),
        key=sent.get("key", "")[:LONGEST_KEY], verb=verb, status=status,
    )  # fmt: skip


def _no_story(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Nobody may talk below it now: say so, and give back what was typed."""
    if answer.status_code == NOT_FOUND and not request.POST.get("text"):
        return answer
    w = words_for(site_of(request).language)
    return refused(request, w["refused_closed"], status=GONE)


@comments.for_one_reader
def forged(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form without our token. Where it came from a page of this host, its text comes back.

    That is a page that was open while its reader signed in. What comes from elsewhere says nothing.
    """
    if getattr(request, "masthead", None) is None:
        return csrf_failure(request, reason)
    w = words_for(site_of(request).language)
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return refused(request, w["forged"], status=FORBIDDEN, text="")
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    problem = w["form_too_old"]
    found = opened(request, asked["section"], asked["tail"]) if "tail" in asked else None
    if not isinstance(found, Talk):
        return refused(request, problem, status=FORBIDDEN)
    answers = _whole(request.POST.get("answers", ""))
    name = asked.get("verb", "reply" if answers else "post")
    typed = _typed(request, problem, name, status=FORBIDDEN)
    return _give_back(request, found, asked.get("comment_id", answers), typed)


def refused(
    request: HttpRequest,
    problem: str,
    *,
    status: int = 422,
    text: str | None = None,
    door: str = "",
) -> HttpResponseBase:
    """A page of its own that says why, with what was typed; `door` is where to sign in."""
    site = site_of(request)
    w = words_for(site.language)
    if _wants_json(request):
        return JsonResponse({"problem": problem}, status=status)
    return draw(
        request, site, "refused", at=clock.now(), network=[], status=status, problem=problem,
        meta=Meta(title=f"{w['refused_title']} — {site.name}", hidden=True),
        text=_longest(request) if text is None else text, door=door,
    )  # fmt: skip


def _longest(request: HttpRequest) -> str:
    """What somebody wrote: a comment, a report, an appeal, or the reasons of a notice."""
    return request.POST.get("text", "") or request.POST.get("reasons", "")


def _told(found: Talk, comment_id: int | None, what: str) -> HttpResponseBase:
    """What a script is told of a verb that was carried out."""
    w = words_for(found.site.language)
    told: dict[str, Any] = {"said": w[f"said_{what}"]}
    if what == "voted" and comment_id is not None:
        rows = rows_of([comment_id], house_on(found.site.id), at=clock.now())
        told["score"] = score_text(rows[comment_id].score)
    return JsonResponse(told)


def _see(path: str) -> HttpResponseBase:
    response = HttpResponseRedirect(path)
    response.status_code = SEE_OTHER
    return response


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == JSON


def _whole(text: str) -> int | None:
    digits = text.isascii() and text.isdigit() and len(text) < comments.MOST_DIGITS
    return int(text) if digits else None
