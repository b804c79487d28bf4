"""One sender process, as `dateline mail send` is, to a port of this machine without TLS.

Run: python -m benchmarks.mail.sender SCRATCH PORT
"""

import signal
import sys
import threading

from benchmarks.mail import stage


def main() -> None:
    """Send until SIGTERM."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stage.start(sys.argv[1], int(sys.argv[2]))
    from dateline.mail.services import sending

    sending.run(stop)


if __name__ == "__main__":
    main()
