"""What the worker does for beacons: says which host is whose, reads logs, counts offers."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.project import hosts
from dateline.project.config import Config
from dateline.project.front.peers import Peers
from dateline.promos.services import counting
from dateline.trending.services import collector, following


def tell_sites() -> None:
    """Write down for the fronts, which have no database, which host is which masthead."""
    collector.tell_sites(settings.CONFIG.data_dir, _sites())


def count_offers() -> bool:
    """Count what fronts were told of offers. Says whether there was anything."""
    return counting.count_told(settings.CONFIG.data_dir, _sites(), at=clock.now()) > 0


def read_log() -> bool:
    """Count what nginx has logged since the last time, where it is the one that answers beacons.

    Says whether there was anything, and there may be more.
    """
    config: Config = settings.CONFIG
    if config.beacons != "nginx" or config.beacon_log is None:
        return False
    found = _following(config.beacon_log, config.data_dir, config.beacon_rate)
    return found.step() > 0


def _sites() -> dict[str, int]:
    """The masthead of each host that readers may use."""
    found: dict[str, int] = {}
    for site in mastheads.all_mastheads():
        shown = urlsplit(hosts.origin_of(site.host)).hostname or site.host
        found |= {site.host: site.id, shown: site.id}
    return found


@cache
def _following(path: Path, data_dir: Path, rate: int) -> following.Following:
    return following.follow(path, data_dir, rate=rate, group=Peers((), rate).group)
