"""The network as reader pages and the desk see it: plain, frozen, read in two queries."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import models
from dateline.mastheads.domain.site import Edition, SectionNode, Site, Tokens
from dateline.prepared import Prepared


class _Masthead(NamedTuple):
    """A masthead's row, as far as its pages need it."""

    pk: int
    slug: str
    name: str
    tagline: str
    host: str
    language: str
    time_zone: str
    edition_of_id: int | None
    legal_line: str
    look: str
    wordmark: str
    ink: str
    paper: str
    accent: str
    ink_dark: str
    paper_dark: str
    accent_dark: str
    about: str
    alarm: int


class _Section(NamedTuple):
    """A section's row."""

    pk: int
    masthead_id: int
    parent_id: int | None
    name: str
    slug: str
    standfirst: str
    in_navigation: bool


_mastheads = Prepared(
    lambda: models.Masthead.objects.order_by("place", "id").values_list(*_Masthead._fields),
    of=_Masthead._make,
)
_sections = Prepared(
    lambda: models.Section.objects.order_by("place", "id").values_list(*_Section._fields),
    of=_Section._make,
)


def all_mastheads() -> list[Site]:
    """Every masthead of the network, in the network's order. Two queries."""
    edge.depend(keys.network())
    rows, sections = tuple(_mastheads()), tuple(_sections())
    origins = tuple(origin_of(row.host) for row in rows)
    return list(_network(rows, sections, origins))


@lru_cache(maxsize=4)  # most pages are made of the same rows as the page before
def _network(
    rows: tuple[_Masthead, ...], sections: tuple[_Section, ...], origins: tuple[str, ...]
) -> tuple[Site, ...]:
    nodes, origin = _trees(sections), dict(zip((row.pk for row in rows), origins, strict=True))
    return tuple(_site(row, rows, nodes.get(row.pk, ()), origin) for row in rows)


def by_host(host: str) -> Site | None:
    """The masthead readers find at `host` (no port, any case), or None."""
    return next((s for s in all_mastheads() if s.host == host.lower().rstrip(".")), None)


def by_slug(slug: str) -> Site | None:
    """The masthead with this slug, or None."""
    return next((s for s in all_mastheads() if s.slug == slug), None)


def by_id(masthead_id: int) -> Site | None:
    """The masthead with this id, or None."""
    return next((s for s in all_mastheads() if s.id == masthead_id), None)


def wordmark(masthead_id: int) -> bytes | None:
    """The SVG of a masthead's wordmark, checked when it was stored; None where there is none."""
    edge.depend(keys.chrome(masthead_id))
    file = models.Masthead.objects.get(pk=masthead_id).wordmark
    if not file.name or not file.storage.exists(file.name):
        return None
    with file.open("rb") as drawing:
        return bytes(drawing.read())


def section_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Every section below its masthead's name, as (id, name), for a form to choose from.

    Mastheads and sections are in navigation order; a nested section is named after those above it.
    """
    return [(site.name, _named(site.sections)) for site in all_mastheads()]


def _named(nodes: Iterable[SectionNode], above: str = "") -> list[tuple[int, str]]:
    found = []
    for node in nodes:
        name = f"{above}{node.name}"
        found += [(node.id, name), *_named(node.children, f"{name} / ")]
    return found


def hosts() -> set[str]:
    """Every host the network answers on for readers."""
    return set(models.Masthead.objects.values_list("host", flat=True))


def _trees(sections: Iterable[_Section]) -> dict[int, tuple[SectionNode, ...]]:
    below: dict[tuple[int, int | None], list[_Section]] = {}
    for section in sections:
        below.setdefault((section.masthead_id, section.parent_id), []).append(section)

    def grow(masthead_id: int, parent_id: int | None) -> tuple[SectionNode, ...]:
        return tuple(
            SectionNode(
                s.pk, s.slug, s.name, s.standfirst, s.in_navigation, s.parent_id,
                grow(masthead_id, s.pk),
            )
            for s in below.get((masthead_id, parent_id), ())
        )  # fmt: skip

    return {masthead_id: grow(masthead_id, None) for masthead_id, _ in below}


def _site(
    row: _Masthead,
    rows: tuple[_Masthead, ...],
    sections: tuple[SectionNode, ...],
    origin: dict[int, str],
) -> Site:
    title = row.edition_of_id or row.pk
    editions = [r for r in rows if title in (r.pk, r.edition_of_id) and r.pk != row.pk]
    return Site(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        tagline=row.tagline,
        host=row.host,
        origin=origin[row.pk],
        language=row.language,
        time_zone=row.time_zone,
        legal_line=row.legal_line,
        look=row.look,
        tokens=Tokens(
            row.ink, row.paper, row.accent, row.ink_dark, row.paper_dark, row.accent_dark
        ),
        wordmark_url=_wordmark_url(row.wordmark),
        about=row.about,
        editions=tuple(Edition(e.slug, e.name, e.language, origin[e.pk]) for e in editions),
        sections=sections,
        alarm=row.alarm,
    )


def _wordmark_url(name: str) -> str:
    return models.Masthead(wordmark=name).wordmark.url if name else ""


def origin_of(host: str) -> str:
    """`scheme://host[:port]` for a host of the network, as readers reach it."""
    origin: str = import_string(settings.DATELINE_ORIGIN_OF)(host)
    return origin


def host_of(origin: str) -> str:
    """The host of an origin, without port."""
    return urlsplit(origin).hostname or ""
