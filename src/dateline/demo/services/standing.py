"""Write the pages around the demo's stories, and say where its messages go."""

from datetime import datetime

from dateline.demo import adapters
from dateline.mastheads.queries import by_slug
from dateline.standing.domain.kinds import PageKind
from dateline.standing.services.contact import keep_contact
from dateline.standing.services.pages import fill_page


def write(*, at: datetime) -> int:
    """Write every page that is not there yet; return how many. `at` is aware UTC."""
    told = adapters.table("standing")
    return sum(_write(slug, dict(one), at=at) for slug, one in told.items())


def _write(slug: str, told: dict[str, str], *, at: datetime) -> int:
    site = by_slug(slug)
    if site is None:
        raise ValueError(f"The standing pages name a masthead {slug!r} that is not there.")
    keep_contact(site.id, told.pop("messages"), by_form=True)
    made = [fill_page(site.id, PageKind(kind), text, at=at) for kind, text in told.items()]
    return sum(number is not None for number in made)
