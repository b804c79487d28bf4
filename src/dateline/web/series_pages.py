"""The stories of a series, and the file for calendars of an event."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.queries.visibility import counts_on_lists
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.stories.domain.pages import Gone
from dateline.stories.queries import reading as stories
from dateline.stories.queries import series
from dateline.web import kinds, pages, queries
from dateline.web.domain.calendar import calendar
from dateline.web.domain.headlines import any_on_trial
from dateline.web.domain.makers import item_list
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, revalidated, site_of


@shared_page(query=("page",))
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One page of a series: by number, the highest first, or newest first."""
    site, at = site_of(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    found = series.series_page(site, slug, at=at, page=number) if number else None
    if found is None:
        return pages.not_found(request)
    shown, page = found
    if page.number > 1 and not page.items:
        return pages.not_found(request)
    own = f"{site.origin}{shown.path}" + (f"?page={page.number}" if page.number > 1 else "")
    meta = Meta(
        title=f"{shown.name} — {site.name}", headline=shown.name, description=shown.about,
        canonical=own, data=(
            breadcrumbs(site, [(shown.name, shown.path)]),
            *item_list(site, page.items, name=shown.name, url=own),
        ),
    )  # fmt: skip
    return draw(
        request, site, "series", at=at, network=queries.other_titles(site), meta=meta,
        series=shown, page=page, tries=any_on_trial(page.items),
        talked=counts_on_lists(site, [card.story_id for card in page.items]),
    )  # fmt: skip


@shared_page()
@require_safe
def event(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """The event of a story as iCalendar (RFC 5545); 410 once the story is gone."""
    site, at, named = site_of(request), clock.now(), story_path_id(tail)
    found = stories.story_page(site, named[1], at=at) if named else None
    if isinstance(found, Gone):
        return pages.gone(request, site, found)
    if found is None or found.card.path != f"/{section}/{tail}":
        return pages.not_found(request)
    part = kinds.part_of(site, found, at=at)
    if part is None or part.event is None:
        return pages.not_found(request)
    body = calendar(
        part.event, uid=f"story-{found.card.story_id}@{site.slug}.dateline",
        url=found.canonical_url, changed_at=found.card.updated_at, publisher=site.name,
    )  # fmt: skip
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="event-{found.card.story_id}.ics"'
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)
