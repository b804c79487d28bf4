"""Read one file as an agency's and say what it would do, before anybody sends such files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.adapters.reader import Task, Unreadable
from dateline.wire.domain.standing import Effect
from dateline.wire.services.reading import READER, rules_of
from dateline.wire.services.storing import foreseen

Refusal = Unreadable  # what `try_file` raises, for whoever calls it


@dataclass(frozen=True, slots=True)
class Tried:
    """One item of a file: the row it would be, which is not stored, and what that would do.

    `effect` is what it does to its family, None for what we have already. `asks_in_words` says
    that a person would be asked what it means to have killed.
    """

    row: models.WireItem
    effect: Effect | None
    asks_in_words: bool


def try_file(
    source: BinaryIO, *, name: str, provider: models.Provider, at: datetime
) -> list[Tried]:
    """Read a file as `provider` would send it, by the rules it has now. Nothing of it is kept.

    It is read in the reading process, as any delivery. `at` is aware UTC.

    Raises:
        Unreadable: it would go to quarantine; the message is the reason, for an editor.

    """
    with TemporaryDirectory(prefix="dateline-try-") as folder:
        root = Path(folder)
        kept = raw_store.keep(source, root=root)
        incoming = READER.read(Task(root, kept.sha256, name, rules_of(provider)))
    raw = models.RawDelivery(
        provider=provider, file_name=name, sha256=kept.sha256, size=kept.size, received_at=at
    )
    return [
        Tried(row, arrival.effect, arrival.asks_in_words) if arrival else Tried(row, None, False)
        for row, arrival in foreseen(raw, incoming, at=at)
    ]
