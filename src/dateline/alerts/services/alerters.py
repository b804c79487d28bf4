"""Say who sends alerts of which masthead."""

from uuid import UUID

from dateline.accounts.services.posts import Appointing
from dateline.alerts.domain.errors import NotYours
from dateline.alerts.events import AlertersChanged
from dateline.alerts.queries import people

ALERTERS = Appointing(
    people.ALERTERS,
    AlertersChanged,
    lambda: NotYours("Only who sends alerts for the whole network appoints others."),
)
appoint, dismiss = ALERTERS.appoint, ALERTERS.dismiss


def must_send(user_id: UUID, masthead_id: int) -> None:
    """Let nobody on who does not send this masthead's alerts.

    Raises:
        NotYours: the message says so.

    """
    if not people.sends(user_id, masthead_id):
        raise NotYours("You do not send alerts of this masthead.")
