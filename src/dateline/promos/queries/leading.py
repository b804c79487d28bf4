"""Where the link of an offer leads."""

from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.checks import problems_of_url
from dateline.promos.domain.kinds import LEADS, Slot


def target_of(name: str, masthead_id: int) -> str | None:
    """The address a signed name leads to from a masthead; None where it leads nowhere.

    It is looked up, never taken from what was asked. A campaign that was paused or is over still
    leads on, for a page may have been open meanwhile; a draft and a killed one do not.
    """
    shown = links.read(name)
    if shown is None:
        return None
    found = models.Creative.objects.filter(
        pk=shown.creative,
        campaign=shown.campaign,
        campaign__state__in=LEADS,
        campaign__mastheads=masthead_id,
        slots__slot=shown.slot,
    )
    target = found.values_list("target_url", flat=True).first()
    return target if target and not problems_of_url(target) else None


def stands_in_letters(name: str) -> bool:
    """Whether a signed name is that of an offer in a letter, which is followed from anywhere."""
    shown = links.read(name)
    return shown is not None and shown.slot == Slot.NEWSLETTER
