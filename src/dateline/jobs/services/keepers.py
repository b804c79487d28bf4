"""Say who keeps which masthead's job board."""

from uuid import UUID

from dateline.accounts.services.posts import Appointing
from dateline.jobs.domain.errors import NotYours
from dateline.jobs.events import BoardKeepersChanged
from dateline.jobs.queries import people

KEEPERS = Appointing(
    people.KEEPERS,
    BoardKeepersChanged,
    lambda: NotYours("Only who keeps the boards of the whole network appoints others."),
)
appoint, dismiss = KEEPERS.appoint, KEEPERS.dismiss


def must_keep(user_id: UUID, masthead_id: int) -> None:
    """Let nobody on who does not keep this masthead's board.

    Raises:
        NotYours: the message says so.

    """
    if not people.keeps(user_id, masthead_id):
        raise NotYours("You do not keep the job board of this masthead.")
