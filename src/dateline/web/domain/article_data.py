"""A story as NewsArticle (schema.org 30.0), with its pictures, makers, sources and mistakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import SourceChain, StoryPage
from dateline.stories.domain.translation import How, Tongue
from dateline.web.domain.makers import CONTEXT, person, publisher

CORRECTED = {"correction", "clarification"}
OPINION = "OpinionNewsArticle"
REPORTED = "ReportageNewsArticle"  # by a person of ours, who was there or asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePicture:
    """One shape of the lead picture. `url` is absolute, sizes are pixels, rights plain text."""

    url: str
    width: int
    height: int
    caption: str
    credit: str
    copyright_notice: str
    byline: str
    licence: str  # a web page that explains it, or empty
    source_type: str  # IPTC digital source type, or empty


def news_article(
    page: StoryPage,
    site: Site,
    *,
    pictures: Sequence[ArticlePicture],
    minutes: int,
    comments: int | None = None,
) -> dict[str, Any]:
    """NewsArticle of a story. `minutes` is what it takes to read.

    `comments` is how many readers see below it; None where there is no thread.
    """
    card = page.card
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": _type_of(page),
        "@id": f"{page.canonical_url}#story",
        "url": page.canonical_url,
        "mainEntityOfPage": page.canonical_url,
        "headline": card.headline,
        "alternativeHeadline": card.short_headline,
        "description": card.standfirst,
        "datePublished": _moment(card.published_at),
        "dateModified": _moment(card.updated_at),
        "inLanguage": card.language,
        "articleSection": card.kicker,
        "dateline": card.dateline,
        "timeRequired": f"PT{minutes}M",
        "isAccessibleForFree": True,
        "isPartOf": _whole(site),
        "author": _authors(page, site),
        "publisher": publisher(site),
        "copyrightNotice": page.copyright_line or site.legal_line,
        "creditText": page.sources.agency if page.sources else site.name,
        "keywords": [topic.name for topic in page.topics],
        "image": [_image(picture) for picture in pictures],
        "isBasedOn": _basis(page),
        "correction": _corrections(page),
        "sourceOrganization": _agency(page.sources) if page.sources else {},
    }  # fmt: skip
    if comments is not None:
        data |= {"commentCount": comments, "discussionUrl": f"{page.canonical_url}#comments"}
    return _said(data | _tongues(page, site))


def _type_of(page: StoryPage) -> str:
    if page.card.kind == "opinion":
        return OPINION
    is_ours = page.card.kind == "article" and page.people and not page.sources
    return REPORTED if is_ours else "NewsArticle"


def _whole(site: Site) -> dict[str, Any]:
    return {
        "@type": ["CreativeWork", "Product"],
        "name": site.name,
        "productID": f"{site.slug}:free",
    }


def _agency(chain: SourceChain) -> dict[str, Any]:
    return {"@type": "NewsMediaOrganization", "name": chain.agency}


def _image(picture: ArticlePicture) -> dict[str, Any]:
    data = {
        "@type": "ImageObject",
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "creditText": picture.credit,
        "copyrightNotice": picture.copyright_notice,
        "creator": {"@type": "Person", "name": picture.byline} if picture.byline else "",
        "license": picture.licence,
        "acquireLicensePage": picture.licence,
        "digitalSourceType": picture.source_type,
    }
    return _said(data)


def _basis(page: StoryPage) -> dict[str, Any]:
    """The agency's item that the story was made from."""
    chain = page.sources
    if chain is None or not chain.agency_item_id:
        return {}
    return _said(
        {
            "@type": "NewsArticle",
            "identifier": chain.agency_item_id,
            "version": chain.agency_version,
            "dateModified": _moment(chain.agency_sent_at) if chain.agency_sent_at else "",
            "inLanguage": chain.agency_language,
            "provider": _agency(chain),
        }
    )


def _tongues(page: StoryPage, site: Site) -> dict[str, Any]:
    """Who translated it and from which story, and its own translations.

    Whoever checked a machine's words is no translator but an editor of them.
    """
    told = page.translation
    if told is None:
        return {"workTranslation": [_tongue(other) for other in page.tongues]}
    role = "editor" if told.how == How.CHECKED else "translator"
    return {
        role: person(site, told.name, told.slug) if told.name else {},
        "translationOfWork": _tongue(told.original) if told.original else {},
        "workTranslation": [_tongue(other) for other in page.tongues],
    }


def _tongue(other: Tongue) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "@id": f"{other.url}#story",
        "url": other.url,
        "headline": other.headline,
        "inLanguage": other.language,
    }


def _corrections(page: StoryPage) -> list[dict[str, Any]]:
    return [
        {"@type": "CorrectionComment", "text": note.text, "datePublished": _moment(note.at)}
        for note in page.corrections
        if note.kind in CORRECTED
    ]


def _authors(page: StoryPage, site: Site) -> list[dict[str, Any]]:
    """People where there are some, else the agency, else the title; each with name and url."""
    if page.people:
        return [person(site, who.name, who.slug, role=who.role) for who in page.people]
    name = page.card.byline or (page.sources.agency if page.sources else site.name)
    return [{"@type": "Organization", "name": name, "url": f"{site.origin}/"}]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
