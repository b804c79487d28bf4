"""The archive of newsletters: a list's own page, and each of its letters."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.newsletters.domain.edition_words import words_for
from dateline.newsletters.queries import archive
from dateline.web import pages, queries
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, site_of

LISTS = "/newsletters/"


@shared_page(query=("page",))
@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A list's page with its letters, newest first; `?page=` walks back."""
    site, at = site_of(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    found = archive.list_page(site, slug, at=at, page=number) if number else None
    if found is None or (found.number > 1 and not found.lines):
        return pages.not_found(request)
    newsletter, words = found.newsletter, words_for(site.language)
    path = f"{LISTS}{newsletter.slug}/"
    own = f"{site.origin}{path}" + (f"?page={found.number}" if found.number > 1 else "")
    meta = Meta(
        title=f"{newsletter.name} — {site.name}", headline=newsletter.name,
        description=newsletter.about, canonical=own,
        data=(breadcrumbs(site, [(words["all_lists"], LISTS), (newsletter.name, path)]),),
    )  # fmt: skip
    return draw(
        request, site, "letter_list", at=at, network=queries.other_titles(site), meta=meta,
        n=words, found=found, newsletter=newsletter, path=path,
    )  # fmt: skip


@shared_page()
@require_safe
def letter(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One letter as it was sent, without what may not be shown any more."""
    site, at = site_of(request), clock.now()
    found = archive.letter_page(site, slug, number, at=at)
    if found is None:
        return pages.not_found(request)
    newsletter, words = found.newsletter, words_for(site.language)
    path = f"{LISTS}{newsletter.slug}/"
    steps = [
        (words["all_lists"], LISTS),
        (newsletter.name, path),
        (found.line.subject, found.line.path),
    ]
    meta = Meta(
        title=f"{found.line.subject} — {newsletter.name}", headline=found.line.subject,
        description=found.line.preheader, canonical=f"{site.origin}{found.line.path}",
        data=(breadcrumbs(site, steps),),
    )  # fmt: skip
    return draw(
        request, site, "letter", at=at, network=queries.other_titles(site), meta=meta, n=words,
        found=found, newsletter=newsletter, path=path,
    )  # fmt: skip
