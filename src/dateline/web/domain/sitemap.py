"""Write sitemaps (https://www.sitemaps.org/protocol.html) and Google's news sitemaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from dateline.web.domain.rss import FORBIDDEN

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XHTML = "http://www.w3.org/1999/xhtml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST, MOST_BYTES = 50_000, 50 * 1024 * 1024  # of one file, as the standard asks
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class Place:
    """One address, absolute; `changed_at` is aware, or None where nobody keeps it.

    `languages` are (BCP 47 tag, absolute address) of the same page, its own among them; empty
    where there is one only.
    """

    url: str
    changed_at: datetime | None = None
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One story of the last two days, at an absolute address; `published_at` is aware."""

    url: str
    title: str
    language: str
    published_at: datetime


def index(folder: str, names: Iterable[str | int]) -> bytes:
    """A sitemap index of these files in a folder, an absolute address; at most 50,000."""
    before, after = f"<sitemap><loc>{escape(folder)}", ".xml</loc></sitemap>\n"
    files = f"{after}{before}".join(map(str, names))
    return f'{HEAD}<sitemapindex xmlns="{SPACE}">\n{before}{files}{after}</sitemapindex>\n'.encode()


def urlset(places: Iterable[Place]) -> bytes:
    """A sitemap of these addresses; at least one and at most 50,000.

    Other languages are told as Google reads them: `xhtml:link` in the entry of each.
    """
    listed = list(places)
    found = "".join(map(_place, listed))
    links = f' xmlns:xhtml="{XHTML}"' if any(place.languages for place in listed) else ""
    return f'{HEAD}<urlset xmlns="{SPACE}"{links}>\n{found}</urlset>\n'.encode()


def news(stories: Iterable[News], *, publication: str) -> bytes:
    """A news sitemap: the four tags that Google reads, for at most 1,000 stories."""
    name = _text(publication)
    found = "".join(
        f"<url><loc>{escape(story.url)}</loc><news:news><news:publication><news:name>{name}"
        f"</news:name><news:language>{_language(story.language)}</news:language>"
        f"</news:publication><news:publication_date>{_moment(story.published_at)}"
        f"</news:publication_date><news:title>{_text(story.title)}</news:title></news:news></url>\n"
        for story in stories
    )
    return f'{HEAD}<urlset xmlns="{SPACE}" xmlns:news="{NEWS}">\n{found}</urlset>\n'.encode()


def _place(place: Place) -> str:
    changed = f"<lastmod>{_moment(place.changed_at)}</lastmod>" if place.changed_at else ""
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(url)}/>'
        for tag, url in place.languages
    )
    return f"<url><loc>{escape(place.url)}</loc>{changed}{twins}</url>\n"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _language(tag: str) -> str:
    """The language alone (ISO 639), but for Chinese, as Google asks."""
    lower = tag.lower()
    return lower if lower in {"zh-cn", "zh-tw"} else lower.partition("-")[0]


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))
