"""Publication status: what the agency's word lets the newsroom do."""

from dataclasses import dataclass

from dateline.wire.domain.profile import ProviderProfile

USABLE, WITHHELD, CANCELED, EMBARGOED = "usable", "withheld", "canceled", "embargoed"
_IPTC = frozenset({USABLE, WITHHELD, CANCELED})  # cv.iptc.org/newscodes/pubstatusg2
_LOOKS_LIKE_A_KILL = ("cancel", "withdraw", "kill", "delet", "retract", "recall", "revok")


@dataclass(frozen=True, slots=True)
class Status:
    """The status to show, and the reason it kills or holds the item (at most one of the two)."""

    word: str
    kill: str | None = None
    hold: str | None = None
    recalls: bool = False
    needs_embargo: bool = False


def read_status(sent: tuple[str, ...], profile: ProviderProfile) -> Status:
    """Return the strictest of the statuses a document gives.

    No status at all means usable (IPTC NewsML-G2 pubStatus and ninjs pubstatus defaults). A word
    that neither IPTC nor the provider's profile has holds the item. Letter case does not count.
    """
    if not sent:
        return Status(USABLE)
    found = [_one(word, profile) for word in sent]
    return next(
        (status for status in found if status.kill),
        next((status for status in found if status.hold), found[0]),
    )


def _one(sent: str, profile: ProviderProfile) -> Status:
    word = sent.strip().lower()
    own_words = dict(profile.statuses)
    meaning = own_words.get(word, word)
    shown = meaning if meaning in _IPTC else sent.strip() or "(empty)"
    if meaning == USABLE:
        return Status(shown)
    if meaning == CANCELED:
        reason = "The agency canceled this item. Every version of it must come off every page."
        return Status(shown, kill=reason, recalls=True)
    if meaning == WITHHELD:
        return Status(shown, hold=_withheld(profile), recalls=profile.withheld_recalls)
    if meaning == EMBARGOED and word in own_words:
        return Status(shown, needs_embargo=True)
    return Status(shown, hold=_unknown(shown))


def _withheld(profile: ProviderProfile) -> str:
    if profile.withheld_recalls:
        return (
            "The agency withholds this item: it may not be published, and earlier versions must "
            "come down until the agency sends a usable version."
        )
    return (
        f"{profile.name} sends this item under embargo (withheld). It becomes usable when "
        f"{profile.name} sends its next version."
    )


def reads_like_a_kill(word: str) -> bool:
    """Whether a word no standard has may well ask for a kill."""
    return any(part in word.lower() for part in _LOOKS_LIKE_A_KILL)


def _unknown(word: str) -> str:
    if reads_like_a_kill(word):
        return (
            f"The status {word!r} is not one of IPTC's (usable, withheld, canceled), but it reads "
            "like a kill. If the story is published, take it down; then ask the agency."
        )
    return (
        f"The status {word!r} is not one of IPTC's (usable, withheld, canceled). "
        "Ask the agency what it means before using the item."
    )
