"""What follows for alerts when a story is killed or corrected, or mail is declined. Safe twice."""

from dateline.alerts.services import by_mail, replacing
from dateline.mail.events import AddressSuppressed
from dateline.mail.queries import suppression as suppressions
from dateline.stories.events import StoryCorrected, StoryKilled, StoryWithdrawn

CORRECTION = "correction"


def take_back_killed(fact: StoryKilled) -> None:
    """Stop what has not left of a killed story's alerts; a notice takes the place of the rest."""
    replacing.story_gone(
        fact.story_id, text="killed_text", reason="The story was killed.",
        mark=f"killed:{fact.report_id}", at=fact.at,
    )  # fmt: skip


def take_back_withdrawn(fact: StoryWithdrawn) -> None:
    """The same for a story that the desk took down; not for one whose time was over."""
    if not fact.expired:
        replacing.story_gone(
            fact.story_id, text="withdrawn_text", reason="The story was withdrawn.",
            mark=f"withdrawn:{fact.at.isoformat()}", at=fact.at,
        )  # fmt: skip


def replace_corrected(fact: StoryCorrected) -> None:
    """Put right what alerts of a corrected story said. A clarification changes no alert."""
    if fact.kind == CORRECTION:
        replacing.story_corrected(
            fact.story_id, mark=f"corrected:{fact.version}", at=fact.at
        )  # fmt: skip


def follow_suppression(fact: AddressSuppressed) -> None:
    """End what an address is written of no more: one kind by one click, or everything."""
    address = suppressions.address_of(fact.suppression_id)
    if address and suppressions.is_withheld(address, fact.scope):  # and not chosen anew since
        by_mail.follow_suppression(address, fact.scope, at=fact.at)
