"""The words of the room: what a comment may be, and why somebody reports, holds or removes it."""

from enum import StrEnum


class Status(StrEnum):
    """What a comment is. Only a visible one is read by anyone but its author and moderators."""

    VISIBLE = "visible"
    HELD = "held"
    REMOVED = "removed"
    DELETED = "deleted"


class Door(StrEnum):
    """Whether a thread takes comments: at once, after a moderator looked, or not."""

    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"


class ReportReason(StrEnum):
    """Why a reader reports a comment."""

    ABUSE = "abuse"
    HATE = "hate"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"
    PRIVATE = "private"
    ILLEGAL = "illegal"
    OTHER = "other"


class Verb(StrEnum):
    """What a decision did. Kept for good: the log is what later decisions are judged by."""

    HELD = "held"
    APPROVED = "approved"
    REMOVED = "removed"
    UNDONE = "undone"
    PASSED = "passed"
    FEATURED = "featured"
    UNFEATURED = "unfeatured"
    WARNED = "warned"
    SUSPENDED = "suspended"
    BANNED = "banned"
    LIFTED = "lifted"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_REFUSED = "appeal_refused"


class WordKind(StrEnum):
    """What a listed word does to a comment: refuse it, or hold it for a moderator."""

    BANNED = "banned"
    SUSPECT = "suspect"


HOUSE_RULES: dict[int, str] = {
    1: "Insult or threat against a person.",
    2: "Contempt for people because of what they are.",
    3: "Somebody's private data.",
    4: "False claim presented as fact, or defamation.",
    5: "Advertising or spam.",
    6: "Away from the subject, or the same again and again.",
    7: "Obscene or cruel.",
    8: "Somebody else's text at length.",
    9: "Against the law.",
}


def rule_text(number: int) -> str:
    """The house rule with this number, as readers are told it.

    Raises:
        ValueError: there is no such rule; the message lists the numbers.

    """
    if number not in HOUSE_RULES:
        known = f"{min(HOUSE_RULES)} to {max(HOUSE_RULES)}"
        raise ValueError(f"There is no house rule {number}. Give one of {known}.")
    return HOUSE_RULES[number]
