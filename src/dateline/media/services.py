"""What the newsroom can do to a picture. One function per verb, one transaction each."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, UnidentifiedImageError
from wagtail.images.models import Filter

from dateline import clock
from dateline.media.domain import rights
from dateline.media.domain.jpeg import START as JPEG_START
from dateline.media.domain.metadata import PhotoMetadata, PictureRefused, read_metadata
from dateline.media.domain.sizes import Size
from dateline.media.events import (
    PictureChanged,
    PictureImported,
    PictureKilled,
    PictureReinstated,
)
from dateline.media.models import TEXT_LIMIT, Picture, Rendition
from dateline.media.toning import tones_of
from dateline.outbox import services as outbox

OVERRIDABLE = frozenset(
    {
        "byline",
        "caption",
        "copyright_notice",
        "credit",
        "data_mining",
        "description",
        "digital_source_type",
        "embargo_until",
        "guid",
        "headline",
        "held_reason",
        "instructions",
        "place",
        "source",
        "taken_at",
        "title",
        "transmission_ref",
        "usable_until",
        "usage_terms",
        "web_statement",
    }
)
_FIRST_ASKED = (320, 640)  # pixels: a card and a lead, on a telephone
_SIDE = 256  # pixels: how far the decoder may shrink a JPEG while it checks it


def import_picture(
    data: bytes,
    *,
    name: str,
    provider: str = "",
    overrides: Mapping[str, Any] | None = None,
    by: str = "",
    at: datetime | None = None,
) -> Picture:
    """Take a picture into the library and return its row; the same file again returns the same row.

    `name` is the file name, `provider` the slug of the feed. `overrides` are
    fields of OVERRIDABLE known better than the file knows them, from a sidecar or the
    wire item; None and "" leave what the file says. A time limit in the
    restrictions counts from `at` (aware UTC, now if left out). A new version of
    a picture that was killed is held until a person releases it.

    Raises:
        PictureRefused: no picture, damaged or too large; the message says which
            and what to do.
        TypeError: an override that is no such field.

    """
    at = at or clock.now()
    values = read_values(data, name=name, at=at, overrides=overrides or {})
    with transaction.atomic():
        known: Picture | None = Picture.objects.filter(
            guid=values["guid"], sha256=values["sha256"]
        ).first()
        if known is not None:
            return known
        picture = Picture(file=_file(data, name), provider=provider, **values)
        return _store(picture, by=by, at=at)


def read_values(
    data: bytes, *, name: str, at: datetime, overrides: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the Picture fields that a file and its sidecar give, ready to store.

    Raises:
        PictureRefused: no picture, damaged or too large.
        TypeError: an override that is no such field.

    """
    unknown = set(overrides or {}) - OVERRIDABLE
    if unknown:
        raise TypeError(f"import_picture has no field {', '.join(sorted(unknown))} to override.")
    found = read_metadata(data, source=name)
    _check_pixels(data, source=name)
    values = _fields(found, name)
    values |= {key: value for key, value in (overrides or {}).items() if value not in (None, "")}
    values["sha256"] = hashlib.sha256(data).hexdigest()
    values["file_hash"] = hashlib.sha1(data, usedforsecurity=False).hexdigest()  # Wagtail's
    values["file_size"] = len(data)
    values["notes"] = "\n".join(found.warnings)
    if values.get("usable_until") is None:
        found_limits = rights.read_restrictions(
            *(values[key] for key in _BINDING), caption=values["caption"]
        )
        values["usable_until"] = rights.usable_until(found_limits, from_at=at)
    return values


@transaction.atomic
def kill_picture(picture_id: int, *, reason: str, by: str, at: datetime | None = None) -> bool:
    """Withdraw a picture everywhere, at once; return False if it was killed before.

    From COMMIT on the gate answers 410 for every copy, and the copies are taken
    off the disk. The original stays in private, as evidence, served to nobody.
    `at` is aware UTC, now if left out.

    Raises:
        Picture.DoesNotExist: there is no such picture.
        ValueError: no reason or no name was given.

    """
    if not reason.strip() or not by.strip():
        raise ValueError(f"Picture {picture_id} was not killed: say why, and who you are.")
    picture = _locked(picture_id)
    if picture.killed_at is not None:
        return False
    at = at or clock.now()
    picture.killed_at, picture.killed_reason, picture.killed_by = at, reason, by
    picture.tones = ""
    picture.save(update_fields=["killed_at", "killed_reason", "killed_by", "tones"])
    remove_copies(picture)
    outbox.record(
        PictureKilled(picture_id=picture.pk, guid=picture.guid, reason=reason, by=by, at=at)
    )
    return True


@transaction.atomic
def kill_family(
    guid: str, *, provider: str, reason: str, by: str, at: datetime | None = None
) -> int:
    """Kill every version of an agency's picture; return how many were killed now.

    `provider` is the slug of the feed: the same id from another agency is another picture. Those
    the desk uploaded itself are from none, and go with it.
    """
    family = Picture.objects.filter(guid=guid, provider__in=(provider, "")).exclude(guid="")
    return sum(
        kill_picture(pk, reason=reason, by=by, at=at)
        for pk in family.order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def reinstate_picture(
    picture_id: int, *, by: str, reason: str = "", at: datetime | None = None
) -> bool:
    """Lift a kill; return False if the picture was not killed. `at` is aware UTC.

    Raises:
        Picture.DoesNotExist: there is no such picture.

    """
    picture = _locked(picture_id)
    if picture.killed_at is None:
        return False
    picture.killed_at, picture.killed_reason, picture.killed_by = None, "", ""
    picture.save(update_fields=["killed_at", "killed_reason", "killed_by"])
    outbox.record(
        PictureReinstated(
            picture_id=picture.pk, guid=picture.guid, reason=reason, by=by, at=at or clock.now()
        )
    )
    return True


@transaction.atomic
def release_picture(picture_id: int, *, by: str, at: datetime | None = None) -> bool:
    """Let readers see a picture that was held; return False if it was not. `at` is aware UTC.

    Raises:
        Picture.DoesNotExist: there is no such picture.

    """
    picture = _locked(picture_id)
    if not picture.held_reason:
        return False
    picture.held_reason = ""
    picture.save(update_fields=["held_reason"])
    note_change(picture, by=by, at=at)
    return True


@transaction.atomic
def tighten_terms(
    picture_id: int,
    *,
    embargo_until: datetime | None = None,
    usable_until: datetime | None = None,
    usage_terms: str = "",
    held_reason: str = "",
    by: str,
    at: datetime | None = None,
) -> bool:
    """Bind a picture to what its agency says of it elsewhere; return False if nothing is stricter.

    The later embargo, the earlier end of rights, both terms of use, and the hold it had not. Times
    are aware UTC. A person may loosen them in the desk.

    Raises:
        Picture.DoesNotExist: there is no such picture.

    """
    picture = _locked(picture_id)
    stricter = {
        "embargo_until": max(filter(None, (picture.embargo_until, embargo_until)), default=None),
        "usable_until": min(filter(None, (picture.usable_until, usable_until)), default=None),
        "usage_terms": _both(picture.usage_terms, usage_terms),
        "held_reason": _both(picture.held_reason, held_reason),
    }
    changed = [name for name, value in stricter.items() if getattr(picture, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(picture, name, stricter[name])
    picture.save(update_fields=changed)
    note_change(picture, by=by, at=at)
    return True


def _both(known: str, more: str) -> str:
    return known if more in known else "\n".join(filter(None, (known, more)))


@transaction.atomic
def note_change(picture: Picture, *, by: str, at: datetime | None = None) -> None:
    """Record that words, rights, crop or file changed, and drop the copies that tell the old ones.

    Call after the picture is saved, in the same transaction.
    """
    remove_copies(picture)
    outbox.record(PictureChanged(picture_id=picture.pk, by=by, at=at or clock.now()))


def fill(picture: Picture, values: Mapping[str, Any]) -> None:
    """Give a picture what its file says, where a person has typed nothing. Nothing is saved."""
    for name, value in values.items():
        if name in _OF_THE_FILE or not getattr(picture, name):
            setattr(picture, name, value)
    if PurePath(picture.title).stem == PurePath(picture.filename).stem:  # nobody's words
        picture.title = values["title"]


def copy_of(picture: Picture, size: Size) -> Rendition:
    """Return one copy for readers, made now if there is none. Writes one row and one file.

    Raises:
        SourceImageIOError: the original is not on the disk.
        PictureRefused: the picture was killed while the copy was made.

    """
    found = _made_before(picture, size)
    if found is not None:
        return found
    made: Rendition = picture.get_rendition(size.filter_spec)
    if not Picture.objects.filter(pk=picture.pk, killed_at=None).exists():
        made.delete()
        made.file.storage.delete(made.file.name)
        raise PictureRefused(f"Picture {picture.pk} was killed while a copy was made.")
    return made


def _made_before(picture: Picture, size: Size) -> Rendition | None:
    try:
        found: Rendition = picture.find_existing_rendition(Filter(size.filter_spec))
    except Rendition.DoesNotExist:
        return None
    if found.file.storage.exists(found.file.name):
        return found
    found.delete()  # the row outlived its file: a restore without files, or a cleared disk
    return None


def make_ready(picture: Picture) -> None:
    """Find a picture's colours, and make the copies most readers will ask for first.

    For the worker: it decodes the original. A killed picture, or one without a file, is left alone.
    """
    if picture.killed_at is not None or not picture.file.storage.exists(picture.file.name):
        return
    with picture.open_file() as file:
        found = tones_of(file)
    Picture.objects.filter(pk=picture.pk, killed_at=None).update(tones=found)
    for width in _FIRST_ASKED:
        copy_of(picture, Size("3:2", width, "avif"))


def remove_copies(picture: Picture) -> None:
    """Take all renditions of a picture off the disk when the transaction commits."""
    copies = Rendition.objects.filter(image=picture)
    files = [(copy.file.storage, copy.file.name) for copy in copies]
    copies.delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


_OF_THE_FILE = frozenset({"sha256", "file_hash", "file_size", "notes"})
_BINDING = ("instructions", "usage_terms", "copyright_notice", "credit")


def _fields(found: PhotoMetadata, name: str) -> dict[str, Any]:
    place = ", ".join(part for part in (found.city, found.region, found.country) if part)
    texts = {
        "title": found.headline or found.title or PurePath(name).stem or "Picture",
        "description": found.alt_text,
        "headline": found.headline,
        "byline": found.byline,
        "credit": found.credit,
        "source": found.source,
        "place": place,
        "guid": found.guid,
        "transmission_ref": found.transmission_ref,
        "digital_source_type": found.digital_source_type,
        "data_mining": found.data_mining,
        "web_statement": found.web_statement,
    }
    fitting = {key: _fit(text or "") for key, text in texts.items()}
    return fitting | {
        "caption": found.caption or "",
        "copyright_notice": found.copyright_notice or "",
        "usage_terms": found.usage_terms or "",
        "instructions": found.instructions or "",
        "taken_at": found.taken_at,
    }


def _fit(text: str) -> str:
    """Cut a text to its column, at a space where there is one near the end."""
    if len(text) <= TEXT_LIMIT:
        return text
    return text[: TEXT_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _file(data: bytes, name: str) -> ContentFile[bytes]:
    suffix = ".jpg" if data.startswith(JPEG_START) else ".webp"
    return ContentFile(data, name=(PurePath(name).stem or "picture") + suffix)


def _store(picture: Picture, *, by: str, at: datetime) -> Picture:
    if Picture.objects.filter(guid=picture.guid, killed_at__isnull=False).exclude(guid="").exists():
        picture.held_reason = "An earlier version of this picture was killed."
    try:
        picture.save()
        outbox.record(
            PictureImported(
                picture_id=picture.pk, guid=picture.guid, provider=picture.provider, by=by, at=at
            )
        )
    except BaseException:
        picture.file.storage.delete(picture.file.name)
        raise
    return picture


def _locked(picture_id: int) -> Picture:
    picture: Picture = Picture.objects.select_for_update().get(pk=picture_id)
    return picture


def _check_pixels(data: bytes, *, source: str) -> None:
    """Decode the picture once, small, so that no reader's page meets a broken one."""
    try:
        with Image.open(BytesIO(data)) as image:
            image.draft(None, (_SIDE, _SIDE))
            image.load()
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise PictureRefused(
            f"{source} cannot be decoded: its picture data is damaged. Ask for it again."
        ) from error
