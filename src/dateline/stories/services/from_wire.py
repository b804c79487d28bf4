"""From the wire to stories: make one, take over a new version, follow a kill."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dateline import clock
from dateline.stories import models
from dateline.stories.domain.body import Block, blocks_of
from dateline.stories.domain.errors import WireItemRefused
from dateline.stories.services import kill_proposals, kills, publishing
from dateline.stories.services.agency_terms import take_terms
from dateline.stories.services.alarms import raise_alarm
from dateline.stories.services.drafting import Place, draft_story, stream_of
from dateline.stories.services.wagtail_verbs import locked, refuse_killed
from dateline.stories.words import copy_of
from dateline.wire.domain.alarms import labels
from dateline.wire.domain.bodies import for_story
from dateline.wire.queries import items as wire

USABLE, HELD = "usable", "held"
HEADLINE_LIMIT = 250  # characters, as Story.headline


@dataclass(frozen=True, slots=True)
class Made:
    """The story of a wire item, and whether it was made just now."""

    story_id: int
    is_new: bool


def make_story(
    item_id: int, *, by: str, places: tuple[Place, ...] = (), at: datetime | None = None
) -> int:
    """Start a story from a wire item, or find the one there is; return its id. See `story_of`."""
    return story_of(item_id, by=by, places=places, at=at).story_id


@transaction.atomic
def story_of(
    item_id: int,
    *,
    by: str,
    places: tuple[Place, ...] = (),
    at: datetime | None = None,
    user: Any = None,
) -> Made:
    """Start a story from a wire item, `by` name for the record; where there is one, find it.

    A wire family has one story however often, and by how many at once, this is asked. `user` is the
    person whose draft it is, or None.
    Text, dateline, byline, copyright line, rights, embargo and picture come over; the editor's
    draft is private until it is published. A held item makes a story that is withheld until a
    person lifts the hold.

    Raises:
        WireItem.DoesNotExist: there is no such item.
        WireItemRefused: the agency killed it, or it is not for readers.

    """
    item = wire.item_row(item_id)
    wire.lock_provider(item.provider_id)
    made = stories_of(item.provider_id, item.family)
    if made:
        return Made(made[0].pk, is_new=False)
    _refuse_unusable(item)
    story_id = _draft(item, places, user)
    _link(locked(story_id), item)
    take_terms(story_id, at=at)
    if item.usability == HELD:
        kills.withhold_story(story_id, reason=item.reason, by=by, at=at)
    return Made(story_id, is_new=True)


def _refuse_unusable(item: Any) -> None:
    if item.usability not in {USABLE, HELD}:
        raise WireItemRefused(f"This item cannot become a story: {item.reason}")
    if wire.is_family_killed(item.provider_id, item.family):
        raise WireItemRefused("The agency killed this item. It cannot become a story.")


def _draft(item: Any, places: tuple[Place, ...], user: Any) -> int:
    return draft_story(
        headline=_headline(item),
        places=places,
        body=_body(item),
        fields={
            **_fields_from(item),
            "kind": models.Story.Kind.WIRE,
            "provider_id": item.provider_id,
            "wire_family": item.family,
            "wire_item_id": item.pk,
            "urgency": item.urgency or 5,
        },
        user=user,
    )


def _body(item: Any) -> list[Block]:
    """The item's text without what is not for readers: desk lines, a headline said twice."""
    return blocks_of(for_story(item.body_html, headline=_headline(item)))


def _headline(item: Any) -> str:
    headline, _ = labels(item.headline)  # CORRECTED-, UPDATE 2-: the desk's words, not the reader's
    words: str = (headline or item.slugline or item.caption or item.body_text).strip()
    return (words.splitlines() or ["(no headline)"])[0][:HEADLINE_LIMIT]


def _fields_from(item: Any) -> dict[str, Any]:
    return {
        "dateline": item.dateline,
        "byline": item.byline[:200],
        "language": (item.language or "en")[:12],
        "copyright_line": (item.copyright or item.provider.copyright_line)[:200],
        "lead_picture": wire.picture_of(item.pk),
    }


def _link(story: models.Story, item: Any) -> None:
    """Note which version the text is from, and what it was, so that an editor's change shows."""
    models.Story.objects.filter(pk=story.pk).update(
        wire_item_id=item.pk, wire_copy_hash=copy_of(story).digest()
    )


@transaction.atomic
def take_version(story_id: int, item_id: int, *, at: datetime | None = None) -> str:
    """Bring a newer wire version to a story made from that family; return what was done.

    `updated`: nobody had changed the text, so it is replaced and, where the story is public, shown.
    `offered`: an editor's text is never overwritten; an alarm offers the new version.
    `unchanged`: it is not newer. What the agency allows from now on covers the story at once,
    whatever happens to the text: see `agency_terms`.
    """
    story, item = locked(story_id), wire.item_row(item_id)
    take_terms(story_id, at=at)
    if not _is_newer(story, item):
        return "unchanged"
    if story.withheld_at and story.withheld_by == item.provider.name:
        kills.lift_hold(story_id, by=item.provider.name, at=at)
    if not item.provider.auto_update or _edited(story):
        raise_alarm(
            key=f"update:{story_id}:{item_id}",
            kind=models.DeskAlarm.Kind.WIRE_UPDATE,
            text=f"{item.provider.name} sent a new version of “{story.headline}”.",
            story_id=story_id,
            wire_item_id=item_id,
            at=at,
        )
        return "offered"
    _replace_text(locked(story_id), item, at=at)
    return "updated"


def _is_newer(story: models.Story, item: Any) -> bool:
    """Whether this version is the one to use: facts may be delivered late, and out of order."""
    newest = wire.newest_usable(item.provider_id, item.family)
    if newest is None or newest.pk != item.pk:
        return False  # an older one must not lift the hold or the embargo of a newer
    current = story.wire_item
    return current is None or (item.version, item.pk) > (current.version, current.pk)


def _edited(story: models.Story) -> bool:
    texts = [story, story.get_latest_revision_as_object()]
    texts += [story.with_content_json(r.content) for r in _planned(story)]
    return any(copy_of(text).digest() != story.wire_copy_hash for text in texts)


def _planned(story: models.Story) -> list[Any]:
    """The revision an editor has scheduled, as a list of one or none."""
    return list(story.revisions.exclude(approved_go_live_at=None))


def _replace_text(story: models.Story, item: Any, *, at: datetime | None) -> None:
    changes = {
        "headline": _headline(item),
        "body": stream_of(_body(item)),
        **_fields_from(item),
    }
    if not changes["lead_picture"]:
        del changes["lead_picture"]
    waiting = _waiting(story)
    if story.live:
        _show(story, item, changes, at=at)
    else:  # over the draft: the places and topics an editor has chosen are not in the row yet
        _put(story.get_latest_revision_as_object(), changes).save()
    for revision in waiting:
        _keep(locked(story.pk), revision, changes)
    _link(locked(story.pk), item)


def _waiting(story: models.Story) -> list[Any]:
    """What the new text must not bury, in order: the scheduled revision, an editor's draft."""
    draft = story.get_latest_revision()
    has_draft = draft and (story.has_unpublished_changes or not story.live)
    drafts = [draft] if has_draft else []
    return [*(r for r in _planned(story) if r not in drafts), *drafts]


def _keep(story: models.Story, revision: Any, changes: dict[str, Any]) -> None:
    """Lay a waiting revision over the new text, under the schedule it had."""
    moment = revision.approved_go_live_at
    story.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
    waits = _put(story.with_content_json(revision.content), changes)
    waits.save_revision(approved_go_live_at=moment)


def _put(story: models.Story, changes: dict[str, Any]) -> models.Story:
    for name, value in changes.items():
        setattr(story, name, value)
    return story


def _show(story: models.Story, item: Any, changes: dict[str, Any], *, at: datetime | None) -> None:
    by = item.provider.name
    if wire.is_correction(item.pk):
        publishing.correct_story(
            story.pk,
            kind=models.Story.Change.CORRECTION,
            text=f"{by} sent a corrected version of this story.",
            changes=changes,
            by=by,
            at=at,
            source="agency",
        )
    else:
        publishing.update_story(story.pk, changes=changes, by=by, at=at, source="agency")


@transaction.atomic
def use_version(story_id: int, item_id: int, *, by: str, at: datetime | None = None) -> None:
    """Replace a story's text with a wire version because an editor `by` name chose it.

    Raises:
        WireItemRefused: the item is not usable, or belongs to another story.
        AlreadyKilled: the story was killed.

    """
    story, item = locked(story_id), wire.item_row(item_id)
    refuse_killed(story)
    if item.usability != USABLE:
        raise WireItemRefused(f"This version cannot be used: {item.reason}")
    if (item.provider_id, item.family) != (story.provider_id, story.wire_family):
        raise WireItemRefused("This version belongs to another story.")
    if wire.is_family_killed(item.provider_id, item.family, item.version):
        raise WireItemRefused("The agency took this version down. It cannot be used.")
    _replace_text(story, item, at=at)
    models.DeskAlarm.objects.filter(
        story_id=story_id, wire_item_id=item_id, acknowledged_at=None
    ).update(acknowledged_at=at or clock.now(), acknowledged_by=by)


def stories_of(provider_id: int, family: str) -> list[models.Story]:
    """Every story made from one wire family, killed ones included, oldest first."""
    return list(
        models.Story.objects.filter(provider_id=provider_id, wire_family=family).order_by("pk")
    )


def kill_family(item_id: int, *, at: datetime | None = None) -> list[int]:
    """Act on an agency's structured cancel or hold: every story of the family, edited or not.

    `canceled` kills; `withheld` closes the gate until a usable version follows. Returns the ids of
    the stories it took down. Each order is carried out once on each story, however often it is
    delivered. Each story is its own transaction: one cannot keep another up.

    Raises:
        ExceptionGroup: what kept some stories up, after all others were taken down.

    """
    item = wire.item_row(item_id)
    taken: list[int] = []
    failed: list[Exception] = []
    tried: set[int] = set()
    while _carry_out_next(item, tried=tried, taken=taken, failed=failed, at=at):
        pass
    if failed:
        raise ExceptionGroup(f"{item.provider.name}: stories could not be taken down.", failed)
    return taken


@transaction.atomic
def _carry_out_next(
    item: Any,
    *,
    tried: set[int],
    taken: list[int],
    failed: list[Exception],
    at: datetime | None,
) -> bool:
    """Take down one story of the family on which this order was not carried out; False: none is."""
    wire.lock_provider(item.provider_id)  # a story that is being made now is waited for
    family = models.Story.objects.filter(provider_id=item.provider_id, wire_family=item.family)
    waiting = family.exclude(agency_orders__wire_item_id=item.pk).exclude(pk__in=tried)
    story_id = waiting.order_by("pk").values_list("pk", flat=True).first()
    if story_id is None:
        return False
    tried.add(story_id)
    try:
        with transaction.atomic():
            is_taken = _carry_out(story_id, item, at=at)
    except Exception as error:  # noqa: BLE001 - raised by the caller, once the others are down
        failed.append(error)
    else:
        taken += [story_id] if is_taken else []
    return True


def _carry_out(story_id: int, item: Any, *, at: datetime | None) -> bool:
    story = locked(story_id)
    models.AgencyOrder.objects.create(
        story=story, wire_item_id=item.pk, carried_out_at=at or clock.now()
    )
    if story.killed_at:
        return False
    by = item.provider.name
    if item.status != "withheld" and item.usability != HELD:
        kills.kill_story(story_id, reason=item.reason, by=by, source="agency", at=at)
        return True
    if story.withheld_at or not wire.is_family_killed(item.provider_id, item.family):
        return False  # withheld already, or a usable version has ended this hold
    kills.withhold_story(story_id, reason=item.reason, by=by, at=at)
    return True


@transaction.atomic
def publish_automatically(item_id: int, *, at: datetime | None = None) -> int | None:
    """Make and publish a story where the provider's rule says so; its id, or None without a rule.

    Only text without a story, and not while the item is under embargo without an end. What a notice
    in words may mean waits for a person, and so does an item whose words are elsewhere (AP's JSON)
    or are a headline alone.
    """
    item = wire.item_row(item_id)
    place = wire.automatic_place(item.provider_id)
    if not place or item.kind != "text" or not item.body_text:
        return None
    if kill_proposals.is_meant(item, at=at):
        return None
    where = Place(masthead=place["masthead"], section=place["section"])
    made = story_of(item_id, by=item.provider.name, places=(where,), at=at)
    if not made.is_new:
        return None  # somebody was quicker: it is theirs to publish
    publishing.publish_story(made.story_id, by=item.provider.name, at=at, source="agency")
    return made.story_id
