"""Job listings, the feeds they come from, and who keeps a board."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dateline.jobs.domain.kinds import Employment, Level, SalaryUnit, Where


class Feed(models.Model):
    """Somewhere listings come from, on one masthead. Its ids are its own."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="job_feeds"
    )
    slug = models.SlugField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "slug"], name="job_feed_once_a_masthead")
        ]

    def __str__(self) -> str:
        return f"{self.slug} on {self.masthead_id}"


class Listing(models.Model):
    """One job on one masthead's board."""

    class ClosedBy(models.TextChoices):
        DESK = "desk", "the desk"
        FEED = "feed", "its feed"

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="job_listings"
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.CASCADE, null=True, related_name="listings",
        help_text="Null: written on the desk.",
    )  # fmt: skip
    feed_key = models.CharField(max_length=120, blank=True, help_text="The feed's own id for it.")
    title = models.CharField(max_length=120)
    employer = models.CharField(max_length=120)
    employer_url = models.CharField(max_length=500, blank=True)
    text = models.TextField(help_text="Plain, paragraphs apart by an empty line.")
    place = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, default="JP", help_text="ISO 3166.")
    where = models.CharField(max_length=6, choices=[(v.value, v.value) for v in Where])
    employment = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Employment])
    salary_min = models.BigIntegerField(null=True)
    salary_max = models.BigIntegerField(null=True)
    salary_currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217.")
    salary_unit = models.CharField(
        max_length=5, blank=True, choices=[(v.value, v.value) for v in SalaryUnit]
    )
    language_level = models.CharField(max_length=14, choices=[(v.value, v.value) for v in Level])
    apply_url = models.CharField(max_length=500, blank=True)
    apply_mail = models.CharField(max_length=254, blank=True)
    posted_at = models.DateTimeField(help_text="Since when readers see it, UTC.")
    valid_until = models.DateTimeField(help_text="From then on it is over, UTC.")
    closed_at = models.DateTimeField(null=True, help_text="When it was taken off the board, UTC.")
    closed_by = models.CharField(max_length=4, choices=ClosedBy.choices, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "feed_key"], condition=~Q(feed_key=""), name="job_once_in_a_feed"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("posted_at")), name="job_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(apply_url="") | Q(apply_url__startswith="https://"),
                name="job_leads_to_a_safe_address",
            ),
            models.CheckConstraint(
                condition=~Q(apply_url="") | ~Q(apply_mail=""), name="job_can_be_applied_for"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="job_closed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["masthead", "-posted_at", "-id"],
                condition=Q(closed_at=None),
                name="job_board",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"


class FeedImport(models.Model):
    """One file that was taken in, kept as it came, and what became of it."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=120, help_text="What the file was called.")
    raw = models.BinaryField(help_text="The file, byte by byte.")
    report = models.JSONField(help_text="As `domain.report.Report`.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="Null: the command line, or an account that is gone.",
    )  # fmt: skip
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["feed", "-id"], name="job_import_of_feed")]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class Keeper(models.Model):
    """Somebody who keeps one masthead's job board, or every one where none is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keeps_jobs"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="keeper_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="keeper_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.masthead_id or 'the network'}"
