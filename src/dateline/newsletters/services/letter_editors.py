"""Who may make and send the letters of a masthead: whoever looks after its lists."""

from uuid import UUID

from dateline.newsletters.domain.editions import EditionRefused
from dateline.newsletters.queries import people


class NotTheirs(EditionRefused):
    """The masthead's letters are somebody else's."""


def must_edit(user_id: UUID, masthead_id: int | None) -> None:
    """Let nobody on who does not look after this masthead's lists; None: the network's.

    Raises:
        NotTheirs: the message says so.

    """
    if not people.edits(user_id, masthead_id):
        raise NotTheirs("You do not make the letters of this title.")
