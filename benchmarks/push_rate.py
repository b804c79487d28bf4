"""How fast a breaking alert leaves, held against nothing but the encryption of its pushes.

Run: uv run python -m benchmarks.push_rate [--quick]

100,000 browsers (2,000 keys, each its own endpoint, one in three with quiet hours, five time zones)
follow one title. A breaking alert is written and confirmed; then the sender does all that it does:
pages purged, the ledger frozen, batches read, caps and quiet hours asked, each push encrypted
for its browser, signed, sent over kept connections, its fate written down. The push service is a
process of its own on the other core: it answers 201, looks at the token, and decrypts one push in
five hundred. `bare` is the limit: the encryption alone, in a loop, on the sender's core, measured
before and after each round. `ratio` is ours divided by bare in wall clock, `ratio_cpu` the same in
CPU of the sender, which a busy machine moves less; `p90_s` the seconds from the
second person's word until the push service had nine in ten.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httptools
import uvloop

from benchmarks.discussion import stage

FOLLOWERS, ROUNDS = 100_000, 2
QUICK_FOLLOWERS, QUICK_ROUNDS = 4_000, 3
KEYS, QUICK_KEYS = 2_000, 200
BARE = 3_000  # encryptions before and after a round
LOOK_AT = 500  # one push in so many is decrypted
STATED_S = 60.0  # nine in ten of 100,000 are out by then
OK = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC")
SENDER_CORE, SERVICE_CORE = {0}, {1}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer followers.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), quick=quick)))


def _measure(scratch: Path, *, quick: bool) -> dict[str, Any]:
    followers, rounds = (QUICK_FOLLOWERS, QUICK_ROUNDS) if quick else (FOLLOWERS, ROUNDS)
    pairs = _pairs(QUICK_KEYS if quick else KEYS)
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    service = context.Process(target=_serve, args=(theirs, pairs), daemon=True)
    service.start()
    origin = f"http://127.0.0.1:{mine.recv()}"
    os.environ["DATELINE_PUSH_TRUSTED"] = origin
    os.sched_setaffinity(0, SENDER_CORE & os.sched_getaffinity(0) or os.sched_getaffinity(0))
    masthead, _ = stage.set_up(scratch)
    place = _set_up(masthead, origin, pairs, followers)
    found = [_round(place, pairs, mine) for _ in range(rounds)]
    mine.send("stop")
    service.join(10)
    return {
        "name": "push_rate",
        "ratio": round(statistics.median(one["ours"] / one["bare"] for one in found), 3),
        "ours": round(statistics.median(one["ours"] for one in found)),
        "reference": round(statistics.median(one["bare"] for one in found)),
        "unit": "pushes/s of one sender on one core; the reference is the encryption alone",
        "followers": followers,
        "p90_s": round(max(one["p90_s"] for one in found), 1),
        "stated_s": STATED_S,
        "in_time": max(one["p90_s"] for one in found) <= STATED_S,
        "cpu_us": round(statistics.median(one["cpu_us"] for one in found), 1),
        "ratio_cpu": round(
            statistics.median(one["bare_cpu_us"] / one["cpu_us"] for one in found), 3
        ),
        "lost": sum(one["lost"] for one in found),
        "decrypted": sum(one["decrypted"] for one in found),
        "rounds": rounds,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def _pairs(number: int) -> list[tuple[bytes, bytes, bytes]]:
    """Keys of browsers: the private number, the point, the secret."""
    from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key

    from dateline.alerts.adapters.encryption import CURVE, point_of

    made = []
    for _ in range(number):
        key = generate_private_key(CURVE)
        private = key.private_numbers().private_value.to_bytes(32, "big")
        made.append((private, point_of(key), os.urandom(16)))
    return made


def _set_up(
    masthead: Any, origin: str, pairs: list[tuple[bytes, bytes, bytes]], followers: int
) -> dict[str, Any]:
    """Two people who send the title's alerts, and all who follow it."""
    from dateline import clock
    from dateline.accounts.services.people import create_person
    from dateline.alerts import models
    from dateline.alerts.services.following import follower_key
    from dateline.alerts.services.sending import Sender

    at = clock.now()
    people = [
        create_person(email=f"{n}@example.test", password=uuid4().hex, superuser=True)
        for n in ("a", "b")
    ]
    rows = []
    for number in range(followers):
        _, point, secret = pairs[number % len(pairs)]
        endpoint = f"{origin}/{number}"
        rows.append(
            models.Follower(
                masthead=masthead, way="push", key=follower_key(endpoint), endpoint=endpoint,
                p256dh=point, auth=secret, language="en", time_zone=ZONES[number % len(ZONES)],
                quiet_from=1_320 if number % 3 == 0 else None, cap_breaking=20,
                quiet_to=420 if number % 3 == 0 else None, created_at=at, seen_at=at,
            )
        )  # fmt: skip
    models.Follower.objects.bulk_create(rows, batch_size=5_000)
    return {"masthead": masthead, "people": people, "sender": Sender(), "followers": followers}


def _round(
    place: dict[str, Any], pairs: list[tuple[bytes, bytes, bytes]], service: Any
) -> dict[str, float]:
    """One alert to everybody, with the bare limit on both sides of it."""
    from dateline import clock
    from dateline.alerts import models
    from tests.factories.alerts import an_alert
    from tests.factories.newsroom import a_story

    story = a_story(f"Ferry {uuid4()}", at=clock.now() - timedelta(minutes=1))
    before = _bare(pairs)
    first, second = place["people"]
    alert = an_alert(place["masthead"], story, first, second=second, at=clock.now())
    began, cpu = time.perf_counter(), time.process_time()
    wall = time.time()
    while place["sender"].send_due():
        pass
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    after = _bare(pairs)
    service.send("told")
    moments, decrypted, problems = service.recv()
    assert not problems, problems[:3]
    sent = models.Push.objects.filter(alert=alert, fate="sent").count()
    ninetieth = sorted(moments)[int(len(moments) * 0.9)] - wall
    return {
        "ours": sent / took,
        "bare": (before[0] + after[0]) / 2,
        "bare_cpu_us": (before[1] + after[1]) / 2,
        "p90_s": ninetieth,
        "cpu_us": cpu / sent * 1e6,
        "lost": place["followers"] - len(moments),
        "decrypted": decrypted,
    }


def _bare(pairs: list[tuple[bytes, bytes, bytes]]) -> tuple[float, float]:
    """Encryptions a second, and nothing else; and microseconds of CPU for each."""
    from dateline.alerts.adapters.encryption import encrypt

    payload = b"x" * 330  # as long as that of the alert
    began, cpu = time.perf_counter(), time.process_time()
    for number in range(BARE):
        _, point, secret = pairs[number % len(pairs)]
        encrypt(payload, key=point, secret=secret)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return BARE / took, cpu / BARE * 1e6


class Taker(asyncio.Protocol):
    """One connection of the push service."""

    told: "Told"

    def connection_made(self, transport: Any) -> None:
        self.transport, self.parser = transport, httptools.HttpRequestParser(self)
        self.url, self.token, self.body = b"", b"", b""

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self.url = url

    def on_header(self, name: bytes, value: bytes) -> None:
        if name == b"Authorization":
            self.token = value

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.told.take(int(self.url[1:]), self.token, self.body)
        self.body = b""
        self.transport.write(OK)


class Told:
    """What came: when, whether its token holds, and, of some, whether its browser can read it."""

    def __init__(self, pairs: list[tuple[bytes, bytes, bytes]]) -> None:
        self.pairs, self.tokens = pairs, set()
        self.moments: list[float] = []
        self.decrypted, self.problems = 0, []

    def take(self, number: int, token: bytes, body: bytes) -> None:
        self.moments.append(time.time())
        if token not in self.tokens:
            self.tokens.add(token)
            if not token.startswith(b"vapid t="):
                self.problems.append(token)
        if len(self.moments) % LOOK_AT == 0:
            from tests.push_service import opened

            private, point, secret = self.pairs[number % len(self.pairs)]
            said = json.loads(opened(body, private=private, point=point, auth=secret))
            self.decrypted += said["web_push"] == 8030

    def report(self) -> tuple[list[float], int, list[bytes]]:
        """What came since the last report."""
        said = (self.moments, self.decrypted, self.problems)
        self.moments, self.decrypted, self.problems = [], 0, []
        return said


def _serve(pipe: Any, pairs: list[tuple[bytes, bytes, bytes]]) -> None:
    os.sched_setaffinity(0, SERVICE_CORE & os.sched_getaffinity(0) or os.sched_getaffinity(0))
    Taker.told = Told(pairs)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Taker, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while await loop.run_in_executor(None, pipe.recv) != "stop":
            pipe.send(Taker.told.report())

    uvloop.run(run())


if __name__ == "__main__":
    main()
