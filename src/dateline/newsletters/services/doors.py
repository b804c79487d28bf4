"""Draw a letter as it leaves: each of its links by a name of its own, kept before the mail is."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dateline.mail.domain.copies import Letter
from dateline.mastheads import queries as mastheads
from dateline.newsletters import models
from dateline.newsletters.domain.clicks import NAME_BYTES
from dateline.newsletters.domain.doors import Wish
from dateline.newsletters.domain.segments import Variant
from dateline.newsletters.queries import letters
from dateline.newsletters.services.editions import locked

LONGEST_PATH, LONGEST_TOLD = 500, 250
Key = tuple[str, int, str]


@transaction.atomic
def drawn_to_leave(
    edition: models.Edition, wanted: Sequence[Variant], *, at: datetime
) -> dict[Variant, Letter]:
    """Draw these texts of an edition with links that are counted. `at` (aware UTC) as `drawn`.

    A letter that is drawn again has the same names for what it led to before.
    """
    locked(edition.pk, by=None)
    names = _Names(edition.pk)
    found = letters.drawn(edition, wanted, at=at, name_of=names)
    names.keep()
    return found


class _Names:
    """The names of an edition's links: those it has, and new ones for what it had none for."""

    def __init__(self, edition_id: int) -> None:
        self.edition_id = edition_id
        self.ids = {site.slug: site.id for site in mastheads.all_mastheads()}
        rows = models.EditionLink.objects.filter(edition_id=edition_id)
        known = rows.values_list("kind", "masthead_id", "path", "name")
        self.names: dict[Key, str] = {(kind, site, path): name for kind, site, path, name in known}
        self.new: list[models.EditionLink] = []

    def __call__(self, wish: Wish) -> str:
        """The name of a link; a path that no page of ours has gets none."""
        if len(wish.path) > LONGEST_PATH or not wish.path.startswith("/"):
            return ""
        key = (wish.kind.value, self.ids[wish.site], wish.path)
        if key not in self.names:
            self.names[key] = secrets.token_urlsafe(NAME_BYTES)
            self.new.append(self._row(wish, self.names[key]))
        return self.names[key]

    def keep(self) -> None:
        """Write the new ones down."""
        models.EditionLink.objects.bulk_create(self.new)

    def _row(self, wish: Wish, name: str) -> models.EditionLink:
        return models.EditionLink(
            edition_id=self.edition_id, name=name, kind=wish.kind.value,
            masthead_id=self.ids[wish.site], path=wish.path, story_id=wish.story_id or None,
            told=wish.told[:LONGEST_TOLD], place=len(self.names),
        )  # fmt: skip
