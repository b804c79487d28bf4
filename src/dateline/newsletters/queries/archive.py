"""The archive of a list: what its letters said, as far as it may still be said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.edition_words import words_for
from dateline.newsletters.domain.editions import Block, BlockKind, Content, Item, content_of
from dateline.newsletters.domain.kinds import ListKind
from dateline.newsletters.domain.texts import linked
from dateline.newsletters.queries import letters, material
from dateline.stories.domain.pages import CorrectionNote
from dateline.stories.queries import reading as stories

PAGE = 30


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """One letter in the list of a list's letters."""

    number: int
    path: str
    subject: str
    preheader: str
    date: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list's own page: what it is, and its letters, newest first. Pages count from 1."""

    newsletter: models.Newsletter
    lines: tuple[ArchiveLine, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """A story or job of a letter; `notes` is what readers were told of mistakes since."""

    item: Item
    url: str
    picture: str
    notes: tuple[CorrectionNote, ...]
    is_lead: bool


@dataclass(frozen=True, slots=True)
class ArchiveBlock:
    """One part of a letter."""

    kind: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[ArchiveItem, ...]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter in the archive. `gone` is how many of its stories may not be shown any more."""

    newsletter: models.Newsletter
    line: ArchiveLine
    blocks: tuple[ArchiveBlock, ...]
    gone: int
    older: ArchiveLine | None
    newer: ArchiveLine | None


def list_page(site: Site, slug: str, *, at: datetime, page: int = 1) -> ListPage | None:
    """What a list's address answers on a masthead: its letters, or None. `at` is aware UTC.

    It is made again when a letter comes, and when what one of them names may not be named.
    """
    newsletter = _on(site, slug)
    if newsletter is None:
        return None
    start = (page - 1) * PAGE
    rows = list(_public(newsletter).order_by("-number")[start : start + PAGE + 1])
    lines = _lines(rows[:PAGE], at=at)
    return ListPage(newsletter, lines, page, len(rows) > PAGE)


def letter_page(site: Site, slug: str, number: int, *, at: datetime) -> LetterPage | None:
    """What a letter's address answers on a masthead, or None. `at` is aware UTC.

    Each story stands as it was sent, as long as the gate lets it into letters and pages. One that
    was corrected since stands as it is now, with what readers were told.
    """
    newsletter = _on(site, slug)
    rows = _public(newsletter) if newsletter else models.Edition.objects.none()
    edition = rows.filter(number=number).first()
    if newsletter is None or edition is None:
        return None
    content = content_of(edition.content)
    shown = material.still_open(content.items, at=at)
    edge.depend(*map(keys.card, content.story_ids))
    notes = _notes(edition, content)
    (line,) = _lines([edition], at=at)
    near = (rows.filter(number__lt=number).order_by("-number")[:1],
            rows.filter(number__gt=number).order_by("number")[:1])  # fmt: skip
    older, newer = (next(iter(_lines(list(found), at=at)), None) for found in near)
    blocks = _blocks(content, shown, notes, site, newsletter.language)
    gone = sum(item.key not in shown for item in content.items)
    return LetterPage(newsletter, line, blocks, gone, older, newer)


def paths_with(story_id: int) -> list[tuple[Site, str]]:
    """Every address of the archive that may show a story, on each masthead it answers on."""
    rows = models.Edition.objects.filter(carried__story_id=story_id, public_at__isnull=False)
    sites = mastheads.all_mastheads()
    found = []
    for row in rows.select_related("newsletter").order_by("pk"):
        path = letters.path_of(row)
        found += [(site, path) for site in sites if _stands_on(row.newsletter, site)]
    return found


def _on(site: Site, slug: str) -> models.Newsletter | None:
    edge.depend(keys.letters(site.id), keys.chrome(site.id))
    rows = models.Newsletter.objects.filter(
        Q(masthead_id=site.id) | Q(masthead=None), slug=slug, kind=ListKind.EDITIONS.value
    )
    newsletter = rows.first()
    if newsletter is None or not _stands_on(newsletter, site):
        return None
    edge.depend(keys.editions(newsletter.pk))
    return newsletter


def _stands_on(newsletter: models.Newsletter, site: Site) -> bool:
    if newsletter.masthead_id is not None:
        return newsletter.masthead_id == site.id
    return newsletter.language.split("-")[0] == site.language.split("-")[0]


def _public(newsletter: models.Newsletter) -> QuerySet[models.Edition]:
    rows = models.Edition.objects.filter(newsletter=newsletter, public_at__isnull=False)
    return rows.select_related("newsletter")


def _lines(rows: Sequence[models.Edition], *, at: datetime) -> tuple[ArchiveLine, ...]:
    """Letters with their subjects; one that names what may not be shown has the list's name."""
    contents = {row.pk: content_of(row.content) for row in rows}
    items = [item for content in contents.values() for item in content.items]
    shown = material.still_open(items, at=at)
    edge.depend(*(keys.card(item.story_id) for item in items if item.story_id))
    return tuple(_line(row, contents[row.pk], shown, at=at) for row in rows)


def _line(
    row: models.Edition, content: Content, shown: Mapping[str, Item], *, at: datetime
) -> ArchiveLine:
    closed = [item for item in content.items if item.key not in shown]
    said = [words for item in closed for words in (item.headline, item.source)]
    number = words_for(row.newsletter.language)["number"].format(row.number)
    subject = row.subject if not _names(row.subject, said) else f"{row.newsletter.name} · {number}"
    preheader = row.preheader if not _names(row.preheader, said) else ""
    date = letters.date_text(row, at=at)
    return ArchiveLine(row.number, letters.path_of(row), subject, preheader, date)


def _names(text: str, said: Iterable[str]) -> bool:
    return any(words in text for words in said)


def _notes(edition: models.Edition, content: Content) -> dict[int, tuple[CorrectionNote, ...]]:
    since = edition.public_at
    found = stories.corrections_of(content.story_ids) if since else {}
    return {
        story_id: late
        for story_id, notes in found.items()
        if (late := tuple(note for note in notes if since and note.at > since))
    }


def _blocks(
    content: Content, shown: Mapping[str, Item], notes: Mapping[int, Any], site: Site,
    language: str,
) -> tuple[ArchiveBlock, ...]:  # fmt: skip
    origins = {one.slug: one.origin for one in mastheads.all_mastheads()} | {site.slug: ""}
    found: list[ArchiveBlock] = []
    for block in content.blocks:
        items: list[ArchiveItem] = []
        for item in block.items:
            if item.key in shown:
                led = any(b.items for b in found) or items or block.kind == BlockKind.JOBS
                told = notes.get(item.story_id, ())
                items.append(_item(item, shown[item.key], told, origins, is_lead=not led))
        found.append(_block(block, tuple(items), language))
    return tuple(block for block in found if block.items or block.paragraphs)


def _item(
    item: Item, now: Item, notes: tuple[CorrectionNote, ...], origins: Mapping[str, str], *,
    is_lead: bool,
) -> ArchiveItem:  # fmt: skip
    origin = origins.get(item.site, "")
    same = item.picture_id == now.picture_id
    picture = f"{origin}{item.picture}" if is_lead and item.picture and same else ""
    return ArchiveItem(now if notes else item, origin + now.path, picture, notes, is_lead)


def _block(block: Block, items: tuple[ArchiveItem, ...], language: str) -> ArchiveBlock:
    own = block.kind in {BlockKind.TEXT, BlockKind.SECTION}
    title = block.title or ("" if own else words_for(language).get(block.kind, ""))
    parts = [linked(part) for part in block.text.split("\n\n") if part.strip()]
    return ArchiveBlock(block.kind, title, tuple(parts), items)
