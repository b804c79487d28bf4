"""A reader at the address of a masthead: asks through all of Django, reads what came as HTML."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.test import Client
from lxml import html

from dateline.mastheads import models as masthead_models
from dateline.stories import models
from dateline.stories.domain.pages import Card, ShownVersion

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo
HOUR = timedelta(hours=1)


@dataclass
class Reader:
    """Asks one host. Nothing is remembered between two readers."""

    host: str = "musashi.localhost"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path, **headers):
        """The answer as it came."""
        return self.client.get(path, headers={"host": self.host, **headers})

    def page(self, path, status=200):
        """The answer's HTML, parsed; fails on another status."""
        answer = self.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return html.document_fromstring(answer.content)


def words_of(element):
    """Text of an element as one line, a space between its parts."""
    return " ".join(" ".join(element.itertext()).split())


def one(page, selector):
    """The words of the only element that fits a CSS selector."""
    (found,) = page.cssselect(selector)
    return words_of(found)


def every(page, selector):
    """The words of all elements that fit, in order."""
    return [words_of(element) for element in page.cssselect(selector)]


def links(page):
    """Every address linked from a page, in order."""
    return [a.get("href") for a in page.cssselect("a[href]")]


def path_of(story):
    """Where readers find a story on the title it was placed on first."""
    placement = story.placements.select_related("section").order_by("pk").first()
    return f"/{placement.section.slug}/{placement.slug}-{story.pk}"


def shelve(headlines, *, on="musashi", section="world", at=NOON, step=HOUR, **fields):
    """Public stories as plain rows, the first the newest: quick, where only lists matter."""
    place = masthead_models.Section.objects.get(slug=section, masthead__slug=on)
    rows = [
        models.Story(headline=headline, live=True, updated_at=at - n * step, **fields)
        for n, headline in enumerate(headlines)
    ]
    for row in rows:
        row.save()
    models.Placement.objects.bulk_create(
        models.Placement(
            story=row, masthead_id=place.masthead_id, section=place, slug="row",
            published_at=row.updated_at,
        )
        for row in rows
    )  # fmt: skip
    return rows


def a_card(story_id=1, **fields):
    """A card without a row behind it."""
    values = {
        "path": f"/world/story-{story_id}",
        "headline": f"Headline {story_id}",
        "short_headline": "",
        "standfirst": "",
        "kicker": "World",
        "section_id": 1,
        "section_path": "/world/",
        "kind": "article",
        "kind_label": "article",
        "published_at": NOON,
        "updated_at": NOON,
        "corrected": False,
        "picture": None,
        "lead_caption": "",
        "byline": "",
        "dateline": "",
        "language": "en",
        "sensitive": False,
        "urgency": 5,
        "pinned_rank": None,
        "until": None,
    }
    return Card(story_id=story_id, **{**values, **fields})


def a_version(number=1, **fields):
    """A version without a row behind it."""
    values = {
        "change": "update",
        "note": "",
        "source": "desk",
        "shown_from": NOON,
        "shown_until": None,
        "headline": "Ferry returns",
        "standfirst": "",
        "dateline": "",
        "byline": "",
        "body": "",
    }
    return ShownVersion(number=number, **{**values, **fields})
