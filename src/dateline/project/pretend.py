"""The process of the demo's pretend provider; `dateline demo` starts it beside the others."""

import socket
import sys

from dateline.demo.domain.pretend import Pretend
from dateline.demo.services.pretending import PretendServer
from dateline.project import processes
from dateline.project.config import Config


def main(descriptor: int) -> None:
    """Answer on the open socket `descriptor`, for the account host of this installation."""
    processes.die_with_supervisor()
    config = Config.read()
    pretend = Pretend(config.pretend_providers, config.origin(config.account_host))
    PretendServer(socket.socket(fileno=descriptor), pretend).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
