"""The moderators' queues: reported, held, new, approved, removed; and one comment alone."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dateline import clock
from dateline.discussion.domain.status import HOUSE_RULES
from dateline.discussion.queries import moderating, queues
from dateline.discussion.queries.queues import QUEUE_ROWS, Queue
from dateline.discussion.views.desk_access import by, draw, moderators_only, trail
from dateline.mastheads.domain.site import Site

NAMES = {
    Queue.REPORTED: "Reported",
    Queue.HELD: "Held",
    Queue.NEW: "New",
    Queue.APPROVED: "Approved",
    Queue.REMOVED: "Removed",
}
EMPTY = {
    Queue.REPORTED: "No report waits for an answer.",
    Queue.HELD: "No comment waits to be read.",
    Queue.NEW: "Every comment that readers see has been looked at.",
    Queue.APPROVED: "Nothing has been approved yet.",
    Queue.REMOVED: "Nothing has been removed yet.",
}


@dataclass(frozen=True, slots=True)
class Where:
    """Which page of which queue somebody works on; it goes with each action, to come back to."""

    queue: Queue
    site: Site | None = None
    after: int | None = None

    @property
    def query(self) -> str:
        """As the query of an address."""
        return urlencode(self._parts({"queue": self.queue.value}))

    @property
    def address(self) -> str:
        """The page itself."""
        query = urlencode(self._parts({}))
        path = reverse("discussion_desk:queue", args=[self.queue.value])
        return f"{path}?{query}" if query else path

    def _parts(self, parts: dict[str, str]) -> dict[str, str]:
        if self.site:
            parts["masthead"] = self.site.slug
        if self.after is not None:
            parts["after"] = str(self.after)
        return parts

    def at(self, queue: Queue) -> "Where":
        """The first page of another queue, of the same masthead."""
        return Where(queue, self.site)


def where_of(request: HttpRequest, queue: str, sites: list[Site]) -> Where | None:
    """What an address names; None: no queue. A masthead of somebody else counts as not given."""
    if queue not in set(Queue):
        return None
    asked = request.GET
    site = next((site for site in sites if site.slug == asked.get("masthead")), None)
    return Where(Queue(queue), site, _number(asked.get("after", "")))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None


@require_GET
@never_cache
@moderators_only
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the first queue in which something waits."""
    waits = queues.waiting(by=by(request))
    first = next((name for name in (Queue.REPORTED, Queue.HELD) if waits[name]), Queue.NEW)
    return redirect(Where(first).address)


@require_GET
@never_cache
@moderators_only
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One page of a queue, complete without JavaScript; a script adds keys and no reloads."""
    sites = moderating.sites_of(by(request))
    here = where_of(request, name, sites)
    if here is None:
        raise Http404(f"There is no queue {name}.")
    site_id = here.site.id if here.site else None
    rows = queues.queue(
        here.queue, by=by(request), masthead_id=site_id, after=here.after, size=QUEUE_ROWS + 1
    )
    shown, more = rows[:QUEUE_ROWS], len(rows) > QUEUE_ROWS
    waits = queues.waiting(by=by(request), masthead_id=site_id)
    return draw(
        request,
        "queue",
        rows=moderating.desk_rows(shown, by=by(request), at=clock.now()),
        title=NAMES[here.queue],
        empty=EMPTY[here.queue],
        where=here,
        tabs=[(NAMES[q], here.at(q).address, q is here.queue, waits.get(q), q) for q in Queue],
        next=Where(here.queue, here.site, shown[-1].id).address if more else "",
        sites=sites,
        rules=HOUSE_RULES,
        breadcrumbs_items=trail(("", NAMES[here.queue])),
    )


@require_GET
@never_cache
@moderators_only
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment alone: where a decision is looked at again, or taken back."""
    row = moderating.desk_row(comment_id, by=by(request), at=clock.now())
    if row is None:
        raise Http404(f"There is no comment {comment_id} on what you moderate.")
    title = f"Comment {row.comment.number} by {row.comment.author}"
    return draw(
        request,
        "comment",
        row=row,
        title=title,
        rules=HOUSE_RULES,
        breadcrumbs_items=trail(("", title)),
    )
