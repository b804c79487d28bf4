"""The front's own process: uvicorn on the socket that the supervisor opened. No Django here."""

import gc
import os
import socket

import structlog
import uvicorn

from dateline.edge import queries as edge
from dateline.project import processes
from dateline.project.config import Config
from dateline.project.front.access import AccessLog
from dateline.project.front.app import Front
from dateline.project.front.body import Limits
from dateline.project.front.fill import Fills
from dateline.project.front.hits import Hits
from dateline.project.front.protocol import FrontProtocol
from dateline.project.front.renderers import Renderers
from dateline.project.logs import set_up
from dateline.promos.services.telling import open_teller
from dateline.trending.services.collector import Collector, open_collector

KEEP_ALIVE_S = 30
DRAIN_S = 8
MEGABYTE = 1024 * 1024
PART_IN_MEMORY = 4
# What lives long (pages, connections) is no garbage: look for cycles seldom.
GARBAGE = (50_000, 20, 50)

log = structlog.get_logger("dateline.front")


def main() -> None:
    """Serve until SIGTERM, then finish what is in hand for up to eight seconds."""
    processes.die_with_supervisor()
    config = Config.read()
    set_up(config.log_format)
    renderers = Renderers(
        socket=f"{os.environ[processes.RUN_DIR]}/{processes.SOCKET_NAME}",
        timeout_s=config.render_timeout_s,
    )
    token = os.environ[processes.TOKEN].encode()
    app = Front(
        renderers=renderers,
        trusted=config.trusted_proxies,
        token=token,
        limits=Limits(body_bytes=config.max_upload_mb * MEGABYTE),
        fills=fills(config, renderers, token, os.environ.get(processes.RELEASE, "")),
        address_connections=config.address_connections,
        collector=collector(config),
        teller=open_teller(config.data_dir),
    )
    listener = socket.socket(fileno=int(os.environ[processes.LISTEN_FD]))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=FrontProtocol,
            ws="none",
            loop="uvloop",
            lifespan="on",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            log_config=None,
            limit_concurrency=config.max_connections,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=DRAIN_S,
        )
    )
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    server.run(sockets=[listener])


def collector(config: Config) -> Collector | None:
    """What counts readers, or None where that is off."""
    if config.beacons != "on":
        return None
    return open_collector(config.data_dir, rate=config.beacon_rate)


def fills(config: Config, renderers: Renderers, token: bytes, release: str) -> Fills | None:
    """The page cache, or None where it is off or its counters cannot be used."""
    if config.edge == "off":
        return None
    try:
        counters = edge.open_counters(config.edge_dir)
    except edge.EdgeUnavailable as error:
        log.warning("edge_unavailable", error=str(error), then="every page is rendered")
        return None
    hits = Hits(
        config.edge_dir,
        counters,
        trusted=config.trusted_proxies,
        limit_bytes=config.edge_mb * MEGABYTE // PART_IN_MEMORY,
        tells_outer=bool(config.edge_outer),
        access=AccessLog(config.access_log) if config.access_log else None,
    )
    store = edge.open_store(config.edge_dir, size_mb=config.edge_mb, release=release)
    return Fills(hits, store, renderers, token, config.scheme)


if __name__ == "__main__":
    main()
