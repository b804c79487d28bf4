"""Postfix's smtp-sink on a free loopback port: it takes every mail, and may write down which."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Self

UNPACKED = Path(__file__).parents[2] / ".tools/postfix"
IDS = re.compile(rb"^Message-ID: <([^>\s]+)>", re.MULTILINE | re.IGNORECASE)
START_S = 20.0


def program() -> tuple[str, dict[str, str]]:
    """The program, installed or unpacked, and the environment that it needs."""
    if installed := shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return installed, dict(os.environ)
    unpacked = UNPACKED / "usr/sbin/smtp-sink"
    assert unpacked.exists(), "smtp-sink is not here: python3 bin/system_packages.py"
    libraries = str(UNPACKED / "usr/lib/postfix")
    return str(unpacked), {**os.environ, "LD_LIBRARY_PATH": libraries}


class Sink:
    """smtp-sink with `options`; with `dump` it writes each mail to that file before it answers."""

    def __init__(self, *options: str, dump: Path | None = None) -> None:
        path, environment = program()
        self.dump = dump
        self.port = _free_port()
        words = [path, *(["-u", "root"] if os.geteuid() == 0 else []), *options]
        words += ["-D", str(dump)] if dump else []
        words += [f"127.0.0.1:{self.port}", "512"]
        self.process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + START_S
        while not self._answers():
            assert self.process.poll() is None, "smtp-sink ended"
            assert time.monotonic() < until, "smtp-sink does not answer"
            time.sleep(0.02)

    def received(self) -> Counter[str]:
        """How often each Message-ID came in whole."""
        assert self.dump
        text = self.dump.read_bytes() if self.dump.exists() else b""
        return Counter(one.decode("ascii") for one in IDS.findall(text))

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
