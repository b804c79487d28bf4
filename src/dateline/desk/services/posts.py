"""Say who does which work for which masthead, by the address of their account."""

from uuid import UUID

from dateline.accounts.queries import by_email
from dateline.accounts.services.posts import Appointing
from dateline.alerts.services import alerters
from dateline.desk.queries.posts import name_of
from dateline.discussion.services import moderators
from dateline.jobs.services import keepers
from dateline.newsletters.services import editors
from dateline.promos.services import managers
from dateline.standing.services import editors as page_editors
from dateline.trending.services import curators

APPOINTING: dict[str, Appointing] = {
    "comments": moderators.MODERATORS,
    "trending": curators.CURATORS,
    "offers": managers.MANAGERS,
    "jobs": keepers.KEEPERS,
    "lists": editors.EDITORS,
    "alerts": alerters.ALERTERS,
    "pages": page_editors.EDITORS,
}


class NobodyThere(LookupError):
    """There is no account with an address."""


def appoint(work: str, email: str, *, masthead_id: int | None, by: UUID) -> str:
    """Let somebody do a kind of work for a masthead (None: for all); return their name.

    Raises:
        NobodyThere: nobody has an account with this address.
        Exception: the room's own refusal, where `by` does not do that work for the whole network.

    """
    user_id, name = _known(email)
    APPOINTING[work].appoint(user_id, masthead_id=masthead_id, by=by)
    return name


def dismiss(work: str, email: str, *, masthead_id: int | None, by: UUID) -> str:
    """Let somebody do a kind of work for a masthead no longer. Else as `appoint`."""
    user_id, name = _known(email)
    APPOINTING[work].dismiss(user_id, masthead_id=masthead_id, by=by)
    return name


def _known(email: str) -> tuple[UUID, str]:
    person = by_email(email)
    if person is None:
        raise NobodyThere(email)
    return person.pk, name_of(person)
