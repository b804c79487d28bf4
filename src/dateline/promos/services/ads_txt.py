"""Say who may sell a root domain's space."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.promos import models
from dateline.promos.domain import ads_txt
from dateline.promos.domain.errors import Unfit
from dateline.promos.events import AdsTxtChanged
from dateline.promos.services.managers import must_manage


@transaction.atomic
def save_ads_txt(domain: str, text: str, *, by: UUID, at: datetime | None = None) -> None:
    """Keep the ads.txt of a root domain; an empty one takes it away. `at` is aware UTC.

    Raises:
        NotYours: `by` does not book offers for each masthead on that domain.
        Unfit: no masthead is on that domain, or lines that break the format.

    """
    at, domain = at or clock.now(), domain.strip().lower().rstrip(".")
    on_it = [
        site.id
        for site in mastheads.all_mastheads()
        if site.host == domain or site.host.endswith(f".{domain}")
    ]
    if not on_it:
        raise Unfit([f"No masthead of this network is on {domain or 'that domain'}."])
    must_manage(by, *on_it)
    if problems := ads_txt.problems_of(text):
        raise Unfit(problems)
    clean = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    models.AdsTxt.objects.update_or_create(
        domain=domain, defaults={"text": f"{clean}\n" if clean else "", "changed_at": at}
    )
    outbox.record(AdsTxtChanged(domain=domain, mastheads=tuple(on_it), by=str(by), at=at))
