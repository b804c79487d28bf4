"""Pictures and their renditions as stored: the custom image models of Wagtail."""

import hashlib
from functools import cached_property
from io import BytesIO
from typing import Any, ClassVar

from django.core.cache.backends.dummy import DummyCache
from django.core.files import File
from django.db import models, transaction
from django.db.models import Q
from PIL import Image
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.search import index

from dateline import clock
from dateline.media import storages
from dateline.media.domain.embed import Credits, embed_metadata
from dateline.media.domain.exif import LAST_UPRIGHT, ORIENTATION
from dateline.media.domain.rights import PictureFacts, Restriction, read_restrictions
from dateline.media.events import PictureRemoved
from dateline.media.reducing import ReducingFilter
from dateline.outbox import services as outbox

TEXT_LIMIT = 255
"""Characters of a one-line field."""


class UprightFile(WagtailImageFieldFile):
    """A picture file that gives its size as people see it, EXIF orientation applied.

    Wagtail crops after turning but stores the size from before; with this the
    focal point, the crop and `width` speak of the same picture. Wagtail also
    decodes all pixels to learn the size, 300 MB for the largest picture.
    """

    def get_image_dimensions(self) -> tuple[int, int]:
        """Return width and height in pixels from the head of the file; no pixel is decoded."""
        was_closed = self.closed
        self.open()
        picture = Image.open(self)
        width, height = picture.size
        turned = picture.getexif().get(ORIENTATION, 1) > LAST_UPRIGHT
        if was_closed:
            self.close()
        else:
            self.seek(0)
        return (height, width) if turned else (width, height)


class UprightImageField(WagtailImageField):
    """An image field whose size is that of the upright picture."""

    attr_class = UprightFile


class PictureQuerySet(ImageQuerySet):
    """Pictures of the library."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete each for itself, as bulk actions of the desk do not: each is a fact."""
        with transaction.atomic():
            gone = sum(picture.delete()[0] for picture in self)
        return gone, {"media.Picture": gone}


class Picture(AbstractImage):
    """One picture as one file. A new version from the agency is a new row with the same guid."""

    file = UprightImageField(
        verbose_name="file",
        upload_to=get_upload_to,
        storage=storages.originals,
        width_field="width",
        height_field="height",
        help_text="The original. Kept in private; readers get copies made from it.",
    )
    description = models.CharField(
        "alt text",
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="What is to be seen, for people who cannot see it. Not the caption again.",
    )
    headline = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="The agency's headline of the picture.",
    )
    caption = models.TextField(
        blank=True, default="", help_text="Shown under the picture, without the credit."
    )
    byline = models.CharField(
        "photographer",
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="Who made the picture.",
    )
    credit = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="The credit chain as the licence wants it, such as “KCNA via KNS/AFP”. "
        "Always shown with the picture.",
    )
    source = models.CharField(
        max_length=TEXT_LIMIT, blank=True, default="", help_text="Whom the picture came from first."
    )
    provider = models.SlugField(
        max_length=40, blank=True, default="", help_text="The feed that brought it, such as “afp”."
    )
    copyright_notice = models.TextField(
        blank=True, default="", help_text="Such as “© 2026 Harbour Press”."
    )
    usage_terms = models.TextField(
        blank=True, default="", help_text="What the licence allows, in the agency's words."
    )
    instructions = models.TextField(
        blank=True,
        default="",
        help_text="Restrictions and notes to editors. Never shown to readers.",
    )
    web_statement = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="Web page that explains the licence.",
    )
    place = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="Where it was taken: city, region, country.",
    )
    taken_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it was taken, UTC. Empty where no time zone is known.",
    )
    guid = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        db_index=True,
        help_text="The agency's id of the picture, the same for all its versions.",
    )
    transmission_ref = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="The agency's job or transmission number.",
    )
    digital_source_type = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="IPTC term that says how it was made, such as by a camera or by software.",
    )
    data_mining = models.CharField(
        max_length=TEXT_LIMIT,
        blank=True,
        default="",
        help_text="PLUS term on text and data mining.",
    )
    usable_until = models.DateTimeField(
        null=True, blank=True, help_text="When our right to show it ends, UTC. Empty is no end."
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Not to be shown before this moment, UTC. Empty is none."
    )
    held_reason = models.TextField(
        blank=True, default="", help_text="Why it may not be shown yet. Empty when it may."
    )
    killed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was killed, UTC."
    )
    killed_reason = models.TextField(
        blank=True, default="", editable=False, help_text="Why it was killed."
    )
    killed_by = models.CharField(
        max_length=150, blank=True, default="", editable=False, help_text="Who killed it."
    )
    notes = models.TextField(
        blank=True,
        default="",
        editable=False,
        help_text="What was odd when the file's metadata was read, one sentence a line.",
    )
    sha256 = models.CharField(
        max_length=64,
        blank=True,
        default="",
        editable=False,
        db_index=True,
        help_text="SHA-256 of the original, in hexadecimal.",
    )

    tones = models.CharField(
        max_length=15,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Two colours shown until it has come. Empty where it lets light through.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "headline",
        "caption",
        "byline",
        "credit",
        "source",
        "copyright_notice",
        "usage_terms",
        "instructions",
        "embargo_until",
        "usable_until",
        "held_reason",
        "web_statement",
        "place",
        "taken_at",
        "digital_source_type",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    objects = PictureQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        *AbstractImage.search_fields,
        index.SearchField("headline", boost=5),
        index.SearchField("caption"),
        index.SearchField("byline"),
        index.SearchField("credit"),
        index.SearchField("place"),
        index.FilterField("killed_at"),
        index.FilterField("usable_until"),
        index.FilterField("provider"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.UniqueConstraint(
                fields=["guid", "sha256"],
                condition=~Q(sha256=""),
                name="media_picture_same_file_once",
            ),
            models.CheckConstraint(
                condition=Q(killed_at=None, killed_reason="", killed_by="")
                | (Q(killed_at__isnull=False) & ~Q(killed_reason="") & ~Q(killed_by="")),
                name="media_picture_kill_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="media_picture_has_size"
            ),
        ]

    def __str__(self) -> str:
        """Mark a killed picture wherever the desk names it."""
        name = f"{self.title} (#{self.pk})"
        return f"KILLED: {name}" if self.killed_at else name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the picture, and tell the pages that show it in the same transaction."""
        picture_id = self.pk
        with transaction.atomic():
            gone: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
            outbox.record(PictureRemoved(picture_id=picture_id, at=clock.now()))
        return gone

    @property
    def default_alt_text(self) -> str:
        """Return the alt text, never the file name that Wagtail falls back to."""
        return self.description or self.headline

    @cached_property
    def restrictions(self) -> tuple[Restriction, ...]:
        """The restrictions found in the picture's texts, in a fixed order."""
        return read_restrictions(
            self.instructions,
            self.usage_terms,
            self.copyright_notice,
            self.credit,
            caption=self.caption,
        )

    @property
    def facts(self) -> PictureFacts:
        """What `rights.may_use` needs to know."""
        return PictureFacts(
            name=f"Picture {self.pk}, “{self.title}”,",
            killed_at=self.killed_at,
            killed_reason=self.killed_reason,
            held_reason=self.held_reason,
            embargo_until=self.embargo_until,
            usable_until=self.usable_until,
            restrictions=self.restrictions,
        )

    @property
    def credits(self) -> Credits:
        """What is written into every copy of the picture."""
        return Credits(
            headline=self.headline,
            caption=self.caption,
            alt_text=self.description,
            byline=self.byline,
            credit=self.credit,
            source=self.source,
            copyright_notice=self.copyright_notice,
            usage_terms=self.usage_terms,
            web_statement=self.web_statement,
            digital_source_type=self.digital_source_type,
            data_mining=self.data_mining,
            guid=self.guid,
        )

    @property
    def token(self) -> str:
        """Ten letters that change with the file, the focal point or the credits.

        It stands in the address of a rendition, so that no cache can show an
        old crop or an old credit.
        """
        focal = (
            self.focal_point_x,
            self.focal_point_y,
            self.focal_point_width,
            self.focal_point_height,
        )
        text = repr((self.file_hash, focal, self.credits))
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    def generate_rendition_file(
        self,
        wanted: Filter,
        *,
        source: File[bytes] | None = None,
    ) -> File[bytes]:
        """Make a rendition that carries the credit and no GPS.

        Raises:
            InvalidFilterSpecError: a format that we cannot write credits into.
            SourceImageIOError: the original is not on the disk.

        """
        if source is None and not self.file.storage.exists(self.file.name):
            raise SourceImageIOError(f"The original of picture {self.pk} is missing.")
        reducing = ReducingFilter(wanted.spec, self.credits)
        with super().generate_rendition_file(reducing, source=source) as made:
            made.seek(0)
            if made.name.endswith(".avif"):
                return File(BytesIO(made.read()), name=made.name)
            if made.name.rsplit(".", 1)[-1] not in {"jpg", "webp"}:
                raise InvalidFilterSpecError(
                    f"{wanted.spec}: renditions are JPEG, WebP or AVIF, which can carry a credit."
                )
            data = embed_metadata(made.read(), self.credits, source=made.name)
        return File(BytesIO(data), name=made.name)


class Rendition(AbstractRendition):
    """One copy of a picture at one size, for readers or for the desk."""

    # Wagtail keeps renditions in a cache; another process may just have withdrawn one.
    cache_backend = DummyCache("renditions", {})

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.filter_spec} of picture {self.image_id}"
