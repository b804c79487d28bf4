"""The render processes: Granian's main process, which forks a worker for each and replaces them."""

import os
from importlib import import_module
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dateline.project import processes
from dateline.project.behind_front import BehindFront
from dateline.project.config import Config
from dateline.project.logs import set_up

# Threads of one process share one interpreter lock; a few let a page wait for the database while
# another renders. More only make each of them slower.
THREADS = 4
KILL_AFTER_S = 10


def main() -> None:
    """Listen on the unix socket of this start and keep the workers alive until SIGTERM."""
    processes.die_with_supervisor()
    config = Config.read()
    set_up(config.log_format)
    main_pid, path = os.getpid(), Path(os.environ[processes.SOCKET])
    # Loaded before the fork: workers share its memory, and one that died is back at once.
    application: BehindFront = import_module("dateline.project.wsgi").application

    def in_worker() -> BehindFront:
        processes.die_with(main_pid)
        return application

    Granian(
        "dateline.project.wsgi:application",
        uds=path,
        uds_permissions=0o600,
        interface=Interfaces.WSGI,
        workers=config.render_processes,
        blocking_threads=THREADS,
        backlog=1024,
        backpressure=256,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_S,
        log_level=LogLevels.warning,
    ).serve(target_loader=in_worker, wrap_loader=False)


if __name__ == "__main__":
    main()
