"""Make a draft of an edition, and change it by hand: one verb, one transaction, one fact."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from dateline.mastheads import queries as mastheads
from dateline.newsletters import models
from dateline.newsletters.domain import editions
from dateline.newsletters.domain.edition_words import words_for
from dateline.newsletters.domain.editions import (
    LONGEST_PREHEADER,
    LONGEST_SUBJECT,
    OPEN_TO_HANDS,
    BlockKind,
    Content,
    EditionRefused,
    EditionState,
    Wanted,
    content_of,
)
from dateline.newsletters.events import EditionChanged, EditionKeptBack, EditionMade, EditionMoved
from dateline.newsletters.queries import material
from dateline.newsletters.services.letter_editors import must_edit
from dateline.outbox import services as outbox

Change = Callable[[Content], Content]
LONGEST_TEXT = 2_000


@transaction.atomic
def make_draft(
    newsletter_id: int, *, at: datetime, by: UUID | None = None, day: date | None = None
) -> models.Edition:
    """Make the next draft of a list by its recipe, for a day of its rhythm or none.

    Never a story twice, none that an earlier edition of the list carried, only what the gate lets
    into letters at `at` (aware UTC). Without `by` it is the clock's, and blocks that found
    nothing are left out.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: the list has no recipe.

    """
    newsletter = models.Newsletter.objects.select_for_update().get(pk=newsletter_id)
    if by:
        must_edit(by, newsletter.masthead_id)
    recipe = models.Recipe.objects.filter(newsletter=newsletter).first()
    if recipe is None:
        raise EditionRefused(f"{newsletter.name} has no recipe: say first what its letters hold.")
    content = _composed(recipe, at=at)
    if by is None:
        bare = [block.key for block in editions.empty_blocks(content)]
        content = Content(tuple(b for b in content.blocks if b.key not in bare))
    last = newsletter.editions.aggregate(last=Max("number"))["last"] or 0
    row = models.Edition(
        newsletter=newsletter, number=last + 1, content=content.to_json(), made_at=at, day=day,
        wall=recipe.time, each_zone=recipe.each_zone,
    )  # fmt: skip
    row.subject = _said(recipe.subject or "{headline}", row, content, at)[:LONGEST_SUBJECT]
    row.preheader = _said(recipe.preheader or _second(content), row, content, at)
    row.preheader = row.preheader[:LONGEST_PREHEADER]
    row.save()
    _carry(row, content)
    outbox.record(
        EditionMade(
            edition_id=row.pk, newsletter_id=newsletter.pk, number=row.number, by=str(by or ""),
            at=at,
        )
    )  # fmt: skip
    return row


def _composed(recipe: models.Recipe, *, at: datetime) -> Content:
    newsletter = recipe.newsletter
    home = material.home_of(newsletter)
    blocks = {f"b{row.place}": row for row in recipe.blocks.order_by("place")}
    wants = [
        Wanted(
            key=key, kind=BlockKind(row.kind), count=row.count, title=row.title, text=row.text,
            only_for=row.only_for,
        )
        for key, row in blocks.items()
    ]  # fmt: skip
    carried = models.Carried.objects.filter(edition__newsletter=newsletter).exclude(
        edition__state=EditionState.STOPPED, edition__public_at=None
    )
    return editions.composed(
        wants,
        lambda want: material.offered(
            blocks[want.key], home, language=newsletter.language,
            fresh_hours=recipe.fresh_hours, at=at,
        ),
        carried=carried.values_list("story_id", flat=True),
    )  # fmt: skip


def _said(pattern: str, row: models.Edition, content: Content, at: datetime) -> str:
    newsletter = row.newsletter
    words = words_for(newsletter.language)
    local = at.astimezone(ZoneInfo(newsletter.time_zone)) if row.day is None else row.day
    told = {
        "headline": content.items[0].headline if content.items else newsletter.name,
        "date": local.strftime(words["date"]),
        "number": str(row.number),
        "list": newsletter.name,
    }
    for name, value in told.items():  # not str.format: a brace in a headline is a brace
        pattern = pattern.replace(f"{{{name}}}", value)
    return " ".join(pattern.split())


def _second(content: Content) -> str:
    """The next headlines, so that the line below the subject says something of its own."""
    return " · ".join(item.headline for item in content.items[1:3])


def _carry(row: models.Edition, content: Content) -> None:
    """Keep the table of what an edition carries as its content says."""
    wanted = set(content.story_ids)
    row.carried.exclude(story_id__in=wanted).delete()
    known = set(row.carried.values_list("story_id", flat=True))
    models.Carried.objects.bulk_create(
        models.Carried(edition=row, story_id=pk) for pk in sorted(wanted - known)
    )


def locked(edition_id: int, *, by: UUID | None) -> models.Edition:
    """An edition's row, locked until the transaction ends, for who may change it.

    Raises:
        NotTheirs: `by` does not make this list's letters.

    """
    rows = models.Edition.objects.select_related("newsletter").select_for_update(of=("self",))
    row = rows.get(pk=edition_id)
    if by:
        must_edit(by, row.newsletter.masthead_id)
    return row


def kept_as(row: models.Edition) -> dict[str, Any]:
    """What a hand can change of an edition, to be put back by undo."""
    return {"subject": row.subject, "preheader": row.preheader, "content": row.content}


def keep(
    row: models.Edition, content: Content, verb: str, *, by: UUID | None, at: datetime,
    told: str = "", before: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Store an edition's content, note what was done, and record the fact. In a transaction.

    A checked edition that changes is a draft again.
    """
    row.content = content.to_json()
    if row.state == EditionState.CHECKED:
        row.state = EditionState.DRAFT.value
    row.save(update_fields=["content", "subject", "preheader", "state"])
    _carry(row, content)
    note(row, verb, by=by, at=at, told=told, before=before)
    outbox.record(
        EditionChanged(
            edition_id=row.pk, newsletter_id=row.newsletter_id, verb=verb,
            public=row.public_at is not None, by=str(by or ""), at=at,
        )
    )  # fmt: skip


def note(
    row: models.Edition, verb: str, *, by: UUID | None, at: datetime, told: str = "",
    before: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write down what was done with an edition."""
    models.EditionNote.objects.create(
        edition=row, verb=verb, told=told[:200], before=before, by_id=by, at=at
    )


def kept_back(row: models.Edition, *, at: datetime) -> None:
    """Record that a letter does not leave by itself, as it was to. In a transaction; aware UTC."""
    outbox.record(EditionKeptBack(edition_id=row.pk, newsletter_id=row.newsletter_id, at=at))


def became(row: models.Edition, state: EditionState, *, by: UUID | None, at: datetime) -> None:
    """Give an edition another state and record it. In a transaction; saves the whole row."""
    was, row.state = row.state, state.value
    row.save()
    outbox.record(
        EditionMoved(
            edition_id=row.pk, newsletter_id=row.newsletter_id, was=was, became=state.value,
            by=str(by or ""), at=at,
        )
    )  # fmt: skip


@transaction.atomic
def _edit(
    edition_id: int, verb: str, change: Change, *, by: UUID, at: datetime, told: str = ""
) -> None:
    row = locked(edition_id, by=by)
    _must_be_open(row)
    before = kept_as(row)
    keep(row, change(content_of(row.content)), verb, by=by, at=at, told=told, before=before)


def _must_be_open(row: models.Edition) -> None:
    if row.state not in OPEN_TO_HANDS:
        raise EditionRefused(f"The letter is {row.state}. Take it back first, then change it.")


def add_story(edition_id: int, block: str, story_id: int, *, by: UUID, at: datetime) -> None:
    """Put a story of the list's own masthead at the end of a block, by hand.

    `at` is aware UTC. An earlier edition may have carried it: a hand decides.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: the gate keeps it from letters, it stands in the edition, or it is not
            open to hands.

    """
    row = models.Edition.objects.select_related("newsletter").get(pk=edition_id)
    home = material.home_of(row.newsletter)
    item = next(
        (
            found
            for site in (home, *(s for s in mastheads.all_mastheads() if s.id != home.id))
            if (found := material.story_now(site, story_id, at=at))
        ),
        None,
    )
    if item is None:
        raise EditionRefused(f"No letter may carry story {story_id} now.")
    _edit(
        edition_id, "add", lambda c: editions.added(c, block, item), by=by, at=at,
        told=item.headline,
    )  # fmt: skip


def take_out(edition_id: int, key: str, *, by: UUID, at: datetime) -> None:
    """Take an item out. Else as `add_story`."""
    _edit(edition_id, "take_out", lambda c: editions.taken_out(c, key), by=by, at=at, told=key)


def move(edition_id: int, key: str, step: int, *, by: UUID, at: datetime) -> None:
    """Move an item one place up (-1) or down (+1). Else as `add_story`."""
    _edit(edition_id, "move", lambda c: editions.moved(c, key, step), by=by, at=at, told=key)


def move_block(edition_id: int, key: str, step: int, *, by: UUID, at: datetime) -> None:
    """Move a block one place up (-1) or down (+1). Else as `add_story`."""
    _edit(
        edition_id, "move_block", lambda c: editions.block_moved(c, key, step), by=by, at=at,
        told=key,
    )  # fmt: skip


def remove_block(edition_id: int, key: str, *, by: UUID, at: datetime) -> None:
    """Leave a block out. Else as `add_story`."""
    _edit(
        edition_id, "remove_block", lambda c: editions.block_removed(c, key), by=by, at=at,
        told=key,
    )  # fmt: skip


def rewrite(
    edition_id: int, key: str, *, headline: str, standfirst: str, by: UUID, at: datetime
) -> None:
    """Give an item other words for this letter. Else as `add_story`."""
    _edit(
        edition_id, "rewrite",
        lambda c: editions.rewritten(c, key, headline=headline, standfirst=standfirst),
        by=by, at=at, told=headline,
    )  # fmt: skip


def reword(edition_id: int, key: str, *, title: str, text: str, by: UUID, at: datetime) -> None:
    """Give a block another title and, where it is one of text, other words. Else as `add_story`."""
    if len(text) > LONGEST_TEXT:
        raise EditionRefused(f"The text is longer than {LONGEST_TEXT} characters.")
    _edit(
        edition_id, "reword", lambda c: editions.reworded(c, key, title=title, text=text), by=by,
        at=at, told=title,
    )  # fmt: skip


@transaction.atomic
def say(edition_id: int, *, subject: str, preheader: str, by: UUID, at: datetime) -> None:
    """Give an edition its subject and preheader, each one line. Else as `add_story`."""
    row = locked(edition_id, by=by)
    _must_be_open(row)
    subject, preheader = " ".join(subject.split()), " ".join(preheader.split())
    if not subject:
        raise EditionRefused("A letter needs a subject.")
    before = kept_as(row)
    row.subject, row.preheader = subject[:LONGEST_SUBJECT], preheader[:LONGEST_PREHEADER]
    keep(row, content_of(row.content), "say", by=by, at=at, told=subject, before=before)


@transaction.atomic
def undo(edition_id: int, *, by: UUID, at: datetime) -> str:
    """Put back how the edition was before the last change by hand; return what is undone.

    What was taken out since because a story was killed or withdrawn stays out.

    Raises:
        EditionRefused: there is nothing to undo. Else as `add_story`.

    """
    row = locked(edition_id, by=by)
    _must_be_open(row)
    last = row.notes.filter(before__isnull=False, undone_at=None).order_by("-pk").first()
    if last is None:
        raise EditionRefused("There is nothing to undo.")
    before: dict[str, Any] = last.before or {}
    content = content_of(before["content"])
    closed = {i.key for i in content.items} - set(material.still_open(content.items, at=at))
    for key in closed:
        content = editions.taken_out(content, key)
    row.subject, row.preheader = before["subject"], before["preheader"]
    last.undone_at = at
    last.save(update_fields=["undone_at"])
    keep(row, content, "undo", by=by, at=at, told=last.verb)
    return str(last.verb)
