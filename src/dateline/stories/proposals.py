"""What a notice in words may mean: the stories and items to show to the person who decides."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from dateline.media import queries as media
from dateline.stories import models
from dateline.stories.domain.resemblance import Notice, Reason, Suspect, why
from dateline.stories.words import copy_of
from dateline.wire.queries import items as wire
from dateline.wire.queries import notices

WITHIN = timedelta(hours=48)  # what came in this long before or after a notice may be meant
MOST = 500  # stories that are compared word by word, the newest
_WORDS = 600  # characters of the agency's words to begin the reason with


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story, or an item without one, that a notice may mean.

    `id` is a story's or a wire item's. `where` names its mastheads, `public_since` is aware UTC and
    None where readers cannot see it. `picture` is media's row or None.
    """

    is_story: bool
    id: int
    family: str
    headline: str
    language: str
    picture: Any
    reasons: tuple[Reason, ...]
    where: tuple[str, ...] = ()
    public_since: datetime | None = None

    @property
    def is_ticked(self) -> bool:
        """Whether the notice itself says so: then a person need not tick it."""
        return any(reason.strong for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A notice, what it may mean, and the agency's words to begin the reason with."""

    row: models.KillProposal
    item: Any
    candidates: tuple[Candidate, ...]
    reason: str


def proposal(alarm_id: int) -> Proposal:
    """A proposal with what it may mean now: what came in since the notice is among it.

    Raises:
        KillProposal.DoesNotExist: there is no such alarm, or it proposes nothing.

    """
    row = models.KillProposal.objects.select_related("alarm").get(alarm_id=alarm_id)
    item = wire.item_row(row.alarm.wire_item_id or 0)
    notice = notice_of(item)
    since, until = item.received_at - WITHIN, item.received_at + WITHIN
    near = notices.came_in(
        item.provider_id, since=since, until=until, families={item.family, *notice.related}
    )
    asking = set(models.KillProposal.objects.values_list("alarm__wire_item_id", flat=True))
    near = [one for one in near if one.pk not in asking]
    found = [*_stories(item, notice, near, since=since), *_items(item, notice, near)]
    return Proposal(
        row=row, item=item, candidates=tuple(sorted(found, key=_rank)), reason=_reason(item)
    )


def _rank(one: Candidate) -> tuple[bool, bool, int, int]:
    return (not one.is_ticked, not one.is_story, -len(one.reasons), -one.id)


def notice_of(item: Any) -> Notice:
    """A wire item as the notice it is."""
    asked = notices.asked_in_words(item)
    texts = (item.headline, item.slugline, item.caption, item.summary, item.ed_note, item.body_text)
    return Notice(
        family=item.family,
        related=notices.related_families(item),
        slugline=item.slugline,
        heading=f"{item.headline} {item.slugline} {item.caption}",
        named=" ".join(filter(None, asked.values())),
        words="\n".join(filter(None, texts)),
        is_picture=item.kind == "picture",
    )


def _reason(item: Any) -> str:
    words = (item.headline, item.ed_note or item.body_text or item.caption)
    said = " ".join(" ".join(filter(None, words)).split())
    return f"{item.provider.name}: {said}"[:_WORDS].strip()


def _stories(item: Any, notice: Notice, near: list[Any], *, since: datetime) -> list[Candidate]:
    known: dict[str, list[Any]] = defaultdict(list)
    for one in near:
        known[one.family].append(one)
    rows = models.Story.objects.filter(
        Q(created_at__gte=since) | Q(updated_at__gte=since) | Q(wire_family__in=list(known)),
        Q(provider_id=item.provider_id) | Q(provider=None),
        killed_at=None,
    )
    rows = rows.select_related("lead_picture").order_by("-pk")
    rows = rows.prefetch_related("placements__masthead", "bylines__person")
    found = []
    for story in rows[:MOST]:
        reasons = why(notice, _suspect_story(story, known.get(story.wire_family, [])))
        if reasons:
            found.append(_of_story(story, _weigh(reasons, meant=not notice.means_a_picture)))
    return found


def _suspect_story(story: models.Story, versions: list[Any]) -> Suspect:
    return Suspect(
        families=frozenset({story.wire_family} - {""}),
        sluglines=tuple(dict.fromkeys(one.slugline for one in versions)),
        headlines=tuple(dict.fromkeys((story.headline, *(one.headline for one in versions)))),
        text=copy_of(story).body,
    )


def _of_story(story: models.Story, reasons: tuple[Reason, ...]) -> Candidate:
    shown = [p for p in story.placements.all() if p.published_at] if story.live else []
    return Candidate(
        is_story=True,
        id=story.pk,
        family=story.wire_family,
        headline=story.headline,
        language=story.language,
        picture=story.lead_picture,
        reasons=reasons,
        where=tuple(p.masthead.name for p in story.placements.all()),
        public_since=min((p.published_at for p in shown if p.published_at), default=None),
    )


def _items(item: Any, notice: Notice, near: list[Any]) -> list[Candidate]:
    """Items nobody made a story of, the newest version of each: nobody shall."""
    made = models.Story.objects.filter(
        provider_id=item.provider_id, wire_family__in={one.family for one in near}
    )
    seen = set(made.values_list("wire_family", flat=True))
    found = []
    for one in near:
        if one.family in seen:
            continue
        seen.add(one.family)
        reasons = why(notice, _suspect_item(one))
        if reasons and not wire.is_family_killed(item.provider_id, one.family):
            is_meant = notice.means_a_picture == (one.kind == "picture")
            found.append(_of_item(one, _weigh(reasons, meant=is_meant)))
    return found


def _suspect_item(one: Any) -> Suspect:
    return Suspect(
        families=frozenset({one.family}),
        sluglines=(one.slugline,),
        headlines=(one.headline, one.caption),
    )


def _of_item(one: Any, reasons: tuple[Reason, ...]) -> Candidate:
    return Candidate(
        is_story=False,
        id=one.pk,
        family=one.family,
        headline=one.headline or one.caption or one.slugline,
        language=one.language,
        picture=media.by_id(one.picture_id) if one.picture_id else None,
        reasons=reasons,
    )


def _weigh(reasons: tuple[Reason, ...], *, meant: bool) -> tuple[Reason, ...]:
    """A notice about a picture names the story it was sent with, and the other way round."""
    return reasons if meant else tuple(replace(one, strong=False) for one in reasons)
