"""Every table of the room for newsletters."""

from dateline.newsletters.models.lists import Consent, Newsletter, Subscriber, Subscription

__all__ = ["Consent", "Newsletter", "Subscriber", "Subscription"]
