"""What the desk sees: every page of a title, its versions, what is still blank, messages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.standing import models
from dateline.standing.domain.kinds import OWED, PageKind, blanks
from dateline.standing.domain.templates import template_of

MOST_VERSIONS = 50
MOST_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One page in a list. `number` 0 is our template; `blanks` are what it leaves open."""

    kind: PageKind
    number: int
    at: datetime | None
    blanks: tuple[str, ...]

    @property
    def owed(self) -> bool:
        """Whether readers look for something here that is not said yet."""
        return bool(self.blanks) and self.kind in OWED


@dataclass(frozen=True, slots=True)
class Board:
    """The pages of one title. `contact` is a row of Contact, or None."""

    site: Site
    lines: tuple[Line, ...]
    contact: Any

    @property
    def open(self) -> int:
        """How many things readers look for here are missing."""
        return sum(line.owed for line in self.lines) + (self.contact is None)


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in the editor: a version's text, or our template with number 0."""

    number: int
    text: str


def boards(sites: Iterable[Site]) -> list[Board]:
    """Every page of these titles. Two queries."""
    named = list(sites)
    ids = [site.id for site in named]
    newest: dict[int, dict[str, models.PageVersion]] = defaultdict(dict)
    for row in models.PageVersion.objects.filter(masthead_id__in=ids).order_by("number"):
        newest[row.masthead_id][row.kind] = row
    contacts = {row.masthead_id: row for row in models.Contact.objects.filter(masthead_id__in=ids)}
    return [
        Board(
            site,
            tuple(_line(site, kind, newest[site.id].get(kind)) for kind in PageKind),
            contacts.get(site.id),
        )
        for site in named
    ]


def _line(site: Site, kind: PageKind, row: models.PageVersion | None) -> Line:
    text = row.text if row else template_of(kind, site.language, title=site.name)
    missing = tuple(blanks(text))
    return Line(kind, row.number if row else 0, row.at if row else None, missing)


def text(site: Site, kind: PageKind) -> Text:
    """What readers see now, as the desk edits it. One query."""
    row = _versions(site, kind).first()
    if row is None:
        return Text(0, template_of(kind, site.language, title=site.name))
    return Text(row.number, row.text)


def versions(site: Site, kind: PageKind) -> list[models.PageVersion]:
    """The newest versions of a page with who wrote each, newest first. One query."""
    return list(_versions(site, kind).select_related("by")[:MOST_VERSIONS])


def messages(site: Site) -> list[models.Message]:
    """What readers wrote last, newest first. One query."""
    rows = models.Message.objects.filter(masthead_id=site.id)
    return list(rows.order_by("-given_at", "-pk")[:MOST_MESSAGES])


def _versions(site: Site, kind: PageKind) -> Any:
    return models.PageVersion.objects.filter(masthead_id=site.id, kind=kind).order_by("-number")
