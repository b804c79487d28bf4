"""Who comes in to the moderators' screens, and what each of them is given."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from dateline import doors
from dateline.discussion.domain.status import HOUSE_RULES
from dateline.discussion.forms import NETWORK
from dateline.discussion.queries import moderating, notices, people, queues

JSON = "application/json"
by = doors.by
moderators_only = doors.let_in(moderating.moderates_any)


def wants_json(request: HttpRequest) -> bool:
    """Whether the screen's own script asks, which goes on without loading the page."""
    return request.headers.get("Accept", "") == JSON


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs below the moderators' first screen: (address, label); no address: this page."""
    first = {"url": reverse("discussion_desk:index"), "label": "Comments"}
    return [first, *({"url": url, "label": label} for url, label in steps)]


def draw(
    request: HttpRequest, screen: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a screen, which is told of the moderators' rooms."""
    outside = queues.outside_trouble() if settings.DATELINE_COMMENT_HOOK else None
    everything = {
        **context,
        "outside": outside,
        "mod_rooms": _rooms(request),
        "rule_choices": rule_choices(),
    }
    return render(request, f"discussion/desk/{screen}.html", everything, status=status)


@cache
def rule_choices() -> str:
    """The field of house rules of every row, drawn once: fifty times, it is half of a page."""
    return render_to_string("discussion/desk/_rules.html", {"rules": HOUSE_RULES})


def _rooms(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(name, label, address) of each room that this person may enter."""
    leads, sites = people.moderates(by(request), None), moderating.sites_of(by(request))
    waits = queues.open_appeals(by=by(request))
    noticed = notices.open_notices(by=by(request))
    first = NETWORK if leads or not sites else sites[0].slug
    moderators = [("moderators", "Moderators", f"{reverse('desk_posts')}?work=comments")]
    return [
        ("queues", "Queues", reverse("discussion_desk:index")),
        ("appeals", _counted("Appeals", waits), reverse("discussion_desk:appeals")),
        ("notices", _counted("Notices", noticed), reverse("discussion_desk:notices")),
        ("house", "House rules", reverse("discussion_desk:houses")),
        ("words", "Words", reverse("discussion_desk:words", args=[first])),
        *(moderators if leads else []),
    ]


def _counted(label: str, number: int) -> str:
    return f"{label} ({number})" if number else label
