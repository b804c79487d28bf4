"""Who makes a page, as schema.org 30.0 names it: people, titles, agencies; and lists of stories."""

from collections.abc import Sequence
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card

CONTEXT = "https://schema.org"


def publisher(site: Site) -> dict[str, Any]:
    """The title as NewsMediaOrganization, with its logo: the wordmark, else the first letter."""
    logo = "/wordmark.svg" if site.wordmark_url else "/favicon.svg"
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{site.origin}/#title",
        "name": site.name,
        "url": f"{site.origin}/",
        "logo": {"@type": "ImageObject", "url": site.origin + logo},
    }


def organization(name: str, url: str, *, about: str = "") -> dict[str, Any]:
    """An agency as NewsMediaOrganization. `url` is its own page on a masthead, absolute."""
    data = {"@type": "NewsMediaOrganization", "name": name, "url": url, "description": about}
    return {key: value for key, value in data.items() if value}


def person_path(slug: str) -> str:
    """The path of a person's page on a masthead."""
    return f"/people/{slug}/"


def person(site: Site, name: str, slug: str, *, role: str = "", image: str = "") -> dict[str, Any]:
    """Somebody named over stories as Person. `image` is absolute, or empty for none."""
    data = {
        "@type": "Person",
        "name": name,
        "url": site.origin + person_path(slug),
        "jobTitle": role,
        "image": image,
        "worksFor": {"@id": f"{site.origin}/#title"},
    }
    return {key: value for key, value in data.items() if value}


def item_list(
    site: Site, cards: Sequence[Card], *, name: str, url: str
) -> tuple[dict[str, Any], ...]:
    """ItemList of the stories a page lists, in its order; nothing where it lists none.

    `url` is the page's own, absolute. Positions are those on the page, from 1.
    """
    if not cards:
        return ()
    data = {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": name,
        "url": url,
        "itemListOrder": f"{CONTEXT}/ItemListOrderDescending",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "url": site.origin + card.path,
                "name": card.headline,
            }
            for place, card in enumerate(cards, start=1)
        ],
    }
    return (data,)
