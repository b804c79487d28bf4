"""Say who books offers for which masthead."""

from uuid import UUID

from dateline.accounts.services.posts import Appointing
from dateline.promos.domain.errors import NotYours
from dateline.promos.events import ManagersChanged
from dateline.promos.queries import people

MANAGERS = Appointing(
    people.MANAGERS,
    ManagersChanged,
    lambda: NotYours("Only who books offers for the whole network appoints others."),
)
appoint, dismiss = MANAGERS.appoint, MANAGERS.dismiss


def must_manage(user_id: UUID, *masthead_ids: int | None) -> None:
    """Let nobody on who does not book offers for every one of these mastheads.

    Raises:
        NotYours: the message says so.

    """
    if not all(people.manages(user_id, pk) for pk in masthead_ids):
        raise NotYours("You do not book offers for every masthead of this campaign.")
