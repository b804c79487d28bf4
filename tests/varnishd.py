"""A real varnishd on a free loopback port, with the VCL of deploy/ and nothing else changed."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

# Debian keeps it where only root looks.
VARNISHD = shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
VCL = Path(__file__).parents[1] / "deploy/varnish/dateline.vcl"
UPSTREAM = '.port = "8000"'


class Varnishd:
    """Varnish before `upstream`, a port; all its files are in `directory`.

    `changes` are texts of the VCL to be written otherwise, where a test cannot wait as long.
    """

    def __init__(self, directory, upstream, port=None, **changes):
        assert VARNISHD, "varnishd is not installed: python3 bin/system_packages.py"
        self.port = port or free_port()
        self.address = f"varnish+http://127.0.0.1:{self.port}"
        text = VCL.read_text()
        for old, new in {UPSTREAM: f'.port = "{upstream}"', **changes}.items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        vcl, said = directory / "test.vcl", directory / "varnishd.log"
        vcl.write_text(text)
        words = [VARNISHD, "-F", "-n", directory / "varnish", "-a", f"127.0.0.1:{self.port}"]
        words += ["-f", vcl, "-s", "malloc,32m", "-j", "none", "-T", "none"]
        words += ["-p", "thread_pool_min=10", "-p", "http_gzip_support=off"]
        self.log = said.open("wb")
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, said.read_text()
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.02)

    def _answers(self):
        try:
            return self.ask("GET", "x", {"Host": "x"})[0].status == http.client.BAD_REQUEST
        except OSError:
            return False

    def ask(self, method, path, headers, sender="127.0.0.1"):
        """The answer and its body; `sender` is any address of this machine."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(sender, 0)
        )
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def end(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


def free_port():
    """A port that nobody listens to just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
