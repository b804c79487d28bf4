"""Who gets alerts of a masthead, of what, and when not."""

from typing import Any

from django.db import models
from django.db.models import Q

from dateline.alerts.domain.kinds import CAPS, MOST_A_DAY, AlertClass, Pace, Way


def _pace() -> Any:
    """A column for the pace of one class; only mail has one."""
    choices = [(pace.value, pace.value) for pace in Pace]
    return models.CharField(max_length=7, choices=choices, default=Pace.INSTANT.value)


class Follower(models.Model):
    """One browser, or one address, that gets alerts of one masthead."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=4, choices=[(w.value, w.value) for w in Way])
    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of where it is.")
    endpoint = models.CharField(max_length=1_000, blank=True, help_text="Empty once it has left.")
    p256dh = models.BinaryField(max_length=65, help_text="The browser's public key, RFC 8291.")
    auth = models.BinaryField(max_length=16, help_text="Its authentication secret.")
    language = models.CharField(max_length=10)
    time_zone = models.CharField(max_length=63)
    breaking = models.BooleanField(default=True)
    quiet_from = models.PositiveSmallIntegerField(null=True, help_text="Minutes since midnight.")
    quiet_to = models.PositiveSmallIntegerField(null=True)
    cap_breaking = models.PositiveSmallIntegerField(default=CAPS[AlertClass.BREAKING])
    cap_topic = models.PositiveSmallIntegerField(default=CAPS[AlertClass.TOPIC])
    cap_story = models.PositiveSmallIntegerField(default=CAPS[AlertClass.STORY])
    person = models.PositiveBigIntegerField(
        null=True, help_text="By mail: which subscriber of the newsletters it is."
    )
    address = models.CharField(max_length=254, blank=True, help_text="By mail; empty as above.")
    key_address = models.CharField(max_length=254, blank=True, help_text="In lower case.")
    pace_breaking, pace_topic, pace_story = _pace(), _pace(), _pace()
    refused_since = models.DateTimeField(
        null=True, help_text="Since when its push service calls pushes to it malformed."
    )
    paused_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When its browser last said that it is there.")
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__lt=1_440, quiet_to__lt=1_440),
                name="follower_quiet_in_a_day",
            ),
            models.CheckConstraint(
                condition=Q(cap_breaking__lte=MOST_A_DAY, cap_topic__lte=MOST_A_DAY,
                            cap_story__lte=MOST_A_DAY),
                name="follower_caps_in_bounds",
            ),
            models.UniqueConstraint(
                fields=["masthead", "person"], condition=Q(way="mail"), name="follower_by_mail_once"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["masthead", "id"], condition=Q(left_at=None), name="follower_of_title"
            ),
            models.Index(
                fields=["key_address"], condition=Q(way="mail", left_at=None),
                name="follower_of_address",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.way} {self.key[:12]}"


class Following(models.Model):
    """One topic, or one story, that a follower follows."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    topic = models.ForeignKey(
        "stories.Topic", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    story = models.ForeignKey(
        "stories.Story", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, story__isnull=False) | Q(topic__isnull=False, story=None),
                name="following_one_thing",
            ),
            models.UniqueConstraint(
                fields=["follower", "topic"], condition=Q(story=None), name="following_topic_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "story"], condition=Q(topic=None), name="following_story_once"
            ),
        ]

    def __str__(self) -> str:
        what = f"topic {self.topic_id}" if self.topic_id else f"story {self.story_id}"
        return f"{self.follower_id} {what}"
