"""What a card says in a list: its own headline, one that stands in its place, or some on trial."""

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.stories.domain.pages import Card
from dateline.trending.domain.headlines import mark_of


@dataclass(frozen=True, slots=True)
class OnTrial:
    """The other headlines of a card on a page that tries them; `mark` names the test in beacons."""

    story: int
    mark: int
    others: tuple[str, ...]

    @property
    def arms(self) -> int:
        """How many headlines there are, with the story's own."""
        return len(self.others) + 1


def headline_of(card: Card, own: str) -> str:
    """What a list of its masthead shows first; `own` is what it would show by itself."""
    return (card.tried.stands if card.tried else "") or own


def on_trial(card: Card, *, here: bool) -> OnTrial | None:
    """The headlines that are tried with a card, if pages like this one do so: `here`."""
    if not here or not card.tried or card.tried.stands:
        return None
    return OnTrial(card.story_id, mark_of(card.tried.number), card.tried.texts[1:])


def any_on_trial(cards: Iterable[Card]) -> bool:
    """Whether a page with these cards needs the script that chooses."""
    return any(on_trial(card, here=True) for card in cards)
