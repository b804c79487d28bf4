"""What the room for alerts refuses, each with sentences for the person who asked."""


class AlertRefused(ValueError):
    """Something may not be done with an alert; the message says what and why."""


class Duplicate(AlertRefused):
    """Readers have had this alert."""


class NotYours(AlertRefused):
    """Somebody else sends the alerts of this masthead."""


class FollowRefused(ValueError):
    """What a browser sent is no subscription, or asks for what is not there."""
