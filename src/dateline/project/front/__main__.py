"""The front's own process: uvicorn on the socket that the supervisor opened. No Django here."""

import os
import socket

import uvicorn

from dateline.project import processes
from dateline.project.config import Config
from dateline.project.front.app import Front, Limits
from dateline.project.front.protocol import FrontProtocol
from dateline.project.front.renderers import Renderers
from dateline.project.logs import set_up

KEEP_ALIVE_S = 30
DRAIN_S = 8
MEGABYTE = 1024 * 1024


def main() -> None:
    """Serve until SIGTERM, then finish what is in hand for up to eight seconds."""
    processes.die_with_supervisor()
    config = Config.read()
    set_up(config.log_format)
    app = Front(
        renderers=Renderers(
            socket=f"{os.environ[processes.RUN_DIR]}/{processes.SOCKET_NAME}",
            timeout_s=config.render_timeout_s,
        ),
        trusted=config.trusted_proxies,
        token=os.environ[processes.TOKEN].encode(),
        limits=Limits(body_bytes=config.max_upload_mb * MEGABYTE),
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
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
