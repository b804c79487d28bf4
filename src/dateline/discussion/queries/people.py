"""Who may do what, and how somebody is known: questions about people."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.accounts.queries import Posts
from dateline.discussion import models
from dateline.discussion.domain.status import Status
from dateline.prepared import Prepared

MODERATORS = Posts("discussion.Moderator")
moderates, moderated = MODERATORS.holds, MODERATORS.own
GONE = "Former member"
UNNAMED = "Reader"

_people: Prepared[tuple[UUID, str | None, bool, str, str]] = Prepared(
    lambda *, ids: (
        get_user_model()
        .objects.filter(pk__in=ids)
        .values_list("pk", "display_name", "is_staff", "first_name", "last_name")
    )
)


class Known(NamedTuple):
    """How readers know somebody; `staff`: of the newsroom."""

    name: str
    staff: bool


def approved(user_id: UUID, masthead_id: int, *, most: int) -> int:
    """How many of a person's comments on a masthead are visible, counted up to `most`."""
    mine = models.Comment.objects.filter(author_id=user_id, status=Status.VISIBLE)
    return len(mine.filter(thread__masthead_id=masthead_id).values("pk")[:most])


def names_of(user_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of `known`."""
    return {pk: person.name for pk, person in known(user_ids).items()}


def known(user_ids: Iterable[UUID | None]) -> dict[UUID, Known]:
    """How readers know these people, in one query. Never an e-mail address or a reader's own name.

    Somebody of the newsroom who chose no name to show is known by their full one.
    """
    asked = {pk for pk in user_ids if pk}
    return {
        pk: Known(shown or (f"{first} {last}".strip() if staff else "") or UNNAMED, staff)
        for pk, shown, staff, first, last in _people(ids=tuple(asked))
    }


def places_of(user_id: UUID) -> list[tuple[int, int]]:
    """(story, masthead) of every thread in which readers see a comment of somebody."""
    mine = models.Comment.objects.filter(author_id=user_id, status=Status.VISIBLE)
    threads = models.Thread.objects.filter(pk__in=mine.values("thread_id")).order_by("pk")
    return list(threads.values_list("story_id", "masthead_id"))


def muted_by(user_id: UUID) -> frozenset[UUID]:
    """Whom a reader does not want to read."""
    rows = models.Mute.objects.filter(user_id=user_id).values_list("muted_id", flat=True)
    return frozenset(rows)
