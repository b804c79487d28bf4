"""What follows for cached lists of offers when a campaign moved. Safe twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.promos.events import AdsTxtChanged, CampaignKilled, CampaignMoved


def show(fact: CampaignMoved) -> None:
    """Make the lists of its mastheads anew, before anybody is given the old ones.

    Pages that hold an offer of our own without a script are made anew as they are asked for.
    """
    _purge(_tags(fact), Mode.HARD, f"{fact.name}, campaign {fact.campaign_id}")


def take_out(fact: CampaignKilled) -> None:
    """Never give a list or a page with a killed campaign again."""
    _purge(_tags(fact), Mode.GONE, f"{fact.name}, campaign {fact.campaign_id}")


def show_ads_txt(fact: AdsTxtChanged) -> None:
    """Give the new ads.txt from now on."""
    tags = [keys.offers(pk) for pk in fact.mastheads]
    _purge(tags, Mode.HARD, f"{fact.name}, {fact.domain}")


def _tags(fact: CampaignMoved | CampaignKilled) -> list[str]:
    lists = [keys.offers(pk) for pk in fact.mastheads]
    return lists + [keys.house_offers(pk) for pk in fact.mastheads] if fact.house else lists


def _purge(tags: list[str], mode: Mode, cause: str) -> None:
    if tags:
        edge.purge(tags, mode=mode, cause=cause)
