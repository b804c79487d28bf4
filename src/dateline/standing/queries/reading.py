"""What readers see of a title's standing pages."""

from dataclasses import dataclass
from datetime import datetime

from dateline import markup
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.standing import models
from dateline.standing.domain.kinds import PageKind, without_blanks
from dateline.standing.domain.templates import template_of
from dateline.standing.domain.words import words_for


@dataclass(frozen=True, slots=True)
class Standing:
    """One page. `html` is safe; `changed_at` is aware UTC, None for our own template."""

    kind: PageKind
    title: str
    html: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Where messages to a title go, and whether a form takes them."""

    address: str
    by_form: bool


def standing(site: Site, kind: PageKind) -> Standing | None:
    """A page of a title, or None for a list of people that nobody wrote yet. One query."""
    edge.depend(keys.standing(site.id))
    rows = models.PageVersion.objects.filter(masthead_id=site.id, kind=kind)
    row = rows.order_by("-number").first()
    text = row.text if row else template_of(kind, site.language, title=site.name)
    return drawn(site, kind, text, changed_at=row.at if row else None) if text else None


def drawn(site: Site, kind: PageKind, text: str, *, changed_at: datetime | None) -> Standing:
    """`text` as readers would see it: nothing in it acts, and what is blank says so."""
    w = words_for(site.language)
    return Standing(kind, w[kind], without_blanks(markup.clean(text), w["unsaid"]), changed_at)


def contact(site: Site) -> ContactCard | None:
    """Where messages go, or None where nobody said. One query."""
    edge.depend(keys.standing(site.id))
    row = models.Contact.objects.filter(masthead_id=site.id).first()
    return ContactCard(row.address, row.by_form) if row else None
