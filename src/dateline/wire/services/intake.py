"""Take in what agencies send: the bytes first, safe and acknowledged, then the reading of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import structlog
from django.conf import settings
from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.wire import models
from dateline.wire.adapters import folder, raw_store
from dateline.wire.domain.pickups import LARGEST
from dateline.wire.events import RawQuarantined
from dateline.wire.services.reading import (
    Outcome,
    raw_root,
    read_delivery,
    read_waiting,
    release_all,
)

AT_ONCE = 200  # files of one scan, so that a flood does not keep the outbox waiting
LEFTOVER = timedelta(hours=1)
WATCH = folder.Watch()  # what this process saw at earlier looks
log = structlog.get_logger(__name__)
State = models.RawDelivery.State


@dataclass(slots=True)
class ScanResult:
    """One scan: how many files were taken and deliveries read, and what an operator should see.

    `problems` are sentences, the same at every scan until somebody helps.
    """

    received: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    growing: int = 0
    problems: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there was work, so that there may be more."""
        return bool(self.received or self.outcomes)


def receive(
    provider: models.Provider,
    data: bytes | BinaryIO,
    *,
    file_name: str,
    transport: str = "folder",
    refusal: str = "",
    at: datetime | None = None,
) -> int:
    """Make the bytes of one delivery safe and return its id; the same bytes again, the same id.

    When this returns, the bytes and the row survive a power loss, and the sender may be told so.
    Nothing is read yet. A file above LARGEST goes to quarantine without being read, and so does one
    with a `refusal`: a sentence that says why a person must look at it first.

    Raises:
        OSError: the disk is full or not writable. Nothing was received.

    """
    at = at or clock.now()
    kept = raw_store.keep(BytesIO(data) if isinstance(data, bytes) else data, root=raw_root())
    with transaction.atomic():
        row, new = models.RawDelivery.objects.get_or_create(
            provider=provider,
            sha256=kept.sha256,
            defaults={
                "file_name": file_name,
                "size": kept.size,
                "transport": transport,
                "received_at": at,
                **_refusal(file_name, kept.size, refusal),
            },
        )
        if new and row.state == State.QUARANTINED:
            outbox.record(
                RawQuarantined(raw_id=row.pk, provider=provider.slug, at=at, reason=row.reason)
            )
    return row.pk


def _refusal(file_name: str, size: int, told: str) -> dict[str, str]:
    if size > LARGEST:
        told = (
            f"it has {size / 2**20:,.0f} MB; the largest that is read has "
            f"{LARGEST // 2**20} MB. The bytes are kept. Ask the agency for a smaller file."
        )
    return {"state": State.QUARANTINED, "reason": f"{file_name}: {told}"} if told else {}


def scan_intake(*, at: datetime | None = None, watch: folder.Watch = WATCH) -> ScanResult:
    """Look into every provider's folder once, take what is finished, and read what waits.

    `at` is aware UTC. Called every second by the worker; safe in several processes at once. Bytes
    are on disk and their row is committed before a file leaves its folder.
    """
    at = at or clock.now()
    if not watch.started:
        watch.started = True
        _pick_up_after_a_crash(at)
    result = ScanResult()
    providers = {p.slug: p for p in models.Provider.objects.filter(active=True).order_by("slug")}
    intake = Path(settings.DATELINE_INTAKE_DIR)
    for provider in providers.values():
        _take_folder(provider, intake / provider.slug, result, at=at, watch=watch)
    result.problems += strange_folders(dict(models.Provider.objects.values_list("slug", "active")))
    result.outcomes = read_waiting(at=at, limit=AT_ONCE)
    _tell_once(result.problems)
    return result


def _take_folder(
    provider: models.Provider,
    inbox: Path,
    result: ScanResult,
    *,
    at: datetime,
    watch: folder.Watch,
) -> None:
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        result.problems.append(f"{inbox}: the folder cannot be made: {error.strerror}.")
        return
    look = watch.look(inbox, at=at)
    result.growing += look.growing
    result.problems += [f"{one.path}: {one.problem}" for one in look.refused]
    for found in look.files[: AT_ONCE - result.received]:
        problem = _take(provider, found, at=at)
        if problem:
            result.problems.append(f"{found.path}: {problem}")
        else:
            result.received += 1


def _take(provider: models.Provider, found: folder.Found, *, at: datetime) -> str:
    """Take one file; return why not, or nothing."""
    try:
        with folder.open_finished(found) as file:
            receive(provider, file, file_name=found.name, at=at)
            if not folder.is_unchanged(found, file):
                return "It was changed while it was being read; it will be read again."
        folder.acknowledge(found)
    except folder.NotTakenNow as reason:
        return str(reason)
    except OSError as error:
        return f"It cannot be taken: {error.strerror}. Check its permissions and the disk."
    return ""


def strange_folders(active: Mapping[str, bool]) -> list[str]:
    """A sentence for everything in the intake that belongs to no provider we read.

    `active` says of each provider, by slug, whether it is switched on.
    """
    intake = Path(settings.DATELINE_INTAKE_DIR)
    if not intake.is_dir():
        return []
    strangers = (e for e in sorted(intake.iterdir()) if not e.name.startswith("."))
    return [_stranger(e, active) for e in strangers if not active.get(e.name)]


def _stranger(entry: Path, active: Mapping[str, bool]) -> str:
    name = folder.shown_name(Path(entry.name))
    if not entry.is_dir():
        return f"{name}: it lies beside the providers' folders. Move it into one of them."
    if entry.name in active:
        return f"{name}: this provider is switched off, so its folder is not read."
    return f"{name}: there is no provider of that name, so its files are left. Add the provider."


_told: set[str] = set()


def _tell_once(problems: list[str]) -> None:
    """Log what is new: the same problem every second would hide the others."""
    for problem in problems:
        if problem not in _told:
            log.warning("intake_problem", problem=problem)
    _told.clear()
    _told.update(problems)


def ingest_path(
    path: Path, provider: models.Provider, *, at: datetime | None = None
) -> Iterator[tuple[Path, Outcome | None]]:
    """Receive and read a file, or every file below a folder, in the order of their names.

    Yields each file with what became of it, None where it was known already. The files stay.

    Raises:
        OSError: a file cannot be read; those before it are stored.

    """
    at = at or clock.now()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        name = folder.shown_name(file.relative_to(path) if path.is_dir() else Path(file.name))
        with file.open("rb") as source:
            raw_id = receive(provider, source, file_name=name, transport="command", at=at)
        yield file, read_delivery(raw_id, at=at)


def take_in(slug: str, data: bytes, *, file_name: str, at: datetime | None = None) -> list[int]:
    """Receive and read one delivery of the provider `slug` at once; ids of its items in order.

    Bytes that were taken before give the items they gave then. Empty: it went to quarantine.

    Raises:
        Provider.DoesNotExist: there is no such provider.

    """
    at = at or clock.now()
    provider = models.Provider.objects.get(slug=slug)
    raw_id = receive(provider, data, file_name=file_name, transport="command", at=at)
    read_delivery(raw_id, at=at)
    items = models.WireItem.objects.filter(raw_id=raw_id)
    return list(items.order_by("pk").values_list("pk", flat=True))


def _pick_up_after_a_crash(at: datetime) -> None:
    """At the first scan of a process: half-written copies go, and what was being read is free."""
    before = (at - LEFTOVER).timestamp()
    found = {
        "copies": raw_store.clear_unfinished(root=raw_root(), before=before),
        "leases": release_all(),
    }
    if any(found.values()):
        log.info("intake_picked_up", **found)
