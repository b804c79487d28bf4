"""What a page says about itself: to browsers, to other sites and to search engines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.web.domain.makers import CONTEXT, publisher


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
    image_size: tuple[int, int] = (0, 0)  # width and height in pixels, where they are known
    feed: str = ""
    feed_title: str = ""
    lite: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    languages: tuple[Language, ...] = ()
    data: tuple[dict[str, Any], ...] = field(default=())

    @property
    def other_feeds(self) -> tuple[tuple[str, str], ...]:
        """(media type, path) of the list's feed in other formats; a story's page names none."""
        if not self.feed or self.kind != "website":
            return ()
        forms = (("application/atom+xml", "atom"), ("application/feed+json", "json"))
        return tuple(
            (kind, self.feed.replace("/feed.xml", f"/feed.{form}", 1)) for kind, form in forms
        )


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


def website(site: Site) -> dict[str, Any]:
    """WebSite (schema.org) of a masthead's front."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": site.name,
        "url": f"{site.origin}/",
        "inLanguage": site.language,
        "publisher": publisher(site),
    }
