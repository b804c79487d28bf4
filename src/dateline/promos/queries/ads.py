"""Which ads.txt a masthead answers with."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.promos import models


def text_for(site: Site) -> str | None:
    """The ads.txt of the root domain that a masthead is on; None where there is none."""
    edge.depend(keys.offers(site.id))
    names = site.host.split(".")
    domains = [".".join(names[n:]) for n in range(len(names))]
    rows = dict(models.AdsTxt.objects.filter(domain__in=domains).values_list("domain", "text"))
    return next((rows[domain] for domain in domains if rows.get(domain)), None)


def files() -> list[models.AdsTxt]:
    """Every ads.txt of the network, by domain."""
    return list(models.AdsTxt.objects.order_by("domain"))
