"""Hand one letter and its readers to the ledger of mail; once."""

from collections.abc import Iterator
from datetime import datetime

from dateline.alerts.queries.senders import sender_of
from dateline.mail.domain.copies import Letter
from dateline.mail.queries.frozen import frozen
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.mastheads.domain.site import Site


def freeze_once(
    key: str, letter: Letter, *, site: Site, scope: str, readers: Iterator[Recipient], at: datetime
) -> int | None:
    """Freeze one letter for its readers; the mailing's id, also where it was frozen before.

    None while another worker freezes it. `at` is aware UTC.
    """
    _, _, envelope = sender_of(site)
    try:
        return mailings.freeze(
            key, scope=scope, envelope_from=envelope, letters=[letter], audience=readers, at=at
        )
    except mailings.AlreadyFrozen:
        return frozen(key)
