"""What happened in the room for newsletters. Ids and moments only: whoever hears reads the rest.

People of the newsroom are the text of their UUID; an empty `by` is the reader or the clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterChanged:
    """A list was made, changed, opened or closed. `masthead_id` None: the network's."""

    name: ClassVar[str] = "newsletter.changed"
    newsletter_id: int
    masthead_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpAsked:
    """An address was typed for some lists on a masthead. Who owns it has not spoken yet."""

    name: ClassVar[str] = "newsletter.asked"
    subscriber_id: int
    lists: tuple[int, ...]
    masthead_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionConfirmed:
    """Somebody is on a list from now on. `act` is which act of theirs proves it.

    `masthead_id` is the title they acted on; None where it was no page of a title.
    """

    name: ClassVar[str] = "newsletter.confirmed"
    newsletter_id: int
    subscriber_id: int
    masthead_id: int | None
    act: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionEnded:
    """Somebody is on a list no more; `why` is an `Ending`."""

    name: ClassVar[str] = "newsletter.ended"
    newsletter_id: int
    subscriber_id: int
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChangeAsked:
    """A subscriber wants to be written to elsewhere: both addresses are asked."""

    name: ClassVar[str] = "newsletter.move_asked"
    change_id: int
    masthead_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberMoved:
    """Both addresses said yes: mail goes to the new one."""

    name: ClassVar[str] = "newsletter.moved"
    subscriber_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImported:
    """A file of subscribers was read to its end."""

    name: ClassVar[str] = "newsletter.imported"
    import_id: int
    newsletter_id: int
    taken: int
    refused: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEditorsChanged:
    """Somebody looks after a masthead's lists from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "list_editors.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeChanged:
    """A list's editions are made in another way from now on."""

    name: ClassVar[str] = "newsletter_recipe.changed"
    newsletter_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMade:
    """A draft of an edition was made, by the clock where `by` is empty."""

    name: ClassVar[str] = "edition.made"
    edition_id: int
    newsletter_id: int
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanged:
    """What stands in an edition changed; `public` says whether its archive page shows it."""

    name: ClassVar[str] = "edition.changed"
    edition_id: int
    newsletter_id: int
    verb: str
    public: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMoved:
    """An edition was checked, scheduled, sent, stopped, or taken back."""

    name: ClassVar[str] = "edition.moved"
    edition_id: int
    newsletter_id: int
    was: str
    became: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionKeptBack:
    """A letter that was to leave by itself does not: preflight blocks it, or a story closed."""

    name: ClassVar[str] = "edition.kept_back"
    edition_id: int
    newsletter_id: int
    at: datetime
