"""The words of the room: what a list is, where somebody stands on it, what consent records say."""

from enum import StrEnum


class ListKind(StrEnum):
    """What a list sends."""

    EDITIONS = "editions"  # letters, each an edition
    ALERTS = "alerts"  # news alerts by mail


class Standing(StrEnum):
    """Where a reader stands on one list."""

    ASKED = "asked"  # the address was typed; its owner has not confirmed
    CONFIRMED = "confirmed"
    ENDED = "ended"


class Act(StrEnum):
    """What a consent record proves."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    WISHED = "wished"  # by the link of an invitation, which is proof of the address too
    IMPORTED = "imported"
    CHANGED = "changed"
    ENDED = "ended"
    FORGOTTEN = "forgotten"


class Ending(StrEnum):
    """Why somebody is on a list no more."""

    REQUEST = "request"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    EDITOR = "editor"
    ACCOUNT = "account"  # the account was deleted
