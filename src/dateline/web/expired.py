"""The page of a story whose rights have ended: what it was, why it is gone, what was said of it."""

from django.http import HttpRequest, HttpResponseBase

from dateline import clock
from dateline.discussion.queries import threads
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Gone, Kept
from dateline.stories.queries import reading as stories
from dateline.stories.queries.beside import related
from dateline.web import queries
from dateline.web.domain.meta import Meta
from dateline.web.domain.words import words_for
from dateline.web.rendering import draw

NEWEST = 5  # stories on its subject, or of its section


def expired(request: HttpRequest, site: Site, found: Gone, kept: Kept) -> HttpResponseBase:
    """410: its text and pictures are gone for good, and caches and search engines drop it.

    Neither a word of its text nor a picture is on the page. Its thread stays to be read.
    """
    at, w = clock.now(), words_for(site.language)
    newest = related(site, found.story_id, without=(), at=at, limit=NEWEST) or [
        *stories.section(site, [kept.section_id], at=at, size=NEWEST).items
    ]
    thread = threads.left_page(site, found.story_id, at=at)
    trail = site.trail(kept.section_id)
    return draw(
        request, site, "expired", at=at, network=queries.other_titles(site), status=410,
        meta=Meta(title=f"{kept.headline} — {site.name}", headline=kept.headline, hidden=True),
        kept=kept, ended_at=found.at, newest=newest, thread=None if thread.off else thread,
        section_slug=trail[0].slug if trail else "",
        why=w["expired_text"].format(kept.agency) if kept.agency else w["expired_text_own"],
    )  # fmt: skip
