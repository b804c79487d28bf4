"""What the edge's benchmarks share: servers pinned to one core, load from the other, figures."""

import contextlib
import gzip
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.project import processes

SERVER_CORE, LOAD_CORE = "0", "1"
PAGES = 200
OK = 200
HOST = "post.localhost"
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True)
class Load:
    """What one run of wrk measured."""

    rate: float
    p50_ms: float
    p99_ms: float
    errors: int
    cpu_us: float  # of the server, a request


class Server:
    """One process tree to measure."""

    def __init__(self, name: str, port: int, pids: list[int], host: str = HOST) -> None:
        self.name, self.port, self.pids, self.host = name, port, pids, host

    def cpu_s(self) -> float:
        """Seconds of processor time used so far."""
        return sum(_cpu_s(pid) for pid in self.pids)

    def rss_mb(self) -> float:
        """Proportional set size of all processes, in megabytes."""
        return sum(_pss_kb(pid) for pid in self.pids) / 1024


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(
    *command: str, core: str = SERVER_CORE, **options: Any
) -> "Iterator[subprocess.Popen[bytes]]":
    """A process on one core, ended with all it started."""
    process = subprocess.Popen(
        ["taskset", "-c", core, *command],
        start_new_session=True,
        **options,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def front(scratch: Path, *, fronts: int = 1, access_log: bool = True, edge: str = "on",
          core: str = SERVER_CORE) -> Iterator[Server]:  # fmt: skip
    """Fronts before the benchmark's renderer. The renderer has the load's core: it mostly rests."""
    edge_dir, run_dir = scratch / "edge", scratch / "run"
    run_dir.mkdir(parents=True, exist_ok=True)
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    listener.set_inheritable(True)
    port = listener.getsockname()[1]
    environment = {
        **os.environ,
        "DATELINE_DATA_DIR": str(scratch),
        "DATELINE_ADDRESS_CONNECTIONS": "5000",
        "DATELINE_EDGE": edge,
        **({"DATELINE_ACCESS_LOG": str(scratch / "access.log")} if access_log else {}),
        processes.RUN_DIR: str(run_dir),
        processes.TOKEN: secrets.token_urlsafe(16),
        processes.LISTEN_FD: str(listener.fileno()),
    }
    with contextlib.ExitStack() as stack:
        stack.enter_context(
            running(sys.executable, "-m", "benchmarks.edge.renderer", str(run_dir / "render.sock"),
                    str(edge_dir), str(PAGES), core=LOAD_CORE, cwd=ROOT)
        )  # fmt: skip
        started = [
            stack.enter_context(
                running(sys.executable, "-m", "dateline.project.front", env=environment, core=core,
                        pass_fds=(listener.fileno(),))
            )
            for _ in range(fronts)
        ]  # fmt: skip
        until((run_dir / "render.sock").exists, "the renderer")
        until(lambda: get(port, "/livez")[0] == 200, "the front")
        yield Server("front", port, [process.pid for process in started])
        listener.close()


@contextlib.contextmanager
def nginx(scratch: Path, bodies: dict[str, bytes]) -> Iterator[Server]:
    """One worker of nginx, serving `bodies` as files with gzip_static, access log on."""
    root, port = scratch / "nginx", free_port()
    (root / "html").mkdir(parents=True)
    for name, body in bodies.items():
        path = root / "html" / name.lstrip("/")
        path.write_bytes(body)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(body, 6, mtime=0))
    (root / "nginx.conf").write_text(
        f"""
        {"user root;" if os.geteuid() == 0 else ""}
        daemon off; worker_processes 1; pid {root}/pid; error_log {root}/error.log;
        events {{ worker_connections 4096; }}
        http {{
          access_log {root}/access.log combined buffer=64k flush=1s;
          client_body_temp_path {root}/t; proxy_temp_path {root}/t; fastcgi_temp_path {root}/t;
          uwsgi_temp_path {root}/t; scgi_temp_path {root}/t;
          default_type text/html; keepalive_requests 100000000; sendfile on; tcp_nopush on;
          open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
          server {{ listen 127.0.0.1:{port} backlog=2048; root {root}/html; gzip_static on;
                    etag on; add_header Cache-Control no-cache; }}
        }}"""
    )
    with running(
        binary("nginx"), "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")
    ) as process:
        until(lambda: get(port, next(iter(bodies)))[0] == 200, "nginx")
        yield Server("nginx", port, [process.pid, *children(process.pid)])


@contextlib.contextmanager
def varnish(scratch: Path, backend: int) -> Iterator[Server]:
    """Varnish before the front at port `backend`, caching everything for an hour."""
    port = free_port()
    (scratch / "bench.vcl").write_text(
        f"""vcl 4.1; backend front {{ .host = "127.0.0.1"; .port = "{backend}"; }}
        sub vcl_backend_response {{ set beresp.ttl = 1h; unset beresp.http.cache-control; }}"""
    )
    with running(
        binary("varnishd"), "-F", "-j", "none", "-n", str(scratch / "varnish"),
        "-a", f"127.0.0.1:{port}", "-f", str(scratch / "bench.vcl"), "-s", "malloc,256m",
        "-T", "none", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        until(lambda: get(port, "/story-0")[0] == 200, "varnish")
        yield Server("varnish", port, [process.pid, *children(process.pid)])


def binary(name: str) -> str:
    """The path of a program, also where only root has it on the path."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if not found:
        raise SystemExit(f"{name} is missing. Run python3 bin/system_packages.py.")
    return found


def wrk(
    server: Server, *, connections: int, seconds: int, pages: int | Path = PAGES, pause_ms: int = 0
) -> Load:
    """Load `server` from the other core and return what came out of it. See `start_wrk`."""
    before = server.cpu_s()
    run = start_wrk(
        server, connections=connections, seconds=seconds, pages=pages, pause_ms=pause_ms
    )
    line = finish_wrk(run)
    used = server.cpu_s() - before
    return Load(
        rate=line["requests"] / (line["us"] / 1e6),
        p50_ms=line["p50"] / 1000,
        p99_ms=line["p99"] / 1000,
        errors=line["errors"],
        cpu_us=used / max(1, line["requests"]) * 1e6,
    )


def start_wrk(
    server: Server, *, connections: int, seconds: int, pages: int | Path = PAGES, pause_ms: int = 0
) -> "subprocess.Popen[str]":
    """Begin to load `server` from the other core.

    `pages` is so many pages of the benchmark's renderer, or a file with an address a line. With
    `pause_ms` each connection waits so long before each request.
    """
    return subprocess.Popen(
        ["taskset", "-c", LOAD_CORE, binary("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s",
         "--timeout", "10s", "-s", str(HERE / "zipf.lua"), f"http://127.0.0.1:{server.port}/", "--",
         server.host, str(pages), str(pause_ms)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish_wrk(run: "subprocess.Popen[str]") -> dict[str, int]:
    """Wait for a load to end and return its figures: requests, us, p50, p99, errors."""
    output, _ = run.communicate()
    assert run.returncode == 0, output
    found: dict[str, int] = json.loads(output.strip().splitlines()[-1])
    return found


def warm(port: int, pages: int = PAGES) -> dict[str, bytes]:
    """Ask for every page once; return what each address holds."""
    found = {f"/story-{number}": get(port, f"/story-{number}") for number in range(pages)}
    assert all(status == 200 for status, _, _ in found.values())
    return {path: body for path, (_, body, _) in found.items()}


def renders(port: int) -> int:
    """How many pages the benchmark's renderer has made."""
    return int(json.loads(get(port, "/renders")[1]))


def has(name: str) -> bool:
    """Whether this program is here."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin") is not None


def median(loads: list[Load]) -> Load:
    """The median of each figure over the rounds; errors are added up."""
    names = ("rate", "p50_ms", "p99_ms", "cpu_us")
    middle = {name: statistics.median(getattr(load, name) for load in loads) for name in names}
    return Load(**middle, errors=sum(load.errors for load in loads))


def get(port: int, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request of its own: status, body, fields. Status 0 where nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", path, headers={"Host": HOST} | headers)
        answer = line.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}
    except (OSError, http.client.HTTPException):
        return 0, b"", {}
    finally:
        line.close()


def check_pages(port: int, bodies: dict[str, bytes], *, sample: int = 20) -> None:
    """Whether sampled answers hold the page, byte for byte, in gzip and plain."""
    for path in list(bodies)[:: max(1, len(bodies) // sample)]:
        status, plain, _ = get(port, path)
        _, zipped, fields = get(port, path, **{"Accept-Encoding": "gzip"})
        assert status == 200
        assert plain == bodies[path], f"{path} is not the page"
        assert fields.get("content-encoding") == "gzip"
        assert gzip.decompress(zipped) == bodies[path], f"{path} is not the page in gzip"


def children(pid: int) -> list[int]:
    """Processes below `pid`, all generations."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


def until(true: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {seconds:.0f} s for {what}.")
        time.sleep(0.02)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _pss_kb(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0
