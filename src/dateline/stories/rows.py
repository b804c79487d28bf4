"""The rows that readers' pages are made of, by queries that are written once (see `prepared`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories import models, recording
from dateline.stories.cards import Line, line
from dateline.stories.domain.gate import Use
from dateline.stories.domain.translation import Tongue
from dateline.stories.fields import is_named

# Long, and not shown in a list.
NOT_IN_LISTS = ("body", "kill_reason", "usage_terms", "agency_usage_terms")
NOT_OF_AN_ITEM = ("body_text", "body_html", "details", "ed_note", "usage_terms", "copyright")
NEWEST = ("-published_at", "-id")
KEPT = 1024  # lines of each kind of list: the fronts and sections of a dozen titles, some 5 MB


class Title(NamedTuple):
    """What of a masthead stands in the SQL of its lists."""

    id: int
    slug: str

    @classmethod
    def of(cls, site: Site | None) -> "Title | None":
        """The title of a site, or None for none."""
        return cls(site.id, site.slug) if site else None


class Listing(NamedTuple):
    """One list of a masthead: of all or of some of its sections, for one use.

    `promoted_on` is another masthead that points to the stories: its licence must cover that too.
    """

    title: Title
    sections: tuple[int, ...] | None
    use: Use
    promoted_on: Title | None = None

    @classmethod
    def of(
        cls, site: Site, sections: Sequence[int] | None, use: Use, promoted_on: Site | None = None
    ) -> "Listing":
        """The list of these sections of a site, of the whole site where they are None."""
        kept = None if sections is None else tuple(sections)
        return cls(Title(site.id, site.slug), kept, use, Title.of(promoted_on))


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of a story's page beside the story's own and its placement's."""

    bylines: list[models.Byline]
    topics: list[models.Topic]
    corrections: list[models.Correction]
    versions: int
    from_desk: bool
    others: list[models.Placement]  # where readers see it too
    tongues: tuple[Tongue, ...] = ()  # its translations


def shown(masthead: str | None, *, use: Use, at: datetime) -> Q:
    """The gate as a filter on Placement, for the masthead with this slug, at `at`, aware UTC.

    None asks for each placement on its own masthead.

    Says yes to exactly the rows for which `domain.gate.decide` does; a test compares the two.
    """
    covered = F("masthead__slug") if masthead is None else masthead
    return (
        Q(story__live=True, story__killed_at=None, story__withheld_at=None, story__advisory=False)
        & Q(story__agency_advisory_at=None)
        & Q(published_at__lte=at)
        & (Q(story__embargo_until=None) | Q(story__embargo_until__lte=at))
        & (Q(story__agency_embargo_until=None) | Q(story__agency_embargo_until__lte=at))
        & (Q(story__expire_at=None) | Q(story__expire_at__gt=at))
        & (Q(story__rights_until=None) | Q(story__rights_until__gt=at))
        & (Q(story__agency_rights_until=None) | Q(story__agency_rights_until__gt=at))
        & (Q(story__licensed_mastheads="") | is_named("story__licensed_mastheads", covered))
        & (Q(story__licensed_uses="") | is_named("story__licensed_uses", use.value))
    )


def told_wrong() -> QuerySet[models.Correction]:
    """What readers were told about mistakes."""
    return models.Correction.objects.filter(kind__in=("correction", "clarification"))


def _told_wrong_of(*, story: int) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = told_wrong().filter(story_id=story).order_by()
    return rows.values_list("pk", flat=True)[:1]


def open_in(listing: Listing, *, at: datetime) -> QuerySet[models.Placement]:
    """Placements of a list for which the gate is open at `at`, in no order, for cards."""
    found = open_of(listing, at=at).filter(masthead_id=listing.title.id)
    return found if listing.sections is None else found.filter(section_id__in=listing.sections)


def open_of(listing: Listing, *, at: datetime) -> QuerySet[models.Placement]:
    """As `open_in`, of whatever placements the caller names: those of a list, by their ids.

    Were it asked for the masthead too, the database might walk all of its stories for them.
    """
    title, sections, use, promoted_on = listing
    tried = models.CardHeadlines.objects.filter(placement_id=OuterRef("pk"))
    found = (
        models.Placement.objects.filter(shown(title.slug, use=use, at=at))
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(told_wrong().filter(story_id=OuterRef("story_id"))))
        .annotate(opening=recording.opening(title.id, sections, at=at))
        .annotate(tried=Subquery(tried.values("said")[:1]))
        .defer(*(f"story__{name}" for name in NOT_IN_LISTS))
    )
    if promoted_on:
        found = found.filter(shown(promoted_on.slug, use=Use.PROMO, at=at))
    return found


def _pinned(listing: Listing, limit: int, *, at: datetime) -> QuerySet[models.Placement]:
    rows = open_in(listing, at=at).filter(pinned_rank__isnull=False)
    return rows.order_by("pinned_rank", "-id")[:limit]


def _not_pinned(listing: Listing, limit: int, *, at: datetime) -> QuerySet[models.Placement]:
    return open_in(listing, at=at).filter(pinned_rank=None).order_by(*NEWEST)[:limit]


def _newest(listing: Listing, limit: int, *, at: datetime) -> QuerySet[models.Placement]:
    return open_in(listing, at=at).order_by(*NEWEST)[:limit]


def _older(
    listing: Listing, limit: int, *, before: datetime, below: int, at: datetime
) -> QuerySet[models.Placement]:
    """What follows one place of a list: that of a placement with this moment and number."""
    rows = open_in(listing, at=at).filter(published_at__lte=before)
    same = Q(published_at=before, pk__gte=below)
    return rows.exclude(same).order_by(*NEWEST)[:limit]


def _numbers(listing: Listing, start: int, size: int, *, at: datetime) -> QuerySet[Any, Any]:
    rows = open_in(listing, at=at).order_by(*NEWEST)
    return rows.values_list("pk", flat=True)[start : start + size]


def _of_numbers(
    listing: Listing, *, at: datetime, ids: Sequence[int]
) -> QuerySet[models.Placement]:
    return open_of(listing, at=at).filter(pk__in=ids)


def _names(*, stories: Sequence[int]) -> QuerySet[Any, Any]:
    found: Any = models.Byline.objects.filter(story_id__in=stories)
    rows: QuerySet[Any, Any] = found.order_by("story_id", "sort_order")
    return rows.values_list("story_id", "person_id", "person__name")


def _on(masthead_id: int, *, story: int) -> QuerySet[models.Placement]:
    """A story's placement on one masthead, with all that its page shows of the story itself."""
    versions = models.StoryVersion.objects.filter(story_id=OuterRef("story_id"))
    made = models.Story.objects.order_by()
    count = versions.order_by().values("story_id").annotate(n=Count("pk")).values("n")
    return (
        models.Placement.objects.select_related("story__provider", "story__wire_item", "section")
        .select_related("story__lead_picture", "story__translator")
        .defer(*(f"story__wire_item__{name}" for name in NOT_OF_AN_ITEM))
        .annotate(versions=Coalesce(Subquery(count), 0))
        .annotate(from_desk=Exists(versions.filter(source="desk")))
        .annotate(translated=Exists(made.filter(translated_from=OuterRef("story_id"))))
        .filter(masthead_id=masthead_id, story_id=story)
    )


def _elsewhere(masthead_id: int, *, story: int) -> QuerySet[models.Placement]:
    rows = models.Placement.objects.select_related("masthead", "section")
    return rows.filter(story_id=story).exclude(masthead_id=masthead_id).order_by("pk")


def _anywhere() -> QuerySet[models.Placement]:
    rows = models.Placement.objects.select_related("masthead", "section", "story").order_by("pk")
    return rows.defer(*(f"story__{name}" for name in NOT_IN_LISTS))


def _placed_anywhere(*, story: int) -> QuerySet[models.Placement]:
    return _anywhere().filter(story_id=story)


def _translations(*, story: int) -> QuerySet[models.Placement]:
    return _anywhere().filter(story__translated_from_id=story)


def _bylines(*, story: int) -> QuerySet[models.Byline]:
    found: Any = models.Byline.objects.select_related("person__portrait")
    rows: QuerySet[models.Byline] = found.filter(story_id=story).order_by("sort_order")
    return rows


def _topics(*, story: int) -> QuerySet[models.Topic]:
    return models.Topic.objects.filter(stories=story).order_by("pk")


def _corrections(*, story: int) -> QuerySet[models.Correction]:
    return models.Correction.objects.filter(story_id=story).order_by("at")


def _demands(*, story: int) -> QuerySet[models.LegalDemand]:
    return models.LegalDemand.objects.filter(story_id=story, lifted_at=None).order_by()


pinned = Prepared[Line](_pinned, of=line, keep=KEPT)
not_pinned = Prepared[Line](_not_pinned, of=line, keep=KEPT)
newest = Prepared[Line](_newest, of=line, keep=KEPT)
older = Prepared[Line](_older, of=line)
numbers = Prepared[int](_numbers)
of_numbers = Prepared[Line](_of_numbers, of=line, keep=KEPT)
names = Prepared[tuple[int, int, str]](_names)
on_masthead = Prepared[models.Placement](_on)
elsewhere = Prepared[models.Placement](_elsewhere)
placed_anywhere = Prepared[models.Placement](_placed_anywhere)
translations = Prepared[models.Placement](_translations)
bylines = Prepared[models.Byline](_bylines)
topics = Prepared[models.Topic](_topics)
told_wrong_of = Prepared[int](_told_wrong_of)
corrections = Prepared[models.Correction](_corrections)
demands = Prepared[models.LegalDemand](_demands)
