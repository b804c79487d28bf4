"""Alerts for readers: the page where they are turned on, what it asks, the service worker."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dateline import clock
from dateline.alerts.domain import asked
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import CAPS, MOST_A_DAY
from dateline.alerts.domain.mail_words import mail_words_for
from dateline.alerts.domain.words import words_for
from dateline.alerts.queries import offered
from dateline.alerts.services import drills, following
from dateline.alerts.services.following import Browser, Wish
from dateline.edge.services import shared_page
from dateline.trending.domain.limits import Rates
from dateline.web import pages, queries
from dateline.web.domain.icons import ICONS
from dateline.web.domain.meta import Meta
from dateline.web.rendering import draw, revalidated, site_of

PATH = "/alerts/"
LIVES_S = 300.0  # the topics that it offers come and go
A_WEEK = timedelta(days=7)
FORBIDDEN, UNFIT, TOO_MANY, UNKNOWN, CREATED = 403, 422, 429, 404, 201
rates = Rates(30)  # a minute from one address
WORKER = files("dateline.web").joinpath("static/web/js/service-worker.js").read_text("utf-8")


@shared_page(ttl=LIVES_S)
@require_safe
def alerts(request: HttpRequest) -> HttpResponseBase:
    """The page of alerts: what there is, and a button. Nothing is asked before it is pressed."""
    return _page(request, None)


@shared_page(ttl=LIVES_S)
@require_safe
def follow_story(request: HttpRequest, story_id: int) -> HttpResponseBase:
    """The same for one story, and what it is about."""
    subject = offered.story_subject(site_of(request), story_id, at=clock.now())
    return _page(request, subject) if subject else pages.not_found(request)


@shared_page(ttl=LIVES_S)
@require_safe
def follow_topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for one topic."""
    subject = offered.topic_subject(slug)
    return _page(request, subject) if subject else pages.not_found(request)


def _page(request: HttpRequest, subject: offered.Subject | None) -> HttpResponseBase:
    site, at = site_of(request), clock.now()
    words = words_for(site.language)
    title = words[f"subject_{subject.kind}"] if subject else words["title"]
    choices = subject.topics if subject else offered.topics(site, at=at)
    return draw(
        request, site, "alerts", at=at, network=queries.other_titles(site),
        meta=Meta(
            title=f"{title} — {site.name}", headline=title, description=words["intro"],
            canonical=f"{site.origin}{PATH}", hidden=subject is not None,
            languages=() if subject else pages.languages(site, PATH),
        ),
        a=words, subject=subject, topics=choices, key=offered.public_key().hex(),
        caps=[(f"cap_{name}", words[f"cap_{name}"], most) for name, most in CAPS.items()],
        most=MOST_A_DAY, title=title, m=mail_words_for(site.language),
    )  # fmt: skip


def from_own_page(
    view: Callable[[HttpRequest, dict[str, Any]], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let in what a page of this host posts as JSON, not too often. Cached pages hold no token."""

    @csrf_exempt  # the browser says where it comes from, and no form of another site sends JSON
    @require_POST
    @never_cache
    @wraps(view)
    def asked_for(request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
            return JsonResponse({"problem": "origin"}, status=FORBIDDEN)
        if not rates.allow(request.META.get("REMOTE_ADDR", ""), clock.now().timestamp()):
            return JsonResponse({"problem": "rate"}, status=TOO_MANY)
        try:
            return view(request, asked.read(request.body))
        except FollowRefused as refusal:
            return JsonResponse({"problem": str(refusal)}, status=UNFIT)

    return asked_for


@from_own_page
def keep(request: HttpRequest, said: dict[str, Any]) -> HttpResponseBase:
    """Give a browser what it chose, or change it; the answer is what it has now."""
    site, at = site_of(request), clock.now()
    wish = Wish(
        time_zone=asked.text(said, "zone"), breaking=said.get("breaking") is True,
        topics=asked.numbers(said, "topics"), stories=asked.numbers(said, "stories"),
        quiet=asked.pair(said, "quiet"), caps=asked.caps(said),
    )  # fmt: skip
    browser = Browser(*(asked.text(said, name) for name in ("endpoint", "p256dh", "auth")))
    row = following.follow(site, browser, wish, at=at)
    return JsonResponse(offered.standing(row, site, at=at))


@from_own_page
def mine(request: HttpRequest, said: dict[str, Any]) -> HttpResponseBase:
    """What a browser chose; 404 where this masthead does not know it."""
    row, site = _own(request, said), site_of(request)
    if row is None:
        return JsonResponse({}, status=UNKNOWN)
    return JsonResponse(offered.standing(row, site, at=clock.now()))


@from_own_page
def pause(request: HttpRequest, said: dict[str, Any]) -> HttpResponseBase:
    """Send nothing for a week, or, with `on` false, go on now."""
    row, site, at = _own(request, said), site_of(request), clock.now()
    if row is None:
        return JsonResponse({}, status=UNKNOWN)
    following.pause(row, until=at + A_WEEK if said.get("on") is True else None, at=at)
    return JsonResponse(offered.standing(row, site, at=at))


@from_own_page
def leave(request: HttpRequest, said: dict[str, Any]) -> HttpResponseBase:
    """Forget a browser. Safe to ask twice."""
    row = _own(request, said)
    if row is not None:
        following.leave(row, at=clock.now())
    return JsonResponse({})


def _own(request: HttpRequest, said: dict[str, Any]) -> Any:
    """Whose endpoint this is: nobody else knows it."""
    key = following.follower_key(asked.text(said, "endpoint"))
    return offered.follower(key, site_of(request))


@csrf_exempt  # the installation's own worker posts here; what counts is that it can be decrypted
@require_POST
@never_cache
def drill(request: HttpRequest) -> HttpResponseBase:
    """Take a drill, as a push service would: 201 for one of our own, 404 for anything else."""
    allowed = rates.allow(request.META.get("REMOTE_ADDR", ""), clock.now().timestamp())
    if allowed and drills.arrived(request.body, at=clock.now()):
        return HttpResponse(status=CREATED)
    return HttpResponse(status=UNKNOWN)


@shared_page()
@require_safe
def service_worker(request: HttpRequest) -> HttpResponseBase:
    """The script that shows pushes. It stands at the root, so that it works for the whole host."""
    response = HttpResponse(WORKER, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)


@shared_page()
@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """What a device needs to put this masthead on its home screen (W3C, Web App Manifest)."""
    site = site_of(request)
    response = JsonResponse(
        {
            "id": "/", "name": site.name, "short_name": site.name, "lang": site.language,
            "description": site.tagline, "start_url": "/", "scope": "/", "display": "standalone",
            "background_color": site.tokens.paper, "theme_color": site.tokens.paper,
            "icons": [
                {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
                *(
                    {"src": icon.path, "sizes": f"{icon.side}x{icon.side}", "type": "image/png",
                     "purpose": icon.purpose}
                    for icon in ICONS
                ),
            ],
        },
        content_type="application/manifest+json",
    )  # fmt: skip
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)
