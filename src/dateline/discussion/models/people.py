"""Who may write, who moderates what, whom a reader mutes and which threads they follow."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.discussion.models.thread import Thread


class Standing(models.Model):
    """How one person stands on one masthead, or in the whole network where none is named.

    The network's row is locked while its person posts, so that limits hold however many try.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standings"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )
    suspended_until = models.DateTimeField(null=True)
    banned_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="standing_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="standing_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.masthead_id or 'the network'}"


class Moderator(models.Model):
    """Somebody who moderates one masthead, or every one where none is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderates"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="moderators"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="moderator_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="moderator_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.masthead_id or 'the network'}"


class Mute(models.Model):
    """A reader does not want to read another one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "muted"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.user_id} mutes {self.muted_id}"


class Follow(models.Model):
    """A reader wants to hear of new comments in a thread."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="followers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.thread_id}"
