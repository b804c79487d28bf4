"""The whole design system of a masthead on one page, drawn by the real templates, for the desk."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.look import contrast
from dateline.mastheads.domain.site import Site, Tokens
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories
from dateline.stories.services.drafting import stream_of
from dateline.web.domain.meta import Meta
from dateline.web.domain.palette import Palette, palette
from dateline.web.rendering import draw
from dateline.web.styleguide_parts import kind_blocks, parts

ENTER = "wagtailadmin.access_admin"
VARIANTS = (
    ("lead", "3:2"), ("second", "3:2"), ("big", "3:2"), ("tile", "3:2"), ("line", "3:2"),
    ("small", "1:1"), ("opinion", "4:5"), ("text", ""), ("day", "16:9"), ("quote", ""),
)  # fmt: skip
ON_PAPER = ("ink", "accent_text", "muted")
SIZES = ("--size-lead", "--size-big", "--size-mid", "--size-small")


TEXT = (
    "<p>The first train left at <a href='/'>six</a>, with <b>212</b> on board and the "
    "<i>Kawase</i> band on the platform.</p><ul><li>one</li><li>two</li></ul>"
)
TABLE = (
    "<table><thead><tr><th>Train</th><th>Time</th></tr></thead><tbody><tr><td>1</td><td>6:00</td>"
    "</tr><tr><td>3</td><td>6:40</td></tr></tbody></table>"
)


@dataclass(frozen=True, slots=True)
class Swatch:
    """One colour by day and by night, `#rrggbb`, and its contrast on the paper of each."""

    name: str
    day: str
    on_day: float
    night: str
    on_night: float
    is_text: bool


def swatches(tokens: Tokens) -> list[Swatch]:
    """Every colour of a masthead's pages; text has at least 4.5:1 (WCAG 2.2, 1.4.3)."""
    day = palette(ink=tokens.ink, paper=tokens.paper, accent=tokens.accent)
    night = palette(ink=tokens.ink_dark, paper=tokens.paper_dark, accent=tokens.accent_dark)
    return list(_pairs(day, night))


def _pairs(day: Palette, night: Palette) -> Iterator[Swatch]:
    others = asdict(night)
    for name, colour in asdict(day).items():
        yield Swatch(
            name, colour, contrast(colour, day.paper), others[name],
            contrast(others[name], night.paper), name in ON_PAPER,
        )  # fmt: skip


@never_cache
@require_safe
def styleguide(request: HttpRequest, masthead: str) -> HttpResponseBase:
    """For whoever has access to the desk: readers and search engines find no such page."""
    if not request.user.has_perm(ENTER):
        raise PermissionDenied
    site = mastheads.by_slug(masthead)
    if site is None:
        raise Http404
    at = clock.now()
    card = _sample(site, at=at)
    title = f"Styleguide — {site.name}"
    return draw(
        request, site, "styleguide", meta=Meta(title=title, headline=title, hidden=True), at=at,
        network=[], preview=True, card=card, labelled=_labelled(card), variants=VARIANTS,
        body=_stream(_body(card)), swatches=swatches(site.tokens), sizes=SIZES,
        sites=mastheads.all_mastheads(), kinds=_stream(kind_blocks(at)), **parts(site, card, at=at),
    )  # fmt: skip


def _labelled(card: Card) -> list[Card]:
    """The same story with each label a list can show."""
    return [
        replace(card, kind="opinion"),
        replace(card, kind="press_release"),
        replace(card, corrected=True),
    ]


def _sample(site: Site, *, at: datetime) -> Card:
    """A story of this title, one with a picture if there is one; else one that is made up."""
    cards = stories.front(site, at=at, limit=12)
    found = next((card for card in cards if card.picture), None)
    return found or (cards[0] if cards else _made_up(site, at=at))


def _made_up(site: Site, *, at: datetime) -> Card:
    return Card(
        story_id=0, path="/", headline="First trains run through the tunnel", short_headline="",
        standfirst="It was closed for 41 days. Nobody had expected it before spring.",
        kicker="National", section_id=0, section_path="/", kind="article", kind_label="Article",
        published_at=at, updated_at=at, corrected=False, picture=None, lead_caption="",
        byline="Hana Kurosawa", dateline="Minasato", language=site.language, sensitive=False,
        urgency=5, pinned_rank=None, until=None,
    )  # fmt: skip


def _stream(blocks: list[tuple[str, Any]]) -> Any:
    """The value that a story's body would have."""
    unsaved: Any = apps.get_model("stories.Story")(body=stream_of(blocks))
    return unsaved.body


def _body(card: Card) -> list[tuple[str, Any]]:
    """Every kind of block."""
    blocks: list[tuple[str, Any]] = [
        ("text", TEXT),
        ("heading", "What was repaired"),
        ("quote", {"text": "We heard it before we saw it.", "speaker": "A stationmaster"}),
        ("factbox", {"title": "The tunnel", "text": "<p>Eleven kilometres, opened in 1968.</p>"}),
        ("wire", TABLE),
    ]
    if card.picture:
        blocks.append(("picture", {"picture": card.picture, "caption": "A picture in the text."}))
    return blocks
