"""What the worker does for beacons: says which host is whose, and reads what nginx has logged."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from dateline.mastheads import queries as mastheads
from dateline.project import hosts
from dateline.project.config import Config
from dateline.project.front.peers import Peers
from dateline.trending.services import collector, following


def tell_sites() -> None:
    """Write down for the fronts, which have no database, which host is which masthead."""
    found: dict[str, int] = {}
    for site in mastheads.all_mastheads():
        shown = urlsplit(hosts.origin_of(site.host)).hostname or site.host
        found |= {site.host: site.id, shown: site.id}
    collector.tell_sites(settings.CONFIG.data_dir, found)


def read_log() -> bool:
    """Count what nginx has logged since the last time, where it is the one that answers beacons.

    Says whether there was anything, and there may be more.
    """
    config: Config = settings.CONFIG
    if config.beacons != "nginx" or config.beacon_log is None:
        return False
    found = _following(config.beacon_log, config.data_dir, config.beacon_rate)
    return found.step() > 0


@cache
def _following(path: Path, data_dir: Path, rate: int) -> following.Following:
    return following.follow(path, data_dir, rate=rate, group=Peers((), rate).group)
