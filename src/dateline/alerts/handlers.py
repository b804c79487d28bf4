"""What follows for alerts when a story is killed or corrected, or mail is declined. Safe twice."""

from typing import Any

from dateline.alerts.events import SearchMailAsked
from dateline.alerts.queries import searches
from dateline.alerts.services import by_mail, replacing, saved_searches, search_digests
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
        saved_searches.follow_suppression(address, fact.scope)


def ask_search(fact: SearchMailAsked) -> None:
    """Write to whoever owns the address that was typed for a search."""
    row = searches.saved(fact.saved_id)
    if row is not None:
        saved_searches.write(row, searches.site_of(row), at=fact.at)


def put_digests_right(fact: Any) -> None:
    """Take a story that may be shown no more out of digests of searches that have not left."""
    search_digests.redraw(fact.story_id, at=fact.at)
