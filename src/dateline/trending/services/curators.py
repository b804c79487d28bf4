"""Say who steers which masthead's block."""

from dateline.accounts.services.posts import Appointing
from dateline.trending.domain.steering import NotYours
from dateline.trending.events import CuratorsChanged
from dateline.trending.queries import people

CURATORS = Appointing(people.CURATORS, CuratorsChanged, lambda: NotYours("not_leading"))
appoint, dismiss = CURATORS.appoint, CURATORS.dismiss
