"""How fast beacons are taken: by the front, by nginx with its log, and by nginx `return 204`.

Run: uv run python -m benchmarks.beacon [--quick]

`wrk -t1` posts beacons over 64 kept connections, each of another story, so that none is a replay;
server on one core, load on the other; rounds alternate, medians are given. The front has all on:
bots, origin, rate, replays, visitors, journal. `ratio` is the front divided by nginx `return 204`
without a log, `ratio_nginx` the collector of deploy/nginx divided by the same. Then the journal is
compared with what was answered, and nginx's log, once it was followed, with the journal. At the end
a front is killed with -9 while beacons come: `lost_on_kill_ms` is how long before the kill the
oldest beacon was answered that the journal does not hold.
"""

import argparse
import http.client
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.edge import stage
from benchmarks.edge.stage import Load, Server
from dateline.trending.adapters.journal import Journal
from dateline.trending.services import collector, following

ROUNDS, SECONDS = 5, 10
QUICK_ROUNDS, QUICK_SECONDS = 3, 2
CONNECTIONS = 64
NO_LIMIT = 1_000_000_000
STORIES = 100_000_000  # so many numbers for each run
KILL_AFTER_S = 3.0
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
DEPLOY = stage.ROOT / "deploy" / "nginx"
LOG = "/var/log/nginx/dateline-beacons.log"
SITES = {stage.HOST: 1}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer and shorter rounds.")
    quick = parser.parse_args().quick
    rounds, seconds = (QUICK_ROUNDS, QUICK_SECONDS) if quick else (ROUNDS, SECONDS)
    os.environ["DATELINE_BEACON_RATE"] = str(NO_LIMIT)
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        print(json.dumps(_measure(stack, Path(scratch), rounds, seconds)))


def _measure(stack: ExitStack, scratch: Path, rounds: int, seconds: int) -> dict[str, object]:
    folder = scratch / "front"
    collector.tell_sites(folder, SITES)
    front = stack.enter_context(stage.front(folder))
    log = scratch / "collector" / "beacons.log"
    bare = stack.enter_context(
        _nginx(scratch / "bare", "nginx_204", "location = /b { return 204; }")
    )
    logging = stack.enter_context(_nginx(log.parent, "nginx_collector", _location(log.parent, log)))
    found = _rounds([bare, front, logging], rounds, seconds)
    errors = sum(load.errors for load, _ in found.values())
    assert errors == 0, f"{errors} requests failed"
    counted = _counted(front.port)
    events, fold_us = _events(folder)
    _check(events, counted, found["front"][1])
    lines, logged, follow_us = _followed(scratch / "followed", log)
    assert lines == logged, f"nginx logged {lines} beacons, and {logged} were counted"
    return _report(
        {name: load for name, (load, _) in found.items()},
        {
            "counted": counted,
            "fold_us": round(fold_us, 2),
            "follow_us": round(follow_us, 2),
            "logged": lines,
            "lost_on_kill_ms": _lost_on_kill(scratch / "killed"),
        },
        rounds,
        seconds,
    )


def _rounds(servers: list[Server], rounds: int, seconds: int) -> dict[str, tuple[Load, int]]:
    """The median load of each server, and how many beacons it answered in all."""
    loads: dict[str, list[Load]] = {server.name: [] for server in servers}
    answered = dict.fromkeys(loads, 0)
    first = 0
    for _ in range(rounds):
        for server in servers:
            first += STORIES
            load, count = _wrk(server, first, seconds)
            loads[server.name].append(load)
            answered[server.name] += count
    return {name: (stage.median(runs), answered[name]) for name, runs in loads.items()}


def _wrk(server: Server, first: int, seconds: int) -> tuple[Load, int]:
    before = server.cpu_s()
    run = subprocess.Popen(
        ["taskset", "-c", stage.LOAD_CORE, stage.binary("wrk"), "-t1", f"-c{CONNECTIONS}",
         f"-d{seconds}s", "--timeout", "10s", "-s", str(stage.HERE / "beacons.lua"),
         f"http://127.0.0.1:{server.port}/", "--", server.host, str(first)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = stage.finish_wrk(run)
    requests = max(1, line["requests"])
    load = Load(
        rate=requests / (line["us"] / 1e6),
        p50_ms=line["p50"] / 1000,
        p99_ms=line["p99"] / 1000,
        errors=line["errors"],
        cpu_us=(server.cpu_s() - before) / requests * 1e6,
    )
    return load, requests


def _location(folder: Path, log: Path) -> str:
    """The files of deploy/, with their log in the scratch folder."""
    folder.mkdir()
    for name in ("beacons.conf", "beacons-location.conf"):
        (folder / name).write_text((DEPLOY / name).read_text().replace(LOG, str(log)))
    return f"include {folder}/beacons-location.conf;"


@contextmanager
def _nginx(root: Path, name: str, location: str) -> Iterator[Server]:
    """One worker of nginx with one location."""
    root.mkdir(exist_ok=True)
    port = stage.free_port()
    log_format = f"include {root}/beacons.conf;" if (root / "beacons.conf").exists() else ""
    (root / "nginx.conf").write_text(
        f"""
        {"user root;" if os.geteuid() == 0 else ""}
        daemon off; worker_processes 1; pid {root}/pid; error_log {root}/error.log;
        events {{ worker_connections 4096; }}
        http {{
          access_log off; keepalive_requests 100000000; {log_format}
          client_body_temp_path {root}/t; proxy_temp_path {root}/t; fastcgi_temp_path {root}/t;
          uwsgi_temp_path {root}/t; scgi_temp_path {root}/t;
          server {{ listen 127.0.0.1:{port} backlog=2048; {location} }}
        }}"""
    )
    with stage.running(
        stage.binary("nginx"), "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")
    ) as process:
        stage.until(lambda: _beacon(port, 1, **{"Sec-GPC": "1"}), name)
        yield Server(name, port, [process.pid, *stage.children(process.pid)])


def _beacon(port: int, story: int, **told: str) -> bool:
    """Send one beacon; say whether it was answered."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    fields = {"Host": stage.HOST, "Origin": f"http://{stage.HOST}", "User-Agent": AGENT, **told}
    try:
        line.request("POST", f"/b?1.{story}.1.1.0.0", body=b"", headers=fields)
        return line.getresponse().status == 204
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _counted(port: int) -> int:
    """What the front says that it has counted; nothing may have been dropped."""
    text = stage.get(port, "/metrics")[1].decode()
    dropped = sum(map(int, re.findall(r"beacons_dropped_total\{.*\} (\d+)", text)))
    assert dropped == 0, text
    found = re.search(r"^dateline_front_beacons_total (\d+)$", text, re.MULTILINE)
    return int(found[1]) if found else 0


def _events(data_dir: Path) -> tuple[int, float]:
    """How many events the journal holds, each of a story of its own, and what one costs to read."""
    time.sleep(2 * collector.FLUSH_S)
    journal, position = Journal(data_dir / collector.FOLDER), dict[str, int]()
    stories: set[int] = set()
    total, spent = 0, 0.0
    while True:
        began = time.process_time()
        events, position = journal.read_from(position)
        spent += time.process_time() - began
        if not events:
            break
        total += len(events)
        stories |= {event.story for event in events}
    assert journal.torn == 0
    assert len(stories) == total, "a beacon was counted twice"
    return total, spent / max(1, total) * 1e6


def _check(events: int, counted: int, answered: int) -> None:
    """Whatever was answered was counted; what was in hand when wrk hung up may have been, too."""
    assert events == counted, f"the front counted {counted}, and the journal holds {events}"
    most = answered + ROUNDS * CONNECTIONS
    assert answered <= events <= most, f"{answered} answered, {events} in the journal"


def _followed(data_dir: Path, log: Path) -> tuple[int, int, float]:
    """Lines of nginx's log, events that they became, and what one costs in microseconds."""
    time.sleep(2)  # nginx writes what it holds within a second
    collector.tell_sites(data_dir, SITES)
    found = following.follow(log, data_dir, rate=NO_LIMIT, group=str)
    began = time.process_time()
    lines = 0
    while read := found.step():
        lines += read
    spent = time.process_time() - began
    found.collector.close()
    with log.open("rb") as file:
        assert lines == sum(1 for _ in file)
    return lines, _events(data_dir)[0], spent / max(1, lines) * 1e6


def _lost_on_kill(data_dir: Path) -> float:
    """Milliseconds before a kill -9 at which the oldest beacon was answered that is not kept."""
    collector.tell_sites(data_dir, SITES)
    sent: dict[int, float] = {}
    with stage.front(data_dir) as front:
        end = time.monotonic() + KILL_AFTER_S
        while time.monotonic() < end:
            story = len(sent) + 1
            assert _beacon(front.port, story)
            sent[story] = time.monotonic()
        os.kill(front.pids[0], 9)
        killed_at = time.monotonic()
    kept, _ = Journal(data_dir / collector.FOLDER).read_from({})
    lost = sent.keys() - {event.story for event in kept}
    return round(max((killed_at - sent[story] for story in lost), default=0.0) * 1000, 1)


def _report(
    found: dict[str, Load], beside: dict[str, object], rounds: int, seconds: int
) -> dict[str, object]:
    limit = found["nginx_204"].rate
    return {
        "name": "beacon",
        "ratio": round(found["front"].rate / limit, 3),
        "ratio_nginx": round(found["nginx_collector"].rate / limit, 3),
        "ours": round(found["front"].rate),
        "reference": round(limit),
        "unit": "beacons/s of one core at 64 connections; the reference is nginx return 204",
        **beside,
        "by_server": {
            name: {
                "rate": round(load.rate),
                "p50_ms": round(load.p50_ms, 2),
                "p99_ms": round(load.p99_ms, 2),
                "cpu_us": round(load.cpu_us, 1),
            }
            for name, load in found.items()
        },
        "notes": (
            f"{rounds} rounds of {seconds} s in turn, medians; fold_us is reading the journal, "
            f"follow_us judging a line of nginx's log; Python {platform.python_version()}, "
            f"{platform.machine()}, {os.cpu_count()} cores"
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
