"""Live blogs: all of a title, and the page of one that begins with a given entry."""

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.queries.visibility import counts_on_lists
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.stories.domain.pages import Gone
from dateline.stories.queries import live
from dateline.stories.queries import reading as stories
from dateline.web import pages, queries, twins
from dateline.web.domain.headlines import any_on_trial
from dateline.web.domain.makers import item_list
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.domain.words import words_for
from dateline.web.kinds import LIVE
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, site_of

PATH = "/live/"
ENDED = 14  # that ended, on a page that is text only, beside those that go on
LAST_ENTRY = 2**63 - 1  # as far as the database counts


@shared_page(query=("page",))
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every live blog of a title: those that go on, then those that ended, newest first."""
    site, at = site_of(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    if not number:
        return pages.not_found(request)
    size = twins.lines(request, site, live.INDEX_PAGE, most=ENDED)
    going, ended = live.index(site, at=at, page=number, size=size)
    if number > 1 and not ended.items:
        return pages.not_found(request)
    w = words_for(site.language)
    own = f"{site.origin}{PATH}" + (f"?page={number}" if number > 1 else "")
    shown = [*going, *ended.items]
    meta = Meta(
        title=f"{w['live_title']} — {site.name}", headline=w["live_title"],
        description=w["live_lead"], canonical=own,
        languages=pages.languages(site, PATH) if number == 1 else (),
        data=(
            breadcrumbs(site, [(w["live_title"], PATH)]),
            *item_list(site, shown, name=w["live_title"], url=own),
        ),
    )  # fmt: skip
    return draw(
        request, site, "live", at=at, network=queries.other_titles(site), meta=meta,
        going=going, page=ended, tries=any_on_trial(shown),
        talked=counts_on_lists(site, [card.story_id for card in shown]),
    )  # fmt: skip


@shared_page()
@require_safe
def entry(request: HttpRequest, section: str, tail: str, entry: int) -> HttpResponseBase:
    """A live blog from one entry back: what a link to the entry and one to older ones lead to."""
    site, named = site_of(request), story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if isinstance(found, Gone):
        return pages.gone(request, site, found)
    if found is None or found.card.kind != LIVE or not 0 < entry <= LAST_ENTRY:
        return pages.not_found(request)
    if found.card.path != f"/{section}/{tail}":
        return HttpResponsePermanentRedirect(f"{found.card.path}/live/{entry}")
    return pages.story(request, site, found, first=entry)
