"""What follows when something happened to a provider. Safe to run twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.wire.events import ProviderChanged


def purge_provider(fact: ProviderChanged) -> None:
    """Make every page that names the agency again."""
    edge.purge([keys.provider(fact.provider_id)], cause=f"{fact.name} {fact.provider_id}")
