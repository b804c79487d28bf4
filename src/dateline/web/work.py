"""A masthead's jobs: the board, page by page, and the page of one job."""

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.queries.visibility import counts_on_lists
from dateline.edge.services import shared_page
from dateline.jobs.domain.posting import job_posting
from dateline.jobs.domain.words import place_text, salary_text, words_for
from dateline.jobs.queries import board as jobs
from dateline.mastheads.domain.site import Site
from dateline.stories.queries import reading as stories
from dateline.web import pages, queries, views
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, site_of

SECTION = "jobs"  # a title may have a section of this name: its stories stand below the jobs
SUMMARY = 160  # characters of a job's text for search engines and other sites


@shared_page(query=("page",))
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """One page of all open jobs; with the stories of the section of that name, where there is one.

    Both go on from page to page together. Where no job is open the section is as any other.
    """
    site, at = site_of(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    if not number:
        return pages.not_found(request)
    found = jobs.board(site, at=at, page=number)
    section = site.section(SECTION)
    if section and not found.jobs:
        return views.section(request, SECTION)
    beside = stories.section(site, section.family_ids(), at=at, page=number) if section else None
    return _listed(request, site, found, beside=beside)


@shared_page(query=("page",))
@require_safe
def board_only(request: HttpRequest, only: str) -> HttpResponseBase:
    """One page of the open jobs of one kind."""
    site = site_of(request)
    number = page_number(request.GET.get("page", "1"))
    if not number or only not in jobs.FILTERS:
        return pages.not_found(request)
    found = jobs.board(site, at=clock.now(), page=number, only=only)
    return _listed(request, site, found, only=only)


@shared_page()
@require_safe
def job(request: HttpRequest, listing_id: int, slug: str) -> HttpResponseBase:
    """One job. Its id decides; once it is over it answers 410, and says so."""
    del slug
    site, at = site_of(request), clock.now()
    found = jobs.job(site, listing_id, at=at)
    if found is None:
        return pages.not_found(request)
    words, others = words_for(site.language), queries.other_titles(site)
    if isinstance(found, jobs.JobOver):
        hidden = Meta(title=f"{words['over']} — {site.name}", hidden=True)
        return draw(
            request, site, "job_over", at=at, network=others, status=410, meta=hidden,
            words=words, over_at=found.at,
        )  # fmt: skip
    if request.path != found.path:
        return HttpResponsePermanentRedirect(found.path)
    return draw(
        request, site, "job", at=at, network=others, meta=_job_meta(site, found), words=words,
        section_slug=SECTION, **_shown(site, found),
    )  # fmt: skip


def _listed(
    request: HttpRequest, site: Site, found: jobs.BoardPage, *, only: str = "", beside: Any = None
) -> HttpResponseBase:
    words = words_for(site.language)
    if found.number > 1 and not found.jobs:
        return pages.not_found(request)
    path = f"/jobs/with/{only}/" if only else "/jobs/"
    title = f"{words['title']}: {words[f'only_{only}']}" if only else words["title"]
    own = f"{site.origin}{path}" + (f"?page={found.number}" if found.number > 1 else "")
    steps = [(words["title"], "/jobs/"), *([(words[f"only_{only}"], path)] if only else [])]
    meta = Meta(
        title=f"{title} — {site.name}", headline=title, description=words["intro"], canonical=own,
        data=(breadcrumbs(site, steps),),
    )  # fmt: skip
    told = [card.story_id for card in beside.items] if beside else []
    return draw(
        request, site, "jobs", at=clock.now(), network=queries.other_titles(site), meta=meta,
        words=words, board=found, path=path, only=only, beside=beside, title=title,
        has_next=found.has_next or bool(beside and beside.has_next),
        jobs=[_shown(site, one) for one in found.jobs],
        choices=[
            (name, words[f"only_{name}"])
            for name in jobs.FILTERS
            if name in {*found.filters, only}
        ],
        talked=counts_on_lists(site, told), section_slug=SECTION,
    )  # fmt: skip


def _shown(site: Site, found: jobs.Job) -> dict[str, Any]:
    """A job with its facts in the masthead's words."""
    terms, words = found.terms, words_for(site.language)
    end = terms.valid_until.astimezone(ZoneInfo(site.time_zone))
    return {
        "last": end - timedelta(microseconds=1),
        "ends_with_day": end.time() == time(),
        "job": found,
        "terms": terms,
        "place": place_text(terms, language=site.language),
        "salary": salary_text(terms, language=site.language),
        "employment": words[f"employment_{terms.employment}"],
        "level": words[f"level_{terms.language_level}"],
    }


def _job_meta(site: Site, found: jobs.Job) -> Meta:
    words, terms, url = words_for(site.language), found.terms, f"{site.origin}{found.path}"
    summary = " ".join(terms.text.split())
    return Meta(
        title=f"{terms.title}, {terms.employer} — {site.name}",
        headline=f"{terms.title}, {terms.employer}",
        description=summary if len(summary) <= SUMMARY else f"{summary[:SUMMARY]}…",
        canonical=url,
        data=(
            job_posting(terms, number=found.id, url=url, publisher=site.name),
            breadcrumbs(site, [(words["title"], "/jobs/"), (terms.title, found.path)]),
        ),
    )
