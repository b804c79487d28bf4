"""What a page says about itself: to browsers, to other sites and to search engines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import StoryPage

CONTEXT = "https://schema.org"
CORRECTED = {"correction", "clarification"}


@dataclass(frozen=True, slots=True)
class Language:
    """Another language's address of the same page. `code` is a BCP 47 tag."""

    code: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """The head of one page. Addresses are absolute; `feed` and `lite` are paths on the masthead.

    `lite` is the text-only twin, or empty where there is none.
    """

    title: str
    headline: str = ""
    description: str = ""
    canonical: str = ""
    hidden: bool = False
    kind: str = "website"
    image: str = ""
    image_alt: str = ""
    feed: str = ""
    feed_title: str = ""
    lite: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    languages: tuple[Language, ...] = ()
    data: tuple[dict[str, Any], ...] = field(default=())


def breadcrumbs(site: Site, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """BreadcrumbList (schema.org) from the front down; `steps` are (name, path) below it."""
    trail = [(site.name, "/"), *steps]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": site.origin + path}
            for place, (name, path) in enumerate(trail, start=1)
        ],
    }


def news_article(
    page: StoryPage, site: Site, *, image: str, credit: str, comments: int | None = None
) -> dict[str, Any]:
    """NewsArticle (schema.org 30.0) of a story. `image` is absolute, or empty for none.

    `comments` is how many readers see below it; None where there is no thread.
    """
    card = page.card
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "OpinionNewsArticle" if card.kind == "opinion" else "NewsArticle",
        "@id": f"{page.canonical_url}#story",
        "mainEntityOfPage": page.canonical_url,
        "headline": card.headline,
        "description": card.standfirst,
        "datePublished": card.published_at.isoformat(timespec="seconds"),
        "dateModified": card.updated_at.isoformat(timespec="seconds"),
        "inLanguage": card.language,
        "articleSection": card.kicker,
        "dateline": card.dateline,
        "isAccessibleForFree": True,
        "author": _authors(page, site),
        "publisher": _publisher(site),
        "copyrightNotice": page.copyright_line or site.legal_line,
        "keywords": [topic.name for topic in page.topics],
    }
    if image:
        data["image"] = [{"@type": "ImageObject", "url": image, "creditText": credit}]
    if comments is not None:
        data["commentCount"] = comments
        data["discussionUrl"] = f"{page.canonical_url}#comments"
    if page.sources:
        data["sourceOrganization"] = {"@type": "NewsMediaOrganization", "name": page.sources.agency}
    corrections = [note for note in page.corrections if note.kind in CORRECTED]
    if corrections:
        data["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": note.text,
                "datePublished": note.at.isoformat(timespec="seconds"),
            }
            for note in corrections
        ]
    return {name: value for name, value in data.items() if value not in ("", [])}


def website(site: Site) -> dict[str, Any]:
    """WebSite (schema.org) of a masthead's front."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": site.name,
        "url": f"{site.origin}/",
        "inLanguage": site.language,
        "publisher": _publisher(site),
    }


def _publisher(site: Site) -> dict[str, Any]:
    return {"@type": "NewsMediaOrganization", "name": site.name, "url": f"{site.origin}/"}


def _authors(page: StoryPage, site: Site) -> list[dict[str, Any]]:
    """People where there are some, else the agency, else the title; each with name and url."""
    url = f"{site.origin}/"
    if page.people:
        return [{"@type": "Person", "name": person.name, "url": url} for person in page.people]
    name = page.card.byline or (page.sources.agency if page.sources else site.name)
    return [{"@type": "Organization", "name": name, "url": url}]
