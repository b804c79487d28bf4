"""Read a news picture: JPEG with IPTC IIM and XMP (IPTC Photo Metadata Standard)."""

import hashlib
from datetime import UTC, datetime

from dateline.media.domain.metadata import PhotoMetadata, PictureRefused, read_metadata
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Picture
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.profile import PROFILES, ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "jpeg"
MAGIC = b"\xff\xd8\xff"


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn one JPEG into one picture item, with a picture whose bytes are the document itself.

    The family is the Digital Image GUID or the transmission reference, else the hash of the bytes:
    a resend is then the same item, though an update of it is not. Instructions restrict use, so
    they stand with the usage terms, and with the notes for editors. `href` of the picture is None:
    it was delivered, not linked.

    Raises:
        WireFormatError: it is cut off, damaged, too large, or no JPEG.

    """
    try:
        metadata = read_metadata(data, source=source)
    except PictureRefused as refusal:
        said = str(refusal)
        problem = f"it{said.removeprefix(source)}" if said.startswith(source) else said
        raise WireFormatError(source, "(picture)", problem) from refusal
    return (judge(_sent(metadata, data), source=source, profile=profile),)


def _sent(said: PhotoMetadata, data: bytes) -> Sent:
    usage = "\n".join(text for text in (said.usage_terms, said.instructions) if text) or None
    place = ", ".join(part for part in (said.city, said.region, said.country) if part)
    credit = said.credit or said.source
    identifier = said.guid or said.transmission_ref
    picture = Picture(
        guid=identifier,
        caption=said.caption,
        credit=credit,
        usage=usage,
        width=said.width,
        height=said.height,
        mime="image/jpeg",
        alt_text=said.alt_text,
    )
    return Sent(
        format=FORMAT,
        identifier=identifier or f"urn:sha256:{hashlib.sha256(data).hexdigest()}",
        provider=guess_provider(names=_names(said), identifier=said.guid),
        created=_iso(said.taken_at),
        kind="picture",
        headline=said.headline or said.title,
        located=place or None,
        byline=said.byline,
        urgency=str(said.urgency) if said.urgency else None,
        copyright_notice=said.copyright_notice,
        usage_terms=usage,
        credit=credit,
        caption=said.caption,
        pictures=(picture,),
        keywords=said.keywords,
        has_signals=False,
        ed_notes=(said.instructions,) if said.instructions else (),
        holds=_doubts(said),
        warnings=said.warnings + _gps(said),
    )


def _names(said: PhotoMetadata) -> list[str | None]:
    """Who may have sent it. Only an agency we know counts: a credit is often a photographer."""
    texts = (said.source, said.credit, said.copyright_notice)
    return [
        text for text in texts if text and guess_provider(names=[text], identifier=None) in PROFILES
    ]


def _doubts(said: PhotoMetadata) -> tuple[str, ...]:
    if said.caption or said.headline or said.credit or said.copyright_notice or said.byline:
        return ()
    return (_NO_RIGHTS,)


_NO_RIGHTS = (
    "It carries no caption, credit or rights, so nobody can tell whether it may be used. "
    "Ask the agency for them."
)


def _gps(said: PhotoMetadata) -> tuple[str, ...]:
    if not said.has_gps:
        return ()
    return ("It carries the place where it was taken (GPS), which is taken out before publishing.",)


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
