"""Bring people from elsewhere onto a list, line by line, with proof; and hand a list out again.

A file is kept in pieces. The worker reads a thousand lines in one transaction, which also keeps how
far it is: a process that dies goes on from there, and no line is taken twice.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.newsletters import models
from dateline.newsletters.domain.errors import Unfit
from dateline.newsletters.domain.importing import (
    LineRefused,
    State,
    columns_of,
    names_columns,
)
from dateline.newsletters.events import ListImported
from dateline.newsletters.services.editors import must_edit
from dateline.newsletters.services.import_lines import take_lines
from dateline.outbox import services as outbox

PIECE = 256 * 1024
IN_ONE_GO = 1_000  # lines in one transaction: about a quarter of a second
BYTES_MOST = 256 * 1024 * 1024
SHORTEST_STATED = 20
RUNNING = (State.WAITING.value, State.READING.value)


def begin(
    newsletter_id: int,
    pieces: Iterable[bytes],
    *,
    name: str,
    stated: str,
    consented_at: datetime,
    by: UUID,
    at: datetime | None = None,
) -> int:
    """Keep a file for the worker, with where and when those in it agreed; return its id.

    `stated` are the editor's own words; `consented_at` (aware) counts for lines that say none.
    Pieces are kept one by one, so that a large file holds nobody up.

    Raises:
        NotYours: `by` does not look after the list.
        Unfit: nothing is stated, the moment is to come, or the file is too large.

    """
    at = at or clock.now()
    newsletter = models.Newsletter.objects.get(pk=newsletter_id)
    must_edit(by, newsletter.masthead_id)
    if len(stated.strip()) < SHORTEST_STATED:
        raise Unfit("stated", "Say where and to which words they agreed: it is kept as proof.")
    if consented_at > at:
        raise Unfit("consented_at", "Nobody has agreed in the future.")
    row = models.ListImport.objects.create(
        newsletter=newsletter, name=name[:120], stated=stated.strip(), by_id=by,
        consented_at=consented_at, state=State.LOADING.value, size=0, asked_at=at,
    )  # fmt: skip
    size = 0
    for piece in _cut(pieces):
        if size + len(piece) > BYTES_MOST:
            row.delete()
            raise Unfit("file", f"It has more than {BYTES_MOST:,} bytes. Split it.")
        models.ImportPiece.objects.create(file=row, start=size, data=piece)
        size += len(piece)
    models.ListImport.objects.filter(pk=row.pk).update(size=size, state=State.WAITING.value)
    return row.pk


def stop(import_id: int, *, by: UUID, at: datetime | None = None) -> bool:
    """Read no further; who is on the list already stays. Say whether it was running."""
    row = models.ListImport.objects.select_related("newsletter").get(pk=import_id)
    must_edit(by, row.newsletter.masthead_id)
    running = models.ListImport.objects.filter(pk=import_id, state__in=RUNNING)
    told = "An editor stopped it."
    return bool(
        running.update(state=State.STOPPED.value, told=told, done_at=at or clock.now())
    )  # fmt: skip


def run_due(*, at: datetime | None = None) -> int:
    """Read the next lines of the oldest file that waits; return how many lines, 0 for none.

    `at` is aware UTC. Several workers may run this.
    """
    waiting = models.ListImport.objects.filter(state__in=RUNNING).order_by("pk")
    first = waiting.values_list("pk", flat=True).first()
    return _go_on(first, at=at or clock.now()) if first else 0


@transaction.atomic
def _go_on(import_id: int, *, at: datetime) -> int:
    rows = models.ListImport.objects.select_for_update(of=("self",))
    row = rows.select_related("newsletter").get(pk=import_id)
    if row.state not in RUNNING:
        return 0
    lines, read = _next_lines(row)
    row.read += read
    count, row.state = len(lines), State.READING.value
    try:
        if not row.columns and lines:
            row.columns = columns_of(lines[0])
            if names_columns(lines[0]):
                lines, row.lines = lines[1:], row.lines + 1
        take_lines(row, lines, at=at)
    except LineRefused as refusal:
        row.state, row.told = State.STOPPED.value, str(refusal)
    else:
        if row.read >= row.size:
            row.state = State.DONE.value
    if row.state != State.READING:
        row.done_at = at
        row.pieces.all().delete()
        outbox.record(
            ListImported(
                import_id=row.pk, newsletter_id=row.newsletter_id, taken=row.taken,
                refused=row.refused, at=at,
            )
        )  # fmt: skip
    row.save()
    return count


def _next_lines(row: models.ListImport) -> tuple[list[bytes], int]:
    """The next whole lines of a file, and how many bytes they are."""
    pieces = row.pieces.filter(start__gt=row.read - PIECE).order_by("start")
    kept, lines, read = b"", [], 0
    for piece in pieces.iterator(chunk_size=1):
        skip = max(row.read - piece.start, 0)
        *whole, kept = (kept + bytes(piece.data)[skip:]).split(b"\n")
        for line in whole:
            lines.append(line)
            read += len(line) + 1
            if len(lines) == IN_ONE_GO:
                return lines, read
        if len(kept) > PIECE:  # no end in sight: what is no line is refused in parts
            break
    return ([*lines, kept], read + len(kept)) if kept else (lines, read)


def _cut(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """The same bytes in pieces of one size, whatever they came in."""
    kept = b""
    for piece in pieces:
        kept += piece
        while len(kept) >= PIECE:
            yield kept[:PIECE]
            kept = kept[PIECE:]
    if kept:
        yield kept
