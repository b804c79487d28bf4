"""A reader with an account: a copy of their alerts by mail, and the end of them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet

from dateline import clock
from dateline.alerts import models
from dateline.alerts.domain.kinds import Way
from dateline.alerts.services import following, saved_searches
from dateline.mail.domain.addresses import AddressRefused, key_of, normalised

SHOWN = (
    "masthead__name", "address", "time_zone", "breaking", "pace_breaking", "pace_topic",
    "pace_story", "cap_breaking", "cap_topic", "cap_story", "quiet_from", "quiet_to", "created_at",
)  # fmt: skip


def copy_of_alerts(user_id: str) -> dict[str, Any]:
    """What is kept of a reader here, as JSON knows it. Browsers with alerts are nobody's."""
    rows = _of(user_id)
    followed = models.Following.objects.filter(follower__in=rows).order_by("pk")
    return {
        "by_mail": list(rows.values(*SHOWN)),
        "followed": list(followed.values("topic__name", "story_id", "since")),
        "searches": list(
            models.SavedSearch.objects.filter(key_address=_key_of(user_id))
            .order_by("pk")
            .values("masthead__name", "label", "pace", "time_zone", "asked_at", "confirmed_at")
        ),
    }


@transaction.atomic
def forget_alerts(user_id: str, _choice: str) -> dict[str, int]:
    """End a deleted account's alerts and searches by mail, and forget the address."""
    at, rows = clock.now(), list(_of(user_id))
    for row in rows:
        following.leave(row, why="account", at=at)
    return {"alerts": len(rows), "searches": saved_searches.forget_of(_key_of(user_id))}


def _of(user_id: str) -> QuerySet[models.Follower]:
    return models.Follower.objects.filter(
        way=Way.MAIL, key_address=_key_of(user_id), left_at=None
    )  # fmt: skip


def _key_of(user_id: str) -> str:
    email = get_user_model().objects.filter(pk=user_id).values_list("email", flat=True).first()
    try:
        return key_of(normalised(email or ""))
    except AddressRefused:
        return "-"
