"""What follows for cached lists of offers when a campaign moved. Safe twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.promos.events import AdsTxtChanged, CampaignKilled, CampaignMoved


def show(fact: CampaignMoved) -> None:
    """Make the lists of its mastheads anew, before anybody is given the old ones."""
    _purge(fact.mastheads, Mode.HARD, f"{fact.name}, campaign {fact.campaign_id}")


def take_out(fact: CampaignKilled) -> None:
    """Never give a list with a killed campaign again."""
    _purge(fact.mastheads, Mode.GONE, f"{fact.name}, campaign {fact.campaign_id}")


def show_ads_txt(fact: AdsTxtChanged) -> None:
    """Give the new ads.txt from now on."""
    _purge(fact.mastheads, Mode.HARD, f"{fact.name}, {fact.domain}")


def _purge(masthead_ids: tuple[int, ...], mode: Mode, cause: str) -> None:
    if masthead_ids:
        edge.purge([keys.offers(pk) for pk in masthead_ids], mode=mode, cause=cause)
