"""Pages of a thread: comments with the first of their replies, a comment in context, a member's."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from dateline.discussion import models
from dateline.discussion.domain import paths
from dateline.discussion.domain.cursors import Cursor
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.merging import Place
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.rows import CommentRow, MemberRow, ThreadPage
from dateline.discussion.domain.status import Door, Status
from dateline.discussion.domain.text import QUOTE_LONGEST
from dateline.discussion.domain.threads import Standing, shown_score
from dateline.discussion.queries import paging, people
from dateline.discussion.queries.doors import door_of, house_on
from dateline.discussion.queries.visibility import READABLE, STANDS, depend_on_threads, readable
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

ROOTS = 20
LEFT_ROOTS = 50  # where no page follows
REPLIES = (3, 2, 1)  # to each comment, to each of these replies, and to each of those
MOST_ROWS = 100  # on a page: 60 KB of HTML
MEMBER_ROWS = 20
LEFT = people.Known(people.GONE, staff=False)
ROWS_KEPT = 2_000  # of about 2 KB: a row that is as it was is not read out of its columns again


class _Kept(NamedTuple):
    """The columns of a comment that readers are told of, named as they are asked for."""

    pk: int
    number: int
    depth: int
    answers__number: int | None
    answers__status: str | None
    status: str
    author_id: UUID | None
    html: str
    quote: str
    created_at: datetime
    edited_at: datetime | None
    ups: int
    downs: int
    below: int
    featured_at: datetime | None


_rows: Prepared[_Kept] = Prepared(
    lambda *, ids: models.Comment.objects.filter(STANDS, pk__in=ids).values_list(*_Kept._fields),
    of=_Kept._make,
    keep=ROWS_KEPT,
)
_saved: Prepared[models.Thread] = Prepared(
    lambda *, story, masthead: models.Thread.objects.filter(story_id=story, masthead_id=masthead)
)


def thread_page(
    site: Site,
    story_id: int,
    *,
    at: datetime,
    order: Order = Order.BEST,
    after: str = "",
    size: int = ROOTS,
) -> ThreadPage | None:
    """One page of a story's thread on a masthead; None where readers do not see the story there.

    `after` is what the page before, or a comment's `more_after`, said; it carries the order. At
    most nine queries, and one more for each comment of the page with more than paging.MANY below.
    A thread without a row has an empty page. `at` is aware UTC.

    Raises:
        CursorRefused: `after` is not ours, or of another thread.

    """
    edge.depend(keys.story(story_id))
    depend_on_threads(site, [story_id])
    thread = _thread(site, story_id)
    house = house_on(site.id)
    door = _door(thread, house, at=at)
    if door is None:
        return None
    if not thread.pk:
        return _page(thread, house, door, order=order)
    cursor = _cursor(thread, after) if after else None
    order = cursor.order if cursor else order
    parent_id = _parent(thread, cursor) if cursor else None
    if cursor:
        found = paging.after(cursor, parent_id, size=size + 1, at=at)
    else:
        found = paging.first(thread.pk, order, size=size + 1)
    rows = _with_replies(thread, found[:size], order, house, at=at)
    last = found[size - 1] if len(found) > size else None
    token = _token(thread, order, last, cursor, at=at) if last else ""
    return _page(thread, house, door, order=order, rows=rows, token=token)


def left_page(site: Site, story_id: int, *, at: datetime) -> ThreadPage:
    """The first comments below a story whose rights have ended: to read, and nothing more.

    The caller has asked the gate, which lets the page say that the story was here. At most nine
    queries; `at` is aware UTC.
    """
    edge.depend(keys.story(story_id))
    depend_on_threads(site, [story_id])
    thread, house = _thread(site, story_id), house_on(site.id)
    found = paging.first(thread.pk, Order.OLDEST, size=LEFT_ROOTS) if thread.pk else []
    rows = _with_replies(thread, found, Order.OLDEST, house, at=at) if found else ()
    return _page(thread, house, Standing(Door.CLOSED, ""), order=Order.OLDEST, rows=rows)


def _thread(site: Site, story_id: int) -> models.Thread:
    found = _saved(story=story_id, masthead=site.id)
    return found[0] if found else models.Thread(story_id=story_id, masthead_id=site.id)


def _door(thread: models.Thread, house: models.House, *, at: datetime) -> Standing | None:
    found = door_of(thread, house, at=at)
    if found:
        edge.opens_at(found.until)  # the page says that comments are closed from then on
    return found


def _page(
    thread: models.Thread,
    house: models.House,
    door: Standing,
    *,
    order: Order,
    rows: Sequence[CommentRow] = (),
    token: str = "",
) -> ThreadPage:
    return ThreadPage(
        story_id=thread.story_id, masthead_id=thread.masthead_id, count=thread.visible, door=door,
        down_votes=house.down_votes, order=order, rows=tuple(rows), after=token,
        off=house.door == Door.CLOSED and not thread.door and not thread.visible,
    )  # fmt: skip


def _cursor(thread: models.Thread, token: str) -> Cursor:
    cursor = paging.opened(token)
    if cursor.thread_id != thread.pk:
        raise CursorRefused("This place is in another thread. Start at the first page.")
    return cursor


def _parent(thread: models.Thread, cursor: Cursor) -> int | None:
    if not cursor.below:
        return None
    row = models.Comment.objects.filter(thread=thread, number=cursor.below)
    return row.values_list("pk", flat=True).get()


def _token(
    thread: models.Thread,
    order: Order,
    last: paging.Found,
    cursor: Cursor | None,
    *,
    at: datetime,
) -> str:
    if cursor:
        return paging.sealed(replace(cursor, key=last.place.rank))
    return paging.sealed(
        Cursor(
            order=order, thread_id=thread.pk, below=0, moves=last.moves, began_at=at,
            key=last.place.rank,
        )
    )  # fmt: skip


def _with_replies(
    thread: models.Thread,
    tops: Sequence[paging.Found],
    order: Order,
    house: models.House,
    *,
    at: datetime,
) -> list[CommentRow]:
    """These comments, each followed by the first of its replies, level by level."""
    children: dict[int, list[paging.Found]] = {}
    level, count = [found.place for found in tops], len(tops)
    for size in REPLIES:
        asked = level[: max(MOST_ROWS - count, 0) // size]
        replies = paging.below(asked, order, size=size)
        for reply in replies:
            children.setdefault(reply.parent_id or 0, []).append(reply)
        level, count = [reply.place for reply in replies], count + len(replies)
    ids = [found.place.id for found in tops] + [r.place.id for c in children.values() for r in c]
    rows = rows_of(ids, house, at=at)
    return list(_walk(thread, [found.place for found in tops], children, rows, order, at=at))


def _walk(
    thread: models.Thread,
    places: Iterable[Place],
    children: dict[int, list[paging.Found]],
    rows: dict[int, CommentRow],
    order: Order,
    *,
    at: datetime,
) -> Iterable[CommentRow]:
    """The tree as a list, depth first; each row knows how many replies are not on the page."""
    for place in places:
        row = rows.get(place.id)
        if row is None:
            continue
        shown = [c for c in children.get(place.id, ()) if c.place.id in rows]
        here = sum(rows[c.place.id].below + (not rows[c.place.id].tombstone) for c in shown)
        more = row.below - here
        if more > 0:
            cursor = Cursor(
                order=paging.order_below(order), thread_id=thread.pk, below=row.number,
                moves=shown[-1].moves if shown else thread.moves, began_at=at,
                key=shown[-1].place.rank if shown else b"",
            )  # fmt: skip
            row = replace(row, more=more, more_after=paging.sealed(cursor))
        yield row
        yield from _walk(thread, [c.place for c in shown], children, rows, order, at=at)


def rows_of(ids: Sequence[int], house: models.House, *, at: datetime) -> dict[int, CommentRow]:
    """These comments as readers see them, by id, whoever asks; two queries.

    One more where moderators have removed some. Those that have no place any more are left out. The
    gate must have been asked before.
    """
    found = _rows(ids=ids)
    names = people.known(row.author_id for row in found)
    rows = {row.pk: _row(row, names, house, at=at) for row in found}
    rules = _rules(pk for pk, row in rows.items() if row.status is Status.REMOVED)
    return rows | {pk: replace(rows[pk], rule=rule) for pk, rule in rules.items()}


def _rules(ids: Iterable[int]) -> dict[int, int | None]:
    """By which house rule each of these comments was removed."""
    removed = list(ids)
    if not removed:
        return {}
    said = models.Decision.objects.filter(comment_id__in=removed, became=Status.REMOVED)
    return dict(said.order_by("pk").values_list("comment_id", "rule"))


def _row(
    row: _Kept, names: dict[UUID, people.Known], house: models.House, *, at: datetime
) -> CommentRow:
    status = Status(row.status)
    if status is not Status.VISIBLE:
        return CommentRow(
            id=row.pk, number=row.number, depth=row.depth, answers=row.answers__number,
            status=status, created_at=row.created_at, below=row.below,
        )  # fmt: skip
    score = shown_score(
        row.ups, row.downs, created_at=row.created_at, minutes=house.score_after_minutes, at=at
    )
    if score is None:
        edge.opens_at(row.created_at + timedelta(minutes=house.score_after_minutes))
    author = names.get(row.author_id, LEFT) if row.author_id else LEFT
    return CommentRow(
        id=row.pk, number=row.number, depth=row.depth, answers=row.answers__number, status=status,
        author_id=row.author_id, author=author.name, staff=author.staff, html=row.html,
        quote=row.quote if row.answers__status == Status.VISIBLE else "",
        created_at=row.created_at, edited_at=row.edited_at, score=score,
        featured=row.featured_at is not None, below=row.below,
    )  # fmt: skip


def in_context(site: Site, comment_id: int, *, at: datetime) -> ThreadPage | None:
    """A comment at its own address: all it stands below, itself, and the first of its replies.

    None where readers do not see the comment, or its story on this masthead. `at` is aware UTC.
    """
    mine = models.Comment.objects.filter(STANDS, pk=comment_id, thread__masthead_id=site.id)
    comment = mine.select_related("thread").first()
    if comment is None:
        return None
    thread = comment.thread
    edge.depend(keys.story(thread.story_id))
    depend_on_threads(site, [thread.story_id])
    house = house_on(site.id)
    door = _door(thread, house, at=at)
    if door is None:
        return None
    above = models.Comment.objects.filter(
        thread=thread, number__in=paths.ancestors(bytes(comment.path))
    )
    line = list(above.order_by("depth").values_list("pk", flat=True))
    rows = rows_of(line, house, at=at)
    place = paging.Found(
        Place(comment.pk, bytes(comment.rank_best), comment.below), comment.parent_id, thread.moves
    )
    shown = [rows[pk] for pk in line if pk in rows]
    shown += _with_replies(thread, [place], Order.BEST, house, at=at)
    return _page(thread, house, door, order=Order.BEST, rows=shown)


def thread_of(comment_id: int) -> tuple[int, int] | None:
    """Below which story and on which masthead a comment stands, by their ids; None for no comment.

    Whether anybody may see it is not asked.
    """
    row = models.Comment.objects.filter(pk=comment_id)
    return row.values_list("thread__story_id", "thread__masthead_id").first()


def words_of(comment_id: int) -> str:
    """Words of a comment to quote in an answer: its first ones, as typed, where readers see it."""
    row = models.Comment.objects.filter(READABLE, pk=comment_id).values_list("text", flat=True)
    return (row.first() or "")[:QUOTE_LONGEST].strip()


def featured(site: Site, story_id: int, *, at: datetime) -> list[CommentRow]:
    """The comments editors point to below a story, the latest choice first. At most five queries.

    Empty where readers do not see the story on this masthead. `at` is aware UTC.
    """
    depend_on_threads(site, [story_id])
    chosen = readable(site, at=at).filter(thread__story_id=story_id, thread__masthead_id=site.id)
    ids = list(
        chosen.exclude(featured_at=None).order_by("-featured_at").values_list("pk", flat=True)
    )
    house = house_on(site.id)
    rows = rows_of(ids, house, at=at)
    return [rows[pk] for pk in ids if pk in rows]


def member_page(
    site: Site, user_id: UUID, *, at: datetime, before: int | None = None, size: int = MEMBER_ROWS
) -> list[MemberRow]:
    """A member's comments on a masthead as every reader sees them, newest first.

    `before` is the id of the last comment of the page before. Held, removed and deleted comments,
    and those below stories that readers do not see, are not among them. `at` is aware UTC.
    """
    mine = readable(site, at=at).filter(author_id=user_id)
    mine = mine.filter(pk__lt=before) if before else mine
    page = list(mine.order_by("-pk").values_list("pk", "thread__story_id")[:size])
    depend_on_threads(site, {story_id for _, story_id in page})
    house = house_on(site.id)
    rows = rows_of([pk for pk, _ in page], house, at=at)
    shown = stories.open_placements(use=Use.WEB, at=at)
    asked = shown.filter(masthead_id=site.id, story_id__in={story_id for _, story_id in page})
    placed = {p.story_id: p for p in asked.select_related("section", "story").defer("story__body")}
    return [
        MemberRow(
            comment=rows[pk], story_id=story_id, headline=placed[story_id].story.headline,
            path=stories.path_of(placed[story_id]),
        )
        for pk, story_id in page
        if pk in rows and story_id in placed
    ]  # fmt: skip
