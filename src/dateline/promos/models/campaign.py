"""Advertisers, what they booked, and what readers see of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dateline.promos.domain.kinds import Kind, Label, Slot, State, Tier


class Advertiser(models.Model):
    """Somebody who pays for offers, or a room of our own that makes them."""

    name = models.CharField(max_length=80, unique=True, help_text="As readers know it.")
    contact = models.CharField(max_length=200, blank=True, help_text="For the desk only.")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """One booking. Its days are those of its home masthead's clock; lists are slugs."""

    name = models.CharField(max_length=120)
    advertiser = models.ForeignKey(Advertiser, on_delete=models.PROTECT, related_name="campaigns")
    home = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, related_name="+",
        help_text="Whose commercial desk booked it, and whose clock its days are of.",
    )  # fmt: skip
    mastheads = models.ManyToManyField("mastheads.Masthead", related_name="campaigns")
    state = models.CharField(
        max_length=9, choices=[(s.value, s.value) for s in State], default=State.DRAFT.value
    )
    tier = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Tier])
    label = models.CharField(max_length=9, choices=[(v.value, v.value) for v in Label])
    first_day = models.DateField()
    last_day = models.DateField(help_text="Included.")
    day_parts = models.JSONField(
        default=list, help_text="[[weekdays], start, end] in minutes since midnight; none: all day."
    )
    sections = models.JSONField(default=list)
    not_sections = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    not_topics = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    goal = models.PositiveIntegerField(null=True, help_text="Viewable impressions to deliver.")
    weight = models.PositiveSmallIntegerField(default=1, help_text="Beside others of its tier.")
    cap_views = models.PositiveSmallIntegerField(
        default=0, help_text="How often one device shows it, where its reader agreed; 0: no cap."
    )
    cap_hours = models.PositiveSmallIntegerField(default=24, help_text="Within how many hours.")
    share = models.FloatField(default=0.0, help_text="Of the chances, until the next pacing.")
    paced_at = models.DateTimeField(null=True)
    chances_then = models.PositiveBigIntegerField(default=0, help_text="Counted by `paced_at`.")
    created_at = models.DateTimeField()
    killed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(label__in=[v.value for v in Label]), name="campaign_is_labelled"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="campaign_state_known"
            ),
            models.CheckConstraint(
                condition=Q(tier__in=[t.value for t in Tier]), name="campaign_tier_known"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="campaign_has_days"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0.0, share__lte=1.0), name="campaign_share_0_to_1"
            ),
            models.CheckConstraint(
                condition=(Q(state="killed", killed_at__isnull=False))
                | (~Q(state="killed") & Q(killed_at=None)),
                name="campaign_killed_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "first_day"], name="campaign_by_state")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Creative(models.Model):
    """What readers see of a campaign. It has no label: that is the campaign's."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="creatives")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    headline = models.CharField(max_length=80)
    text = models.CharField(max_length=180, blank=True)
    cta = models.CharField(max_length=28, blank=True, help_text="On the button; empty: Learn more.")
    target_url = models.CharField(max_length=2_000)
    code = models.CharField(max_length=24, blank=True)
    picture = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    alt = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, help_text="Since when it is shown no more, UTC. Its counts stay."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target_url__startswith="https://")
                | Q(target_url__startswith="http://"),
                name="creative_leads_to_the_web",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in Kind]), name="creative_kind_known"
            ),
            models.CheckConstraint(condition=~Q(headline=""), name="creative_has_headline"),
        ]

    def __str__(self) -> str:
        return f"{self.headline} #{self.pk}"


class SlotPlacement(models.Model):
    """A creative may stand in a slot."""

    creative = models.ForeignKey(Creative, on_delete=models.CASCADE, related_name="slots")
    slot = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Slot])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creative", "slot"], name="slot_placement_once"),
            models.CheckConstraint(
                condition=Q(slot__in=[s.value for s in Slot]), name="slot_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creative_id} in {self.slot}"


class Manager(models.Model):
    """Somebody who books offers for one masthead, or for every one where none is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="manages_offers"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="manager_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="manager_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.masthead_id or 'the network'}"
