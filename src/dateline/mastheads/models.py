"""The sites of the network and their sections."""

from django.db import models
from django.db.models import F, Q

from dateline.mastheads.domain.look import Look


class Masthead(models.Model):
    """One title of the network on one host."""

    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="masthead", editable=False
    )
    slug = models.SlugField(max_length=40, unique=True, help_text="Short name, as in `musashi`.")
    name = models.CharField(max_length=80)
    tagline = models.CharField(max_length=160, blank=True)
    host = models.CharField(
        max_length=253, unique=True, help_text="Host readers type, without port: `musashi.example`."
    )
    language = models.CharField(
        max_length=12, default="en", help_text="BCP 47 tag of the readers' language: en, ja."
    )
    time_zone = models.CharField(max_length=64, default="Asia/Tokyo", help_text="IANA name.")
    edition_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        help_text="The masthead this is another language's edition of.",
    )
    legal_line = models.CharField(max_length=200, help_text="As printed: ©2026 Example Press Inc.")
    look = models.CharField(max_length=12, choices=[(v.value, v.name.title()) for v in Look])
    wordmark = models.FileField(
        upload_to="mastheads/", blank=True, help_text="SVG drawn in currentColor; else the name."
    )
    ink = models.CharField(max_length=7, default="#14171a")
    paper = models.CharField(max_length=7, default="#fffdf9")
    accent = models.CharField(max_length=7, default="#b3261e")
    ink_dark = models.CharField(max_length=7, default="#e9e6df")
    paper_dark = models.CharField(max_length=7, default="#111417")
    accent_dark = models.CharField(max_length=7, default="#f2887f")
    place = models.PositiveSmallIntegerField(default=0, help_text="Order in lists of the network.")
    about = models.TextField(blank=True, help_text="Plain text for the foot of each page.")
    alarm = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="What `fronts` says of the whole network: 0 nothing, 1 a banner, 2 text only.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(edition_of=F("id")), name="masthead_not_own_edition"
            ),
            models.CheckConstraint(
                condition=Q(look__in=[v.value for v in Look]), name="masthead_look_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A section of one masthead; sections nest."""

    masthead = models.ForeignKey(Masthead, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, help_text="First part of its stories' addresses.")
    standfirst = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0, help_text="Order in the navigation.")
    in_navigation = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "slug"], name="section_slug_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="section_not_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.masthead_id})"
