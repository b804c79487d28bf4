"""Say who does one kind of work for which masthead, in any room: moderators, managers and so on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.accounts.queries import Posts
from dateline.outbox import services as outbox


@dataclass(frozen=True, slots=True)
class Appointing:
    """How one room names its people.

    `fact` is its fact (user_id, masthead_id, on, by, at); `refusal` makes what is raised where
    somebody may not: only who works for the whole network names others.
    """

    posts: Posts
    fact: type[Any]
    refusal: Callable[[], Exception]

    def appoint(
        self, user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
    ) -> None:
        """Let somebody work for a masthead, or, for None, every one. Safe to run twice.

        `at` is aware UTC.

        Raises:
            Exception: what `refusal` makes, where `by` does not work for the whole network.

        """
        with transaction.atomic():
            self._must_lead(by)
            self.posts.rows().get_or_create(user_id=user_id, masthead_id=masthead_id)
            self._record(user_id, masthead_id, on=True, by=by, at=at)

    def dismiss(
        self, user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
    ) -> None:
        """Let somebody work for a masthead no longer. Else as `appoint`."""
        with transaction.atomic():
            self._must_lead(by)
            self.posts.rows().filter(user_id=user_id, masthead_id=masthead_id).delete()
            self._record(user_id, masthead_id, on=False, by=by, at=at)

    def _must_lead(self, by: UUID) -> None:
        if not self.posts.holds(by, None):
            raise self.refusal()

    def _record(
        self, user_id: UUID, masthead_id: int | None, *, on: bool, by: UUID, at: datetime | None
    ) -> None:
        outbox.record(
            self.fact(
                user_id=str(user_id), masthead_id=masthead_id, on=on, by=str(by),
                at=at or clock.now(),
            )
        )  # fmt: skip
