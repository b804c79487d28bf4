"""What follows when lists change, somebody signs up, or wishes for alerts. Safe twice."""

from typing import Any

from dateline.accounts.events import AlertsWished
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.mail.domain.states import Reason
from dateline.mail.events import AddressSuppressed
from dateline.mail.queries import suppression as suppressions
from dateline.mastheads import queries as mastheads
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Act, Ending
from dateline.newsletters.events import (
    AddressChangeAsked,
    EditionChanged,
    EditionKeptBack,
    EditionMoved,
    NewsletterChanged,
    SignUpAsked,
    SubscriptionConfirmed,
)
from dateline.newsletters.services import alarming, ending, following, letters, wishes
from dateline.stories.events import StoryCorrected

BREAKING = "alerts:breaking:"  # then a masthead's number: what `mail` knows its alerts by


def show(fact: NewsletterChanged) -> None:
    """Make every page with a sign-up box of the list anew, before anybody is given an old one."""
    sites = [fact.masthead_id] if fact.masthead_id else [s.id for s in mastheads.all_mastheads()]
    tags = [keys.letters(site) for site in sites]
    edge.purge(tags, mode=Mode.HARD, cause=f"{fact.name} {fact.newsletter_id}")


def take_over_wishes(fact: NewsletterChanged) -> None:
    """Put those who wished for a masthead's alerts before it had a list for them on it."""
    wishes.take_over(fact.newsletter_id, at=fact.at)


def take_wish(fact: AlertsWished) -> None:
    """Put a reader who wished for alerts on their masthead's list."""
    wishes.take(fact.user_id, fact.masthead_id, at=fact.at)


def answer(fact: SignUpAsked) -> None:
    """Write to whoever owns the address that was typed."""
    letters.answer(fact.subscriber_id, fact.lists, fact.masthead_id, at=fact.at)


def welcome(fact: SubscriptionConfirmed) -> None:
    """Welcome somebody who came by themselves."""
    if fact.act in {Act.CONFIRMED, Act.WISHED}:
        letters.welcome(fact.newsletter_id, fact.subscriber_id, fact.masthead_id, at=fact.at)


def follow_suppression(fact: AddressSuppressed) -> None:
    """End what an address is on that takes no mail any more: it bounced, complained, or left.

    Who leaves breaking news by the link of an alert leaves the list of it.
    """
    ending_by = {Reason.BOUNCE: Ending.BOUNCE, Reason.COMPLAINT: Ending.COMPLAINT}
    why = ending_by.get(Reason(fact.reason))
    address = suppressions.address_of(fact.suppression_id)
    told = Told(shown="", where="its mail server", ip="")
    if why and address and not fact.scope:
        ending.end_for(address, why=why, told=told, at=fact.at)
    elif address and fact.scope.startswith(BREAKING) and suppressions.is_withheld(
        address, fact.scope
    ):  # fmt: skip
        ending.end_alerts(address, fact.scope.removeprefix(BREAKING), at=fact.at)


def ask_both(fact: AddressChangeAsked) -> None:
    """Ask both addresses whether letters may move."""
    letters.ask_both(fact.change_id, fact.masthead_id)


def take_out(fact: Any) -> None:
    """Take a story that may be shown no more out of every letter that has not left."""
    following.take_out_closed(fact.story_id, at=fact.at)


def follow_correction(fact: StoryCorrected) -> None:
    """Say what is right in every letter that has not left; the archive asks for itself."""
    following.take_correction(fact.story_id, at=fact.at)


def tell_editors(fact: EditionKeptBack) -> None:
    """Tell a title's editors that a letter which sends itself is kept back."""
    alarming.tell(fact.edition_id, at=fact.at)


def show_edition(fact: EditionChanged | EditionMoved) -> None:
    """Make the archive of a list again: an edition came, changed or was stopped."""
    edge.purge([keys.editions(fact.newsletter_id)], cause=f"{fact.name} {fact.edition_id}")
