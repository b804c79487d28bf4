"""Whom the links of letters belong to: a link is proof that its holder reads the address."""

from dataclasses import dataclass
from datetime import datetime

from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import letters, links
from dateline.newsletters import models
from dateline.newsletters.domain.errors import LinkVoid
from dateline.newsletters.domain.links import CHOOSE, OUT, list_of_scope, scope_of

BULK = 2  # numbers in the link of a letter of a mailing: who, and which mailing
CHANGED = "The link is not one of ours, or was changed on its way."


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose link it is, and what it leaves. `newsletter` is None for mail of another room.

    `sent_at` (aware UTC) is when its letter left, where that is known; `mailing_id` is the mailing
    of that letter, 0 for mail that is of none.
    """

    who: models.Subscriber
    newsletter: models.Newsletter | None
    scope: str
    sent_at: datetime | None
    mailing_id: int = 0

    @property
    def choose(self) -> str:
        """A token for their preference centre."""
        return choose_token(self.who)


def out_token(who: models.Subscriber, newsletter_id: int) -> str:
    """What ends a link that takes one subscriber off one list, in mail that is no mailing."""
    return links.token_for(OUT, who.pk, 0, who.turn, newsletter_id)


def choose_token(who: models.Subscriber) -> str:
    """What ends a link to a subscriber's preference centre, in mail that is no mailing."""
    return links.token_for(CHOOSE, who.pk, 0, who.turn)


def choose_token_of(subscriber_id: int) -> str:
    """The same, for whoever knows only the id."""
    return choose_token(models.Subscriber.objects.get(pk=subscriber_id))


def holder_of_out(token: str) -> Holder:
    """Whose link it is, and which list it leaves. Good for ever: a way out does not close.

    Raises:
        LinkVoid: it is none of ours, or its reader or letter is gone.

    """
    numbers = _numbers(OUT, token)
    who = models.Subscriber.objects.filter(pk=numbers[0]).first()
    letter = None
    if len(numbers) == BULK and who:
        letter = letters.of(numbers[1], who.key)
        scope = letter.scope if letter else ""
    else:
        scope = scope_of(numbers[-1])
    if who is None or not scope:
        raise LinkVoid(CHANGED)
    newsletter = models.Newsletter.objects.filter(pk=list_of_scope(scope) or 0).first()
    mailing_id = numbers[1] if letter else 0
    return Holder(who, newsletter, scope, letter.went_at if letter else None, mailing_id)


def holder_of_choose(token: str) -> models.Subscriber:
    """Whose preference centre a link opens.

    Raises:
        LinkVoid: it is none of ours, or went to an address that they left since.

    """
    numbers = _numbers(CHOOSE, token)
    who = models.Subscriber.objects.filter(pk=numbers[0]).first()
    if who is None or not _still_theirs(who, numbers):
        raise LinkVoid(CHANGED)
    return who


def _still_theirs(who: models.Subscriber, numbers: tuple[int, ...]) -> bool:
    """Whether the mail with the link went to the address that they have now."""
    if len(numbers) > BULK:
        return numbers[2] == who.turn
    letter = letters.of(numbers[1], who.key)
    return bool(letter and letter.is_theirs)


def _numbers(purpose: str, token: str) -> tuple[int, ...]:
    try:
        numbers = links.numbers_of(purpose, token)
    except (TokenRefused, ValueError) as error:
        raise LinkVoid(CHANGED) from error
    if len(numbers) < BULK:
        raise LinkVoid(CHANGED)
    return numbers
