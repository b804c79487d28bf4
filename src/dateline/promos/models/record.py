"""What was counted of offers, and what was done with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.promos.domain.kinds import Slot
from dateline.promos.models.campaign import Campaign, Creative


class Count(models.Model):
    """What one creative did in one slot of one masthead in one hour. No reader is known here."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="counts")
    creative = models.ForeignKey(Creative, on_delete=models.CASCADE, related_name="counts")
    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    slot = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Slot])
    hour = models.DateTimeField(help_text="When the hour began, UTC.")
    chances = models.PositiveBigIntegerField(default=0, help_text="Viewed slots it could have had.")
    viewable = models.PositiveBigIntegerField(default=0, help_text="Half in view for a second.")
    clicks = models.PositiveBigIntegerField(default=0)
    copies = models.PositiveBigIntegerField(default=0, help_text="Codes copied.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creative", "masthead", "slot", "hour"], name="offer_count_once_an_hour"
            )
        ]
        indexes = [models.Index(fields=["campaign", "hour"], name="offer_count_of_campaign")]

    def __str__(self) -> str:
        return f"{self.creative_id} in {self.slot}, {self.hour:%Y-%m-%d %H}:00"


class CampaignNote(models.Model):
    """One thing that was done with a campaign: who, what, why, when. Rows are only ever added."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="notes")
    verb = models.CharField(max_length=12)
    was = models.CharField(max_length=9, blank=True)
    became = models.CharField(max_length=9)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="Null: the clock, or an account that is gone.",
    )  # fmt: skip
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["campaign", "-id"], name="note_of_campaign")]

    def __str__(self) -> str:
        return f"{self.verb} {self.campaign_id} at {self.at:%Y-%m-%d %H:%M}"


class AdsTxt(models.Model):
    """The ads.txt of one root domain, for every masthead on it."""

    domain = models.CharField(max_length=253, unique=True)
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(domain=""), name="ads_txt_has_domain")]

    def __str__(self) -> str:
        return self.domain
