"""What readers may see, always through the gate; every list is newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories import cards, list_rows, models, recording, rows, tongues
from dateline.stories.arrivals import arrived
from dateline.stories.cards import Line, card_of
from dateline.stories.closing import gone_of
from dateline.stories.domain.body_pictures import shown_in
from dateline.stories.domain.gate import Use, Verdict, decide
from dateline.stories.domain.pages import (
    BylinePerson,
    Card,
    CorrectionNote,
    Gone,
    Page,
    ShownVersion,
    SourceChain,
    StoryPage,
    TopicLink,
)
from dateline.stories.domain.versions import NOT_YET

SECTION_PAGE = 24  # cards
FEED_LENGTH = 50  # items
told_wrong = rows.told_wrong  # what readers were told about mistakes, to filter by

gate_facts = cards.gate_facts
path_of = cards.path_of


def open_placements(*, use: Use, at: datetime) -> QuerySet[models.Placement]:
    """Every placement for which the gate is open on its own masthead; to filter by."""
    return models.Placement.objects.filter(rows.shown(None, use=use, at=at)).order_by()


def gate(placement: models.Placement, *, masthead: str, use: Use, at: datetime) -> Verdict:
    """Ask the gate about one placement with its story loaded."""
    return decide(gate_facts(placement.story, placement), masthead=masthead, use=use, at=at)


def front(
    site: Site, *, at: datetime, limit: int = 60, promoted_on: Site | None = None,
    named: bool = True,
) -> list[Card]:  # fmt: skip
    """Up to `limit` cards for a masthead's front: pinned first by rank, then newest.

    `promoted_on` is another masthead that points to them: its licence must cover that too. Without
    `named` nobody is named over them, and one query is saved.
    """
    listing = rows.Listing.of(site, None, Use.WEB, promoted_on)
    found = rows.pinned(listing, limit, at=at)
    if len(found) < limit:
        found += rows.not_pinned(listing, limit, at=at)[: limit - len(found)]
    return listed(site, None, found, at=at, far=limit > recording.TOP_OF_A_LIST, named=named)


def section(
    site: Site, section_ids: Sequence[int], *, at: datetime, page: int = 1, size: int = SECTION_PAGE
) -> Page[Card]:
    """One page, numbered from 1, of the stories in these sections of a masthead.

    A far page is found on the index alone and its rows are then read by id, so that it costs little
    and nothing is ever counted.
    """
    listing = rows.Listing.of(site, section_ids, Use.WEB)
    start = (page - 1) * size
    # One more than shown: it makes `has_next`.
    if start:
        found = list_rows.of_section(listing, start, size, at=at)
    else:
        found = rows.newest(listing, size + 1, at=at)
    far = start > 0 or size >= recording.TOP_OF_A_LIST
    shown = listed(site, section_ids, found, at=at, far=far)
    return Page(shown[:size], page, has_next=len(shown) > size)


def latest(site: Site, *, at: datetime, since: datetime, newest: int, most: int) -> list[Card]:
    """The `newest` stories of a masthead and all that may have opened after `since`, newest first.

    Of the latter at most `most`; both moments are aware UTC.
    """
    listing = rows.Listing.of(site, None, Use.WEB)
    came = rows.open_in(listing, at=at).filter(arrived(since=since, at=at)).order_by("-story_id")
    lines = (*rows.newest(listing, newest, at=at), *map(cards.line, came[:most]))
    by_id = {row.pk: row for row in lines}
    found = sorted(by_id.values(), key=lambda row: (row.published_at, row.pk), reverse=True)
    edge.depend(keys.list_of(site.id))  # near and far: an old story may come back
    edge.depend(*(keys.story(row.story_id) for row in found))  # a line says when it changed
    return listed(site, None, found, at=at, far=True)


def feed(
    site: Site,
    section_ids: Sequence[int] | None = None,
    *,
    at: datetime,
    limit: int = FEED_LENGTH,
) -> list[Card]:
    """The newest stories whose licence covers feeds, of a masthead or of some of its sections."""
    found = rows.newest(rows.Listing.of(site, section_ids, Use.FEED), limit, at=at)
    edge.depend(*(keys.story(row.story_id) for row in found))  # an item says when it changed
    return listed(site, section_ids, found, at=at, far=limit > recording.TOP_OF_A_LIST)


def listed(
    site: Site,
    section_ids: Sequence[int] | None,
    found: list[Line],
    *,
    at: datetime,
    far: bool,
    named: bool = True,
) -> list[Card]:
    """Cards of these placements, with all that the list depends on recorded. One query."""
    people: dict[int, list[str]] = {}
    asked = [row.story_id for row in found] if named else []
    for story_id, person_id, name in rows.names(stories=asked):
        edge.depend(keys.person(person_id))
        people.setdefault(story_id, []).append(name)
    noted = recording.listed(site, section_ids, found, at=at, far=far)
    return [_noted(_named(row.card, people.get(row.story_id))) for row in noted]


def _named(shown: Card, people: Sequence[str] | None) -> Card:
    return replace(shown, byline=", ".join(people)) if people else shown


def story_page(
    site: Site, story_id: int, *, at: datetime, use: Use = Use.WEB
) -> StoryPage | Gone | None:
    """What a story's address answers on a masthead: the page, that it is gone, or None.

    None means readers never found it here: a draft, a story of another masthead, or one still
    under embargo or schedule, whose existence must not be told either.
    """
    edge.depend(keys.story(story_id))
    placement = next(iter(rows.on_masthead(site.id, story=story_id)), None)
    if not placement or not placement.published_at:
        return None
    verdict = gate(placement, masthead=site.slug, use=use, at=at)
    if verdict.closed:
        edge.opens_at(verdict.until)
        return gone_of(placement, verdict, masthead=site.slug, at=at)
    edge.closes_at(verdict.until)
    parts = _stored(placement, site, at=at)
    return _page(placement.story, placement, site, parts, at=at, until=verdict.until)


def page_of(
    story: models.Story, placement: models.Placement, site: Site, *, at: datetime
) -> StoryPage:
    """Everything a story page shows, from a story object, saved or not, as a preview needs it."""
    others = story.placements.exclude(masthead_id=placement.masthead_id) if story.pk else None
    parts = rows.Parts(
        bylines=list(story.bylines.all()),
        topics=list(story.topics.all()),
        corrections=list(story.corrections.order_by("at")) if story.pk else [],
        versions=story.versions.count() if story.pk else 0,
        from_desk=bool(story.pk and story.versions.filter(source="desk").exists()),
        others=_open(story, others.select_related("masthead", "section"), at=at) if others else [],
    )
    return _page(story, placement, site, parts, at=at, until=None)


def _stored(placement: Any, site: Site, *, at: datetime) -> rows.Parts:
    story = placement.story
    return rows.Parts(
        bylines=rows.bylines(story=story.pk),
        topics=rows.topics(story=story.pk),
        corrections=rows.corrections(story=story.pk),
        versions=placement.versions,
        from_desk=placement.from_desk,
        others=_open(story, rows.elsewhere(placement.masthead_id, story=story.pk), at=at),
        tongues=tongues.translations(story.pk, site, at=at) if placement.translated else (),
    )


def _page(
    story: models.Story,
    placement: models.Placement,
    site: Site,
    parts: rows.Parts,
    *,
    at: datetime,
    until: datetime | None,
) -> StoryPage:
    people = [b.person for b in parts.bylines]
    edge.depend(*(keys.person(b.person_id) for b in parts.bylines))
    edge.depend(*(keys.subject(topic.pk) for topic in parts.topics))
    return StoryPage(
        card=card(placement, story, [person.name for person in people]),
        body=story.body,
        people=tuple(BylinePerson(p.name, p.slug, p.role, p.portrait) for p in people),
        topics=tuple(TopicLink(t.name, t.slug, t.qcode) for t in parts.topics),
        corrections=tuple(CorrectionNote(c.kind, c.text, c.at) for c in parts.corrections),
        versions=parts.versions,
        copyright_line=story.copyright_line,
        usage_terms=_usage_terms(story),
        canonical_url=_canonical(placement, site, parts.others),
        sources=_sources(story, edited_here=parts.from_desk),
        elsewhere=tuple(
            (p.masthead.slug, mastheads.origin_of(p.masthead.host) + path_of(p))
            for p in parts.others
        ),
        comments_open=placement.comments_open,
        until=until,
        shareable=not story.licensed_uses or Use.SOCIAL in story.licensed_uses,
        series_id=story.series_id,
        series_number=story.series_number,
        translation=tongues.translation_of(story, site, at=at),
        tongues=parts.tongues,
    )


def _usage_terms(story: models.Story) -> str:
    """The agency's terms, then what the desk adds to them, a line each."""
    both = (story.agency_usage_terms or "", story.usage_terms)
    return "\n".join(dict.fromkeys(filter(None, both)))


def card(placement: models.Placement, story: models.Story, people: Sequence[str]) -> Card:
    """A story, saved or not, as one line of a list. `people` are the names over it, in order."""
    return _noted(card_of(placement, story, people))


def _noted(shown: Card) -> Card:
    """A card that is shown, and of which is noted when it must vanish."""
    edge.closes_at(shown.until)
    return shown


def is_corrected(story_id: int) -> bool:
    """Whether readers are told of a mistake in this story."""
    return bool(rows.told_wrong_of(story=story_id))


def _canonical(placement: models.Placement, site: Site, others: Sequence[models.Placement]) -> str:
    """Where search engines should look: the canonical placement while readers can see it."""
    owner = next((p for p in others if p.canonical), placement)
    if owner is placement:
        return site.origin + path_of(placement)
    return mastheads.origin_of(owner.masthead.host) + path_of(owner)


def _open(
    story: models.Story, others: Iterable[models.Placement], *, at: datetime
) -> list[models.Placement]:
    """Of a story's other placements those for which the gate is open."""
    found = list(others)
    edge.depend(*(keys.chrome(p.masthead_id) for p in found))  # their sections are in addresses
    return [
        p
        for p in found
        if decide(gate_facts(story, p), masthead=p.masthead.slug, use=Use.WEB, at=at).open
    ]


def _sources(story: models.Story, *, edited_here: bool) -> SourceChain | None:
    provider, item = story.provider, story.wire_item
    if not provider:
        return None
    edge.depend(keys.provider(provider.pk))
    return SourceChain(
        agency=provider.name,
        agency_item=item.slugline if item else "",
        agency_version=item.version if item else None,
        agency_sent_at=item.version_created_at if item else None,
        received_at=item.received_at if item else None,
        edited_here=edited_here,
        agency_slug=provider.slug,
        agency_language=item.language if item else "",
        agency_item_id=item.family if item else "",
    )


def versions(story_id: int) -> list[ShownVersion]:
    """Every version readers saw, newest first. Ask the gate before showing them."""
    edge.depend(keys.story(story_id))
    kept = models.StoryVersion.objects.filter(story_id=story_id)
    shown: Any = kept.exclude(shown_from=NOT_YET).order_by("-number")
    return [
        ShownVersion(
            v.number, v.change, v.note, v.source, v.shown_from, v.shown_until,
            v.headline, v.standfirst, v.dateline, v.byline, v.body_text,
        )
        for v in shown
    ]  # fmt: skip


def corrections_of(story_ids: Sequence[int]) -> dict[int, tuple[CorrectionNote, ...]]:
    """What readers were told about mistakes in these stories, by story, oldest first. One query."""
    edge.depend(*map(keys.story, story_ids))
    found: dict[int, tuple[CorrectionNote, ...]] = {}
    notes = rows.told_wrong().filter(story_id__in=story_ids)
    for row in notes.order_by("at", "id"):
        found[row.story_id] = (
            *found.get(row.story_id, ()),
            CorrectionNote(row.kind, row.text, row.at),
        )
    return found


def addresses(story_id: int) -> list[tuple[int, int, str]]:
    """(masthead id, section id, path) of every placement of a story, shown or not."""
    placements = models.Placement.objects.select_related("section").filter(story_id=story_id)
    return [(p.masthead_id, p.section_id, path_of(p)) for p in placements.order_by("masthead_id")]


def is_killed(story_id: int) -> bool:
    """Whether a kill of this story is in force."""
    return bool(models.Story.objects.filter(pk=story_id).exclude(killed_at=None).exists())


def killed_pictures(story_id: int) -> list[Any]:
    """Pictures of a story that are killed, the lead first, each once: media's Picture rows."""
    story = models.Story.objects.select_related("lead_picture").get(pk=story_id)
    found = [story.lead_picture] if story.lead_picture else []
    found += [shown["picture"] for shown in shown_in(story.body)]
    return list({p.pk: p for p in found if p and p.killed_at}.values())


def slugs_on(masthead: str) -> list[str]:
    """Slugs of everything placed on the masthead with this slug, drafts included."""
    placements = models.Placement.objects.filter(masthead__slug=masthead)
    return list(placements.order_by("id").values_list("slug", flat=True))


def id_on(masthead: str, slug: str) -> int | None:
    """Which story has this slug on the masthead with that one, draft or not; None for none."""
    placements = models.Placement.objects.filter(masthead__slug=masthead, slug=slug)
    return placements.values_list("story_id", flat=True).first()


def wire_links() -> QuerySet[models.Story, Any]:
    """Stories made from the wire, to filter the wire by their provider and wire family."""
    links: QuerySet[models.Story, Any] = models.Story.objects.exclude(wire_family="")
    return links.order_by().values("pk")


def made_from(families: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """The stories of these wire families, as (id, headline), oldest first; one query.

    A family is (provider's slug, the agency's id); those without a story are left out.
    """
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    made = models.Story.objects.filter(wire_family__in={family for _, family in families})
    fields = ("provider__slug", "wire_family", "pk", "headline")
    for provider, family, pk, headline in made.order_by("pk").values_list(*fields):
        if (provider, family) in families:
            found.setdefault((provider, family), []).append((pk, headline))
    return found


def topic_id(slug: str) -> int | None:
    """Return the id of the topic with this slug, or None."""
    return models.Topic.objects.filter(slug=slug).values_list("pk", flat=True).first()


def topic_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these topics, by id; those that are no more are left out."""
    edge.depend(*(keys.subject(pk) for pk in ids))
    return dict(models.Topic.objects.filter(pk__in=ids).values_list("pk", "name"))


def topics_of(story_id: int) -> dict[int, str]:
    """What a story is about: the names of its topics, by id."""
    found = models.Topic.objects.filter(stories=story_id).order_by("pk")
    return dict(found.values_list("pk", "name"))


def headline_of(story_id: int) -> str:
    """The headline of a story as it stands, shown or not. Ask the gate before showing it."""
    return str(models.Story.objects.values_list("headline", flat=True).get(pk=story_id))
