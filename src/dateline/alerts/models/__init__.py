"""Everything of alerts that is stored."""

from dateline.alerts.models.alert import Alert, Alerter, MailDigest, Push
from dateline.alerts.models.follower import Follower, Following
from dateline.alerts.models.searches import SavedSearch, SearchDigest, SearchHit
from dateline.alerts.models.upkeep import Drill, PushKey, PushRefusal

__all__ = [
    "Alert", "Alerter", "Drill", "Follower", "Following", "MailDigest", "Push", "PushKey",
    "PushRefusal", "SavedSearch", "SearchDigest", "SearchHit",
]  # fmt: skip
