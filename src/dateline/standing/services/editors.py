"""Say who writes which masthead's standing pages."""

from dateline.accounts.services.posts import Appointing
from dateline.standing.domain.errors import NotYours
from dateline.standing.events import PageEditorsChanged
from dateline.standing.queries import people

EDITORS = Appointing(people.EDITORS, PageEditorsChanged, NotYours)
appoint, dismiss = EDITORS.appoint, EDITORS.dismiss
