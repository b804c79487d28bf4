"""The wire as stored: providers, raw deliveries, and items that are never edited."""

from django.db import models
from django.db.models import Q

from dateline.wire.domain.pickups import Kind


class Provider(models.Model):
    """An agency whose copy comes in: how to read it, and what may happen by itself."""

    class EmptyEmbargo(models.TextChoices):
        HOLD = "hold", "hold for a person"
        IGNORE = "ignore", "treat as no embargo"

    slug = models.SlugField(max_length=40, unique=True, help_text="Also its folder in the intake.")
    name = models.CharField(max_length=80)
    time_zone = models.CharField(
        max_length=64, blank=True, help_text="IANA name for times sent without an offset."
    )
    empty_embargo = models.CharField(
        max_length=6, choices=EmptyEmbargo.choices, default=EmptyEmbargo.HOLD
    )
    credit_line = models.CharField(max_length=120, blank=True)
    copyright_line = models.CharField(
        max_length=200, blank=True, help_text="When an item has none."
    )
    auto_masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Publish its usable items automatically on this masthead.",
    )  # fmt: skip
    auto_section = models.ForeignKey(
        "mastheads.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    auto_update = models.BooleanField(
        default=True, help_text="New versions replace the text of stories nobody has edited."
    )
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(auto_masthead=None, auto_section=None)
                | Q(auto_masthead__isnull=False, auto_section__isnull=False),
                name="provider_auto_has_section",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Pickup(models.Model):
    """A place from which a provider's files are fetched, and how far we have come there."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="pickups")
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in Kind])
    address = models.CharField(max_length=500, help_text="Without a name and a password.")
    user = models.CharField(max_length=200, blank=True, verbose_name="name")
    sealed = models.TextField(blank=True, help_text="The password, key or token, sealed.")
    options = models.JSONField(default=dict, help_text="What only this kind of place needs.")
    every_s = models.PositiveIntegerField(default=60, help_text="Seconds from visit to visit.")
    active = models.BooleanField(default=True)
    cursor = models.JSONField(default=dict, help_text="What we have; saved when it is safe.")
    due_at = models.DateTimeField(help_text="When it is visited next, UTC.")
    leased_until = models.DateTimeField(null=True, help_text="A process is there until then, UTC.")
    visited_at = models.DateTimeField(null=True, help_text="The last visit without trouble, UTC.")
    came_at = models.DateTimeField(null=True, help_text="When something last came from it, UTC.")
    failures = models.PositiveIntegerField(default=0, help_text="Visits in a row that failed.")
    problem = models.TextField(blank=True, help_text="What an editor should know, now.")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="pickup_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind", "address", "user"], name="pickup_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="pickup_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.address}"


class RawDelivery(models.Model):
    """The bytes as they came, kept for good, and what became of them."""

    class State(models.TextChoices):
        RECEIVED = "received", "waiting to be read"
        READ = "read", "read"
        QUARANTINED = "quarantined", "quarantined"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="deliveries")
    file_name = models.CharField(max_length=255, help_text="As the provider named it.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    transport = models.CharField(max_length=20, default="folder")
    received_at = models.DateTimeField(help_text="When the bytes were safe on disk, UTC.")
    state = models.CharField(max_length=11, choices=State.choices, default=State.RECEIVED)
    reason = models.TextField(blank=True, help_text="Why it is in quarantine.")
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="A process is reading it until then, UTC."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "sha256"], name="raw_once_per_content"),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | ~Q(reason=""), name="raw_quarantine_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="received"), name="raw_to_read"),
            models.Index(fields=["-received_at", "-id"], name="raw_newest"),
            models.Index(fields=["provider", "file_name"], name="raw_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}/{self.file_name} {self.sha256[:8]}"


class WireItem(models.Model):
    """One version of one agency item. A correction is a new row; rows are never edited."""

    class Usability(models.TextChoices):
        USABLE = "usable", "usable"
        HELD = "held", "held for a person"
        KILLED = "killed", "killed"
        NOT_FOR_READERS = "not_for_readers", "not for readers"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="items")
    raw = models.ForeignKey(RawDelivery, on_delete=models.PROTECT, related_name="items")
    format = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, default="text", help_text="text, picture, package, …")
    family = models.CharField(max_length=255, help_text="The agency's persistent id of the item.")
    version = models.PositiveBigIntegerField(help_text="Larger is newer; numbers may be skipped.")
    fingerprint = models.CharField(
        max_length=64, help_text="Hash of what was read, so that a resend is not an update."
    )
    status = models.CharField(max_length=40, blank=True, help_text="As the agency sent it.")
    usability = models.CharField(max_length=15, choices=Usability.choices)
    reason = models.TextField(blank=True, help_text="Why it is not usable, for an editor.")
    recalls = models.BooleanField(
        default=False, help_text="Takes earlier versions down: canceled, or withheld by recall."
    )
    headline = models.TextField(blank=True, help_text="As sent.")
    reader_headline = models.TextField(
        blank=True, help_text="Without the agency's labels for editors, such as CORRECTED-."
    )
    summary = models.TextField(blank=True)
    slugline = models.CharField(max_length=255, blank=True)
    dateline = models.CharField(max_length=120, blank=True)
    byline = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=20, blank=True)
    urgency = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 (flash) to 9.")
    embargo_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(null=True, blank=True, help_text="First version, UTC.")
    version_created_at = models.DateTimeField(null=True, blank=True, help_text="This version, UTC.")
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True, help_text="Cleaned by markup.clean when it was read.")
    copyright = models.TextField(blank=True)
    usage_terms = models.TextField(blank=True)
    credit = models.CharField(max_length=255, blank=True)
    caption = models.TextField(blank=True)
    ed_note = models.TextField(blank=True, help_text="For editors. Never shown to readers.")
    details = models.JSONField(
        default=dict,
        help_text="generation, pictures, relations, media_topics, subjects, keywords, signals, …",
    )
    picture = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(
        help_text="When we got it, UTC. The list's order; never changed."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "family", "version", "fingerprint"], name="wire_item_once"
            ),
            models.CheckConstraint(
                condition=Q(urgency=None) | Q(urgency__gte=1, urgency__lte=9),
                name="wire_item_urgency_1_to_9",
            ),
            models.CheckConstraint(
                condition=Q(usability="usable") | ~Q(reason=""), name="wire_item_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(recalls=False) | ~Q(usability="usable"),
                name="wire_item_recall_not_usable",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="wire_item_newest"),
            models.Index(fields=["provider", "family", "-version"], name="wire_item_family"),
            models.Index(
                fields=["provider", "family"], condition=Q(recalls=True), name="wire_item_recalls"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.family} v{self.version}"
