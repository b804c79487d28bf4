"""Read what a news picture says about itself: IIM, XMP and EXIF, in one answer.

Precedence (IPTC Photo Metadata and MWG guidelines 2.0, section 5): XMP, then
IIM, then EXIF. When Photoshop's digest shows that the IIM was changed after
the XMP was written, IIM goes first. Where two blocks differ in more than
length the one that lost is told in `warnings`. Instructions are the exception:
if they differ both are kept, because a restriction in either binds.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dateline.media.domain import exif as exif_block
from dateline.media.domain import iim as iim_block
from dateline.media.domain import jpeg, taken, webp
from dateline.media.domain import xmp as xmp_block
from dateline.media.domain.container import MAX_PIXELS, Container
from dateline.media.domain.exif import Exif
from dateline.media.domain.iim import Iim
from dateline.media.domain.refusal import PictureRefused
from dateline.media.domain.xmp import Xmp

__all__ = ["MAX_BYTES", "MAX_PIXELS", "PhotoMetadata", "PictureRefused", "read_metadata"]

MAX_BYTES = 80_000_000
"""Largest file taken, in bytes: a 45-megapixel camera's finest JPEG is under 40 MB."""

_GPS_PROPERTIES = ("exif:GPSLatitude", "exif:GPSLongitude", "exif:GPSPosition")
_HIGHEST, _LOWEST = 1, 9
_NO_DIGEST = b"\x00" * 16  # Photoshop writes zeros for "no IIM at the time"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMetadata:
    """What one picture file says about itself. Missing is None or empty, never guessed.

    `width` and `height` are pixels as an upright picture is seen (EXIF
    orientation applied). `taken_at` is aware UTC. `guid` is the maker's global
    id of the picture (Digital Image GUID, else the supplier's id), the same for
    every version. `urgency` is IPTC's 1 (highest) to 9. `digital_source_type`
    and `data_mining` are IPTC and PLUS vocabulary URIs. `warnings` are full
    sentences for an editor.
    """

    kind: Literal["jpeg", "webp"]
    width: int
    height: int
    headline: str | None = None
    title: str | None = None
    caption: str | None = None
    alt_text: str | None = None
    byline: str | None = None
    credit: str | None = None
    source: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    instructions: str | None = None
    transmission_ref: str | None = None
    guid: str | None = None
    keywords: tuple[str, ...] = ()
    city: str | None = None
    region: str | None = None
    country: str | None = None
    taken_at: datetime | None = None
    digital_source_type: str | None = None
    data_mining: str | None = None
    web_statement: str | None = None
    licensor: str | None = None
    urgency: int | None = None
    has_gps: bool = False
    warnings: tuple[str, ...] = ()


def read_metadata(data: bytes, *, source: str) -> PhotoMetadata:
    """Read the metadata of a JPEG or WebP file without decoding its pixels.

    `source` names the picture in messages only, such as a file name.

    Raises:
        PictureRefused: not a JPEG or WebP file, cut off, damaged, over MAX_BYTES
            or MAX_PIXELS, or with a document type in its XMP.

    """
    return _Reading(read_container(data, source=source), source).answer()


def read_container(data: bytes, *, source: str) -> Container:
    """Find size and metadata blocks of a JPEG or WebP file.

    Raises:
        PictureRefused: as read_metadata, except for the XMP.

    """
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            f"{source} is {len(data) / 1_000_000:,.0f} MB; the limit is "
            f"{MAX_BYTES // 1_000_000} MB. Ask for a smaller copy."
        )
    if data.startswith(jpeg.START):
        return jpeg.read(data, source=source)
    if webp.looks_like(data):
        return webp.read(data, source=source)
    raise PictureRefused(f"{source} is not a JPEG or WebP picture. Save it as one of these.")


class _Reading:
    """One picture's three blocks on their way to one answer."""

    def __init__(self, container: Container, source: str) -> None:
        self.container = container
        self.exif: Exif = exif_block.read(container.exif)
        self.iim: Iim = iim_block.read(container.iim or b"")
        self.xmp: Xmp = xmp_block.read(container.xmp, source=source) if container.xmp else Xmp()
        self.warnings = [*self.iim.warnings, *self.xmp.warnings]
        self.iim_first = _iim_is_newer(container)
        if self.iim_first:
            self.warnings.append("The IIM block was changed after the XMP block; IIM goes first.")
        if container.has_extended_xmp:
            self.warnings.append("There is more XMP in a second block, which was not read.")

    def answer(self) -> PhotoMetadata:
        upright = self.exif.orientation <= exif_block.LAST_UPRIGHT
        width, height = self.container.width, self.container.height
        return PhotoMetadata(
            kind=self.container.kind,
            width=width if upright else height,
            height=height if upright else width,
            headline=self.choose("headline", "photoshop:Headline", iim_block.HEADLINE),
            title=self.choose("title", "dc:title", iim_block.OBJECT_NAME),
            caption=self.choose(
                "caption", "dc:description", iim_block.CAPTION, self.exif.description
            ),
            alt_text=self.xmp.text("Iptc4xmpCore:AltTextAccessibility"),
            byline=self.byline(),
            credit=self.choose("credit", "photoshop:Credit", iim_block.CREDIT),
            source=self.choose("source", "photoshop:Source", iim_block.SOURCE),
            copyright_notice=self.choose(
                "copyright notice", "dc:rights", iim_block.COPYRIGHT, self.exif.copyright
            ),
            usage_terms=self.xmp.text("xmpRights:UsageTerms"),
            instructions=self.instructions(),
            transmission_ref=self.choose(
                "job id", "photoshop:TransmissionReference", iim_block.TRANSMISSION
            ),
            guid=self.xmp.text("Iptc4xmpExt:DigImageGUID")
            or self.xmp.text("plus:ImageSupplierImageID"),
            keywords=self.xmp.every("dc:subject") or self.iim.every(iim_block.KEYWORDS),
            city=self.choose("city", "photoshop:City", iim_block.CITY),
            region=self.choose("region", "photoshop:State", iim_block.REGION),
            country=self.choose("country", "photoshop:Country", iim_block.COUNTRY),
            taken_at=self.taken_at(),
            digital_source_type=self.xmp.text("Iptc4xmpExt:DigitalSourceType"),
            data_mining=self.xmp.text("plus:DataMining"),
            web_statement=self.xmp.text("xmpRights:WebStatement"),
            licensor=self.xmp.inside("plus:Licensor", "plus:LicensorName")
            or self.xmp.inside("plus:Licensor", "plus:LicensorURL"),
            urgency=self.urgency(),
            has_gps=self.exif.has_gps or any(self.xmp.text(name) for name in _GPS_PROPERTIES),
            warnings=tuple(self.warnings),
        )

    def choose(
        self, what: str, name: str, data_set: tuple[int, int], third: str | None = None
    ) -> str | None:
        """Take XMP, else IIM, else `third`; a real difference is told."""
        said = [("XMP", self.xmp.text(name)), ("IIM", self.iim.first(data_set))]
        return self._first_of(what, said) or third

    def byline(self) -> str | None:
        said: list[tuple[str, str | None]] = [
            ("XMP", ", ".join(self.xmp.every("dc:creator"))),
            ("IIM", ", ".join(self.iim.every(iim_block.BYLINE))),
        ]
        return self._first_of("byline", said) or self.exif.artist

    def instructions(self) -> str | None:
        """Keep both notes where they differ: a restriction in either binds."""
        new = self.xmp.text("photoshop:Instructions")
        old = self.iim.first(iim_block.INSTRUCTIONS)
        if new and old and not _says_the_same(new, old):
            self.warnings.append("XMP and IIM give different instructions; both were kept.")
            return f"{new}\n{old}"
        return max(new or "", old or "", key=len) or None

    def taken_at(self) -> datetime | None:
        xmp, exif = self.xmp, self.exif
        iim = taken.from_iim(
            self.iim.first(iim_block.DATE_CREATED), self.iim.first(iim_block.TIME_CREATED)
        )
        said = [
            ("XMP", xmp.text("photoshop:DateCreated") or xmp.text("exif:DateTimeOriginal")),
            ("IIM", iim),
            ("EXIF", taken.from_exif(exif.taken_at, exif.taken_offset)),
        ]
        if self.iim_first:
            said[:2] = said[1::-1]
        moment, warnings = taken.decide([taken.Said(block, text) for block, text in said if text])
        self.warnings.extend(warnings)
        return moment

    def urgency(self) -> int | None:
        said = self.choose("urgency", "photoshop:Urgency", iim_block.URGENCY)
        if said is None:
            return None
        if said.isascii() and said.isdecimal() and _HIGHEST <= int(said[:3]) <= _LOWEST:
            return int(said[:3])
        self.warnings.append(f"The urgency {said[:40]!r} is not a number from 1 to 9.")
        return None

    def _first_of(self, what: str, said: list[tuple[str, str | None]]) -> str | None:
        if self.iim_first:
            said.reverse()
        (winner, first), (loser, second) = said
        if first and second and not _says_the_same(first, second):
            self.warnings.append(
                f"{winner} and {loser} give a different {what}; {winner} was taken. "
                f"{loser} says {_short(second)!r}."
            )
        return first or second or None


def _iim_is_newer(container: Container) -> bool:
    """Say whether an XMP-blind program changed the IIM (MWG 2.0, section 5.3.1)."""
    digest = container.iim_digest
    if not container.iim or not container.xmp or digest is None or digest == _NO_DIGEST:
        return False
    return hashlib.md5(container.iim, usedforsecurity=False).digest() != digest


def _says_the_same(one: str, other: str) -> bool:
    """Compare without white space; IIM may have been cut to its length limit."""
    short, long = sorted(("".join(one.split()), "".join(other.split())), key=len)
    return long.startswith(short)


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
