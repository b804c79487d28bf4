"""Say who looks after which masthead's lists."""

from uuid import UUID

from dateline.accounts.services.posts import Appointing
from dateline.newsletters.domain.errors import NotYours
from dateline.newsletters.events import ListEditorsChanged
from dateline.newsletters.queries import people

EDITORS = Appointing(
    people.EDITORS,
    ListEditorsChanged,
    lambda: NotYours("Only who looks after the network's lists appoints others."),
)
appoint, dismiss = EDITORS.appoint, EDITORS.dismiss


def must_edit(user_id: UUID, masthead_id: int | None) -> None:
    """Let nobody on who does not look after the lists of this masthead (None: the network's).

    Raises:
        NotYours: the message says so.

    """
    if not people.edits(user_id, masthead_id):
        raise NotYours("You do not look after the lists of this masthead.")
