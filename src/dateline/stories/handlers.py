"""What follows when something happened to a story or on the wire. Each is safe to run twice."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.outbox.domain import together
from dateline.prepared import Prepared
from dateline.stories import models
from dateline.stories.events import (
    CoverageMoved,
    LegalDemandTold,
    LiveEntryChanged,
    LiveEntryPosted,
    LiveEntryWithdrawn,
    PersonChanged,
    StorySeriesChanged,
    TopicChanged,
)
from dateline.stories.queries import indexed
from dateline.stories.services import agency_terms, from_wire, indexing, kill_proposals, reach
from dateline.stories.services.alarms import raise_alarm
from dateline.wire.events import (
    WireItemHeld,
    WireItemKilled,
    WireItemStored,
    WireKillProposed,
)
from dateline.wire.queries import items as wire
from dateline.wire.queries import notices


def _translated_from(*, story: int) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = models.Story.objects.filter(pk=story)
    return rows.values_list("translated_from_id", flat=True)


_origin = Prepared[int | None](_translated_from)


def purge_pages(fact: Any) -> None:
    """Take what a Story fact made wrong out of every cache, before anything else follows.

    A fact that does not say how far it reaches, as of a kill or an embargo, reaches all.
    """
    reach.purge_pages(
        fact.story_id,
        cause=f"{fact.name}, story {fact.story_id}",
        card=getattr(fact, "card_changed", True),
        lists=getattr(fact, "lists", None),
        closed=getattr(fact, "closed", True),
    )
    origin = next(iter(_origin(story=fact.story_id)), None)
    if origin:  # whose page leads to its translations
        edge.purge([keys.story(origin)], cause=f"{fact.name}, translation {fact.story_id}")


def show_demand(fact: LegalDemandTold) -> None:
    """Make the page that says why a story is withheld again, wherever it was kept."""
    edge.purge([keys.story(fact.story_id)], cause=f"{fact.name}, story {fact.story_id}")


def purge_person(fact: PersonChanged) -> None:
    """Make every page that names a person again."""
    edge.purge([keys.person(fact.person_id)], cause=f"{fact.name}, person {fact.person_id}")


@together
def index_story(facts: Sequence[Any]) -> None:
    """Make search hold what is true now of the stories of Story facts: their documents, or none."""
    indexing.index_stories(list({fact.story_id: None for fact in facts}))


def index_person(fact: PersonChanged) -> None:
    """Make search find the stories of a person under the name they have now."""
    indexing.index_stories(indexed.ids_of_person(fact.person_id))


def purge_topic(fact: TopicChanged) -> None:
    """Make every page that names a topic again."""
    edge.purge([keys.subject(fact.topic_id)], cause=f"{fact.name}, topic {fact.topic_id}")


def show_entries(fact: LiveEntryPosted | LiveEntryChanged) -> None:
    """Make a live blog's pages again; with its first entry, the lists that say it is live too."""
    tags = [keys.live(fact.story_id)]
    if isinstance(fact, LiveEntryPosted) and fact.began:
        tags += _says_it_is_live(fact.story_id)
    edge.purge(tags, cause=f"{fact.name}, story {fact.story_id}, entry {fact.entry_id}")


def hide_entry(fact: LiveEntryWithdrawn) -> None:
    """Never show an entry again that was withdrawn, not even while its page is made anew."""
    cause = f"{fact.name}, story {fact.story_id}, entry {fact.entry_id}"
    edge.purge([keys.live(fact.story_id)], mode=Mode.GONE, cause=cause)


def show_coverage(fact: CoverageMoved) -> None:
    """Say everywhere whether a live blog goes on."""
    tags = [keys.live(fact.story_id), *_says_it_is_live(fact.story_id)]
    edge.purge(tags, cause=f"{fact.name}, story {fact.story_id}")


def _says_it_is_live(story_id: int) -> list[str]:
    return [keys.card(story_id), keys.story(story_id), keys.coverages()]


def show_series(fact: StorySeriesChanged) -> None:
    """Make the pages that name a series again."""
    edge.purge([keys.series(fact.series_id)], cause=f"{fact.name}, series {fact.series_id}")


def nobody_waits(fact: WireItemStored) -> bool:
    """Whether an item concerns no story and no rule would make one of it.

    Sure for good, as storing an item and starting a story of it lock the same provider.
    """
    known = models.Story.objects.filter(wire_family=fact.family, provider__slug=fact.provider)
    return not wire.publishes_by_itself(fact.provider) and not known.exists()


def take_wire_item(fact: WireItemStored) -> None:
    """Bring a new version to the stories of its family, or start one where a rule says so."""
    item = wire.item_row(fact.item_id)
    stories = from_wire.stories_of(item.provider_id, item.family)
    for story in stories:
        if story.killed_at:
            raise_alarm(
                key=f"usable:{story.pk}:{item.pk}",
                kind=models.DeskAlarm.Kind.REINSTATE_PROPOSED,
                text=f"{item.provider.name} sent “{story.headline}” again after its kill.",
                story_id=story.pk,
                wire_item_id=item.pk,
            )
        else:
            from_wire.take_version(story.pk, item.pk)
    if not stories:
        from_wire.publish_automatically(item.pk)


def kill_family(fact: WireItemKilled) -> None:
    """Take down every story of the family an agency withdrew, at once."""
    from_wire.kill_family(fact.item_id)


def propose_kill(fact: WireKillProposed) -> None:
    """Ask a person what an agency means that asks for a kill in words only."""
    kill_proposals.propose(fact.item_id)


def alarm_held(fact: WireItemHeld) -> None:
    """Put a held item on the desk, say which story it concerns, and tighten that one's terms."""
    item = wire.item_row(fact.item_id)
    stories = from_wire.stories_of(item.provider_id, item.family)
    for story in stories:
        agency_terms.take_terms(story.pk)
    if notices.asked_in_words(item):
        return  # `propose_kill` asks about it
    raise_alarm(
        key=f"held:{item.pk}",
        kind=models.DeskAlarm.Kind.WIRE_HELD,
        text=f"{item.provider.name}: {fact.reason}",
        story_id=stories[0].pk if stories else None,
        wire_item_id=item.pk,
    )
