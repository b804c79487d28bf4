"""Add and change the sites of the network. One function per verb, one transaction each."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from xml.etree.ElementTree import TreeBuilder
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from wagtail.models import Page, Site

from dateline import clock
from dateline.mastheads import models
from dateline.mastheads.domain.errors import MastheadRefused
from dateline.mastheads.domain.look import colour_problem
from dateline.mastheads.events import MastheadChanged
from dateline.outbox import services as outbox

HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
# What the pages of other mastheads show of one: in their footer, their menu, their languages.
SHOWN_ELSEWHERE = ("slug", "name", "tagline", "host", "language", "place", "edition_of_id")
RESERVED_LABELS = frozenset({"desk", "account", "www"})  # DESIGN 5: one desk, one account host
WORDMARK_LIMIT = 200_000  # bytes; an outlined wordmark is a tenth of that
SVG = "{http://www.w3.org/2000/svg}"
SAFE_SVG_TAGS = frozenset(
    SVG + tag
    for tag in ("svg", "g", "path", "title", "desc", "defs", "rect", "circle", "ellipse", "line",
                "polygon", "polyline", "clipPath", "mask", "symbol")
)  # fmt: skip
# A value that leads out of the drawing, or is written so that one cannot see where it leads.
ELSEWHERE = re.compile(
    r"url\(\s*+['\"]?+\s*+(?!#)|(image|image-set|src|cross-fade)\(|\\", re.IGNORECASE
)


@transaction.atomic
def save_masthead(masthead: models.Masthead, *, by: str) -> int:
    """Check and store a masthead, new or changed, with its Wagtail site; return its id.

    Hosts, allowed hosts and CSRF origins follow at once: they are read from these rows.

    Raises:
        MastheadRefused: a host, time zone, edition or colour that cannot be; says which.

    """
    masthead.host = masthead.host.strip().lower().rstrip(".")
    problems = problems_of(masthead)
    if problems:
        raise MastheadRefused(problems)
    before = models.Masthead.objects.filter(pk=masthead.pk).values(*SHOWN_ELSEWHERE).first()
    masthead.site = _site_for(masthead)
    masthead.alarm = models.Masthead.objects.aggregate(most=Max("alarm"))["most"] or 0
    masthead.save()
    after = {name: getattr(masthead, name) for name in SHOWN_ELSEWHERE}
    _changed(masthead.pk, by=by, titles=before != after)
    return masthead.pk


@transaction.atomic
def delete_masthead(masthead_id: int, *, by: str) -> None:
    """Take a masthead off the network with its sections; no page names it any more.

    Raises:
        Masthead.DoesNotExist: there is no such masthead.
        ProtectedError: stories are placed there, or it has editions.

    """
    models.Masthead.objects.select_for_update().get(pk=masthead_id).delete()
    _changed(masthead_id, by=by, titles=True)


def set_alarm(level: int) -> None:
    """Write the network's alarm beside every masthead, where each of its pages finds it.

    For `fronts`, inside the transaction in which it decides; it tells whoever must know.
    """
    models.Masthead.objects.update(alarm=level)


@transaction.atomic
def delete_section(section_id: int, *, by: str) -> None:
    """Take a section out of its masthead, whose pages follow.

    Raises:
        Section.DoesNotExist: there is no such section.
        ProtectedError: stories are placed there, or sections stand under it.

    """
    section = models.Section.objects.select_for_update().get(pk=section_id)
    section.delete()
    _changed(section.masthead_id, by=by, titles=False)


def _changed(masthead_id: int, *, by: str, titles: bool) -> None:
    outbox.record(MastheadChanged(masthead_id=masthead_id, at=clock.now(), by=by, titles=titles))


def _site_for(masthead: models.Masthead) -> Site:
    site = masthead.site if masthead.site_id else Site(root_page=Page.get_first_root_node())
    site.hostname, site.port, site.site_name = masthead.host, 80, masthead.name[:255]
    site.save()
    return site


def problems_of(masthead: models.Masthead) -> dict[str, str]:
    """What is wrong with a masthead not yet stored: field names and sentences; empty when fine."""
    found = {
        "host": _host_problem(masthead),
        "time_zone": _zone_problem(masthead.time_zone),
        "edition_of": _edition_problem(masthead),
        **{
            name: colour_problem(name, getattr(masthead, name), on=getattr(masthead, paper))
            for name, paper in (
                ("ink", "paper"), ("accent", "paper"),
                ("ink_dark", "paper_dark"), ("accent_dark", "paper_dark"),
            )
        },
    }  # fmt: skip
    return {name: problem for name, problem in found.items() if problem}


def _host_problem(masthead: models.Masthead) -> str | None:
    host = masthead.host
    if not HOST.fullmatch(host):
        return f"{host!r} is not a host name. Use letters, digits, hyphens and dots: news.example."
    if host.split(".")[0] in RESERVED_LABELS:
        return f"{host} is kept for the network's own pages. Choose another first part."
    if models.Masthead.objects.filter(host=host).exclude(pk=masthead.pk).exists():
        return f"{host} is already the host of another masthead."
    return None


def _zone_problem(name: str) -> str | None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return f"{name!r} is not an IANA time zone. Write it as Asia/Tokyo."
    return None


def _edition_problem(masthead: models.Masthead) -> str | None:
    title = masthead.edition_of
    if title and title.edition_of_id:
        return f"{title} is itself an edition. Choose the title it belongs to."
    return None


@transaction.atomic
def create_masthead(
    *, sections: Mapping[str, str], by: str, edition_of: str = "", **fields: Any
) -> int:
    """Add a masthead with its sections, or leave the one with this slug as it is; return its id.

    `sections` maps paths to names in navigation order: `sports/sumo` stands under `sports`, which
    comes before it. `edition_of` is a slug. `fields` are those of Masthead.

    Raises:
        MastheadRefused: a host, time zone, edition or colour that cannot be; says which.

    """
    known = models.Masthead.objects.filter(slug=fields["slug"]).first()
    if known:
        return known.pk
    title = models.Masthead.objects.filter(slug=edition_of).first()
    masthead_id = save_masthead(models.Masthead(edition_of=title, **fields), by=by)
    made: dict[str, models.Section] = {}
    for path, name in sections.items():
        above, _, slug = path.rpartition("/")
        made[path] = models.Section(name=name, slug=slug, parent=made.get(above))
    save_sections(masthead_id, made.values(), by=by)
    return masthead_id


@transaction.atomic
def save_sections(
    masthead_id: int, wanted: Iterable[models.Section], *, by: str
) -> list[models.Section]:
    """Store sections of one masthead in the order given; return them as stored.

    A section that holds stories is never removed here. Parents must come before their children.

    Raises:
        MastheadRefused: a parent of another masthead, or a circle.

    """
    sections = list(wanted)
    for place, section in enumerate(sections):
        section.masthead_id = masthead_id
        section.place = place
        save_section(section, by=by)
    return sections


@transaction.atomic
def save_section(section: models.Section, *, by: str) -> int:
    """Check and store one section, new or changed; return its id.

    Raises:
        MastheadRefused: a parent of another masthead, or a circle.

    """
    problem = parent_problem(section)
    if problem:
        raise MastheadRefused({"parent": problem})
    section.save()
    _changed(section.masthead_id, by=by, titles=False)
    return section.pk


def parent_problem(section: models.Section) -> str | None:
    """What is wrong with where a section stands, in a sentence, or None."""
    ancestor = section.parent
    while ancestor:
        if ancestor.masthead_id != section.masthead_id:
            return f"{ancestor.name} is a section of another masthead."
        if ancestor.pk and ancestor.pk == section.pk:
            return f"{section.name} would stand under itself."
        ancestor = ancestor.parent
    return None


@transaction.atomic
def set_wordmark(masthead_id: int, svg: bytes, *, by: str) -> None:
    """Use `svg` as a masthead's wordmark: plain shapes only, at most 200 kB.

    Raises:
        MastheadRefused: not SVG, too large, or with scripts, styles, links or foreign content.

    """
    problem = wordmark_problem(svg)
    if problem:
        raise MastheadRefused({"wordmark": problem})
    masthead = models.Masthead.objects.select_for_update().get(pk=masthead_id)
    masthead.wordmark.save(f"{masthead.slug}.svg", ContentFile(svg), save=False)
    masthead.save(update_fields=["wordmark"])
    _changed(masthead_id, by=by, titles=False)


class _Drawing(TreeBuilder):
    """Takes no instruction: <?xml-stylesheet?> fetches a sheet, or a program that writes HTML."""

    def pi(self, target: str, text: str | None = None) -> NoReturn:
        """Refuse it."""
        del text
        raise ValueError(f"it holds an instruction, <?{target}?>")


def _drawing(svg: bytes) -> Any:
    parser = ElementTree.XMLParser(target=_Drawing(), forbid_dtd=True)
    parser.feed(svg)
    return parser.close()


def wordmark_problem(svg: bytes) -> str | None:
    """What is wrong with a drawing as a wordmark, in a sentence, or None."""
    if len(svg) > WORDMARK_LIMIT:
        return f"The file is {len(svg):,} bytes; a wordmark may have {WORDMARK_LIMIT:,}."
    try:
        root = _drawing(svg)
    except (ElementTree.ParseError, ValueError) as error:
        return f"This is not an SVG drawing: {error}."
    for element in root.iter():
        if element.tag not in SAFE_SVG_TAGS:
            return (
                f"The drawing holds <{element.tag.split('}')[-1]}>; only plain shapes are allowed."
            )
        for name, value in element.attrib.items():
            plain = name.split("}")[-1].lower()
            acts = plain.startswith("on") or plain in {"href", "style"}
            if acts or ELSEWHERE.search(value):
                return f"The drawing has an attribute {plain}; only plain shapes are allowed."
    return None if root.tag == SVG + "svg" else "This is not an SVG drawing."
