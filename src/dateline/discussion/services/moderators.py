"""Say who moderates which masthead."""

from dateline.accounts.services.posts import Appointing
from dateline.discussion.domain.errors import NotYours
from dateline.discussion.events import ModeratorsChanged
from dateline.discussion.queries import people

MODERATORS = Appointing(
    people.MODERATORS,
    ModeratorsChanged,
    lambda: NotYours("Only who moderates the whole network appoints moderators."),
)
appoint, dismiss = MODERATORS.appoint, MODERATORS.dismiss
