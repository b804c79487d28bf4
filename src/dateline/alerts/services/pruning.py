"""Forget what is over: browsers that left, and who was sent what."""

from datetime import datetime, timedelta

from dateline import clock
from dateline.alerts import models

KEEP = timedelta(days=90)


def prune(*, at: datetime | None = None) -> int:
    """Forget followers that left, and pushes that were settled, ninety days ago; return how many.

    The alerts themselves stay: they are the newsroom's record. `at` is aware UTC.
    """
    before = (at or clock.now()) - KEEP
    pushes, _ = models.Push.objects.filter(at__lt=before).delete()
    followers, _ = models.Follower.objects.filter(left_at__lt=before).delete()
    models.MailDigest.objects.filter(made_at__lt=before).delete()
    models.PushRefusal.objects.filter(at__lt=before).delete()
    return pushes + followers
