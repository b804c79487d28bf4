"""Tell a title's editors once, by mail, that a letter which sends itself is kept back."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from dateline.accounts.queries import desk_origin
from dateline.newsletters import models
from dateline.newsletters.queries.kept_back import KeptBack, editors_of, kept_back

TOLD = "told_editors"
TEXT = """\
{name} was to leave by itself{due}, and does not.

{reasons}

Look at it, put it right, and send it: {link}
"""


def tell(edition_id: int, *, at: datetime) -> int:
    """Write to everybody who looks after the list of a letter that is kept back; count them.

    Once for a letter, however often it is kept back; nobody where it is not any more. The mail goes
    to all of them together. `at` is aware UTC.
    """
    found = next((one for one in kept_back(at=at) if one.edition_id == edition_id), None)
    to = editors_of(found.masthead_id) if found else []
    if found is None or not to or not _first(edition_id, at=at):
        return 0
    try:
        _mail(found, to).send()
    except OSError:  # smtplib's own errors are among them; the outbox tries again
        models.EditionNote.objects.filter(edition=edition_id, verb=TOLD).delete()
        raise
    return len(to)


@transaction.atomic
def _first(edition_id: int, *, at: datetime) -> bool:
    """Note that they are told; whoever notes it first is the one who writes."""
    models.Edition.objects.select_for_update().get(pk=edition_id)
    notes = models.EditionNote.objects.filter(edition=edition_id, verb=TOLD)
    if notes.exists():
        return False
    models.EditionNote.objects.create(edition_id=edition_id, verb=TOLD, at=at)
    return True


def _mail(found: KeptBack, to: list[str]) -> EmailMessage:
    row = models.Edition.objects.select_related("newsletter__recipe").get(pk=found.edition_id)
    recipe = getattr(row.newsletter, "recipe", None)
    text = TEXT.format(
        name=found.name,
        due=f" at {recipe.time:%H:%M}" if recipe else "",
        reasons="\n".join(f"· {reason}" for reason in found.reasons),
        link=f"{desk_origin()}/letters/{found.edition_id}/",
    )
    return EmailMessage(f"Kept back: {found.name}", text, None, to)
