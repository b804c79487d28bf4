"""What the public interface says of a title, a story and one that is gone: plain data for JSON.

Names follow ninjs 2.1 (IPTC) where it has one: `pubstatus`, `headline`, `bylines`, `usageterms`.
Moments are written in UTC as RFC 3339.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from dateline.mastheads.domain.site import SectionNode, Site
from dateline.stories.domain.gate import Closed
from dateline.stories.domain.legal import Demand
from dateline.stories.domain.pages import Card, CorrectionNote, Gone, ShownVersion, StoryPage
from dateline.stories.domain.translation import Tongue, Translation
from dateline.web.domain.legal_words import sentence

ROOT = "/api/1/"
USABLE, WITHHELD, CANCELED = "usable", "withheld", "canceled"
STATUS = {Closed.KILLED: CANCELED}  # whatever else is closed may come back


def moment(at: datetime) -> str:
    """`at`, aware, as RFC 3339 in UTC: `2026-11-30T02:38:02Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def title(site: Site) -> dict[str, Any]:
    """A title: who it is, its sections with what is below them, and where its stories are."""
    return {
        "name": site.name,
        "tagline": site.tagline,
        "url": f"{site.origin}/",
        "language": site.language,
        "time_zone": site.time_zone,
        "copyright": site.legal_line,
        "sections": [_section(site, node) for node in site.sections],
        "stories": f"{site.origin}{ROOT}stories",
        "changes": f"{site.origin}{ROOT}changes",
        "description": f"{site.origin}{ROOT}openapi.json",
    }


def _section(site: Site, node: SectionNode) -> dict[str, Any]:
    return {
        "slug": node.slug,
        "name": node.name,
        "url": site.origin + node.path,
        "stories": f"{site.origin}{ROOT}stories?section={node.slug}",
        "sections": [_section(site, below) for below in node.children],
    }


def listed(
    site: Site, cards: Sequence[tuple[Card, dict[str, Any] | None]], *, section: str, more: bool
) -> dict[str, Any]:
    """One page of a list: each card with its picture, and where the next page is, or null."""
    own = f"section={section}&" if section else ""
    last = cards[-1][0].story_id if cards else 0
    return {
        "stories": [summary(site, card, picture) for card, picture in cards],
        "next": f"{site.origin}{ROOT}stories?{own}before={last}" if more else None,
    }


def summary(site: Site, card: Card, picture: dict[str, Any] | None) -> dict[str, Any]:
    """A story as a list tells of it."""
    return {
        "id": card.story_id,
        "uri": f"urn:dateline:story:{card.story_id}",
        "pubstatus": USABLE,
        "kind": card.kind,
        "url": site.origin + card.path,
        "self": f"{site.origin}{ROOT}stories/{card.story_id}",
        "headline": card.headline,
        "standfirst": card.standfirst,
        "byline": card.byline,
        "dateline": card.dateline,
        "section": {"name": card.kicker, "url": site.origin + card.section_path},
        "language": card.language,
        "urgency": card.urgency,
        "published": moment(card.published_at),
        "updated": moment(card.updated_at),
        "corrected": card.corrected,
        "picture": picture,
    }


def whole(
    site: Site, page: StoryPage, *, body: Iterable[dict[str, Any]], picture: dict[str, Any] | None
) -> dict[str, Any]:
    """A story with its text, in blocks, and all that stands around it on its page."""
    sources = page.sources
    return {
        **summary(site, page.card, picture),
        "canonical": page.canonical_url,
        "bylines": [{"name": person.name, "role": person.role} for person in page.people],
        "topics": [{"name": t.name, "slug": t.slug, "qcode": t.qcode} for t in page.topics],
        "corrections": [_note(note) for note in page.corrections],
        "copyright": [line for line in (page.copyright_line, site.legal_line) if line],
        "usageterms": page.usage_terms,
        "agency": sources.agency if sources else None,
        "translation": _translation(page.translation) if page.translation else None,
        "translations": [_tongue(other) for other in page.tongues],
        "versions": f"{site.origin}{ROOT}stories/{page.card.story_id}/versions",
        "body": list(body),
    }


def _translation(told: Translation) -> dict[str, Any]:
    return {
        "how": told.how.value,
        "by": told.name or None,
        "of": _tongue(told.original) if told.original else None,
    }


def _tongue(other: Tongue) -> dict[str, Any]:
    return {"language": other.language, "headline": other.headline, "url": other.url}


def _note(note: CorrectionNote) -> dict[str, Any]:
    return {"kind": note.kind, "text": note.text, "at": moment(note.at)}


def history(site: Site, story_id: int, versions: Iterable[ShownVersion]) -> dict[str, Any]:
    """Every text readers saw of a story, newest first, and why each came."""
    return {
        "story": f"{site.origin}{ROOT}stories/{story_id}",
        "versions": [
            {
                "number": v.number,
                "change": v.change,
                "note": v.note,
                "source": v.source,
                "from": moment(v.shown_from),
                "until": moment(v.shown_until) if v.shown_until else None,
                "headline": v.headline,
                "standfirst": v.standfirst,
                "text": v.body,
            }
            for v in versions
        ],
    }


def gone(site: Site, found: Gone) -> dict[str, Any]:
    """What is said of a story that was here: that it is gone and since when, and nothing of it.

    Where the law demands it, who demanded that and why (RFC 7725).
    """
    status = STATUS.get(found.closed, WITHHELD)
    return problem(
        found.status,
        "The story is withheld for legal reasons." if found.demand else "The story is gone.",
        f"Take it down wherever you show it. Its status is {status}.",
        id=found.story_id,
        uri=f"urn:dateline:story:{found.story_id}",
        self=f"{site.origin}{ROOT}stories/{found.story_id}",
        pubstatus=status,
        reason=str(found.closed),
        since=moment(found.at) if found.at else None,
        demand=_demand(site, found.demand) if found.demand else None,
    )


def _demand(site: Site, demand: Demand) -> dict[str, Any]:
    return {
        "ground": demand.ground.value,
        "by": demand.by or None,
        "made_on": demand.made_on.isoformat() if demand.made_on else None,
        "place": demand.place or None,
        "reference": demand.reference or None,
        "copy": demand.copy_url or None,
        "text": sentence(demand, site.language),
    }


def not_licensed(site: Site, found: Gone) -> dict[str, Any]:
    """What is said of a story that people may read here, but whose licence leaves programs out."""
    return problem(
        403,
        "The licence of this story does not cover its use by programs.",
        "Leave it out, or lead your readers to our pages.",
        id=found.story_id,
        uri=f"urn:dateline:story:{found.story_id}",
        self=f"{site.origin}{ROOT}stories/{found.story_id}",
        pubstatus=WITHHELD,
        reason=str(found.closed),
        since=None,
        demand=None,
    )


def problem(status: int, summary: str, detail: str, **more: Any) -> dict[str, Any]:
    """Problem details (RFC 9457): which answer, what is wrong, what to do."""
    return {"type": "about:blank", "title": summary, "status": status, "detail": detail, **more}
