"""Letters that should leave by themselves, and do not: something keeps them back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from dateline.newsletters import models
from dateline.newsletters.domain.check_words import said
from dateline.newsletters.domain.editions import OPEN_TO_HANDS
from dateline.newsletters.domain.preflight import Standing
from dateline.newsletters.queries import people

STANDS = timedelta(days=2)  # then nobody sends that letter any more
BY_THE_CLOCK = ("blocked", "held_back")
LANGUAGE = "en"  # the desk's


@dataclass(frozen=True, slots=True)
class KeptBack:
    """One letter, why it is kept back, in the desk's words, and since when (aware UTC)."""

    edition_id: int
    newsletter: str
    masthead_id: int | None
    number: int
    reasons: tuple[str, ...]
    since: datetime

    @property
    def name(self) -> str:
        """The list and the letter's number."""
        return f"{self.newsletter} {self.number}"


def kept_back(*, at: datetime) -> list[KeptBack]:
    """Letters of the last two days that the clock could not send, newest first. Aware UTC.

    One that a person has scheduled, sent or dropped since is none of them. Two queries.
    """
    rows = models.EditionNote.objects.filter(
        by=None, verb__in=BY_THE_CLOCK, at__gt=at - STANDS, edition__state__in=OPEN_TO_HANDS
    ).select_related("edition__newsletter")  # fmt: skip
    newest: dict[int, KeptBack] = {}
    for note in rows.order_by("pk"):
        newest[note.edition_id] = _of(note)
    return sorted(newest.values(), key=lambda one: one.since, reverse=True)


def kept_back_of(user_id: UUID, *, at: datetime) -> list[KeptBack]:
    """The same, of the lists that somebody looks after."""
    own = people.EDITORS.own(user_id)
    return [one for one in kept_back(at=at) if None in own or one.masthead_id in own]


def editors_of(masthead_id: int | None) -> list[str]:
    """The addresses of those who look after a masthead's lists; where nobody does, all superusers.

    None is the network's lists.
    """
    named = people.EDITORS.rows().filter(
        Q(masthead=masthead_id) | Q(masthead=None), user__is_active=True
    )  # fmt: skip
    found = named.values_list("user__email", flat=True)
    return sorted({address for address in found if address}) or people.superusers()


def _of(note: models.EditionNote) -> KeptBack:
    edition = note.edition
    if note.verb == "held_back":
        reasons = [f"Stories in it may not be shown any more: {note.told or 'all of them'}"]
    else:
        blocked = (one for one in edition.checked if one["standing"] == Standing.BLOCKED)
        reasons = [said(one, LANGUAGE) for one in blocked]
    newsletter = edition.newsletter
    return KeptBack(
        edition.pk, newsletter.name, newsletter.masthead_id, edition.number, tuple(reasons), note.at
    )
