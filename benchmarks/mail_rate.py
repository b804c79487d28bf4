"""How fast a personalised edition leaves, beside a bare socket loop and beside Django's own way.

Run: uv run python -m benchmarks.mail_rate [--quick]

`ours`: mails a second of one sender process through `mail.services.sending`, 20 KB each, made for
its reader (a name, three signed links), out of the ledger, with a journal line before the final dot
and one after the answer, the fates written back to the ledger; until the ledger says that all is
done. `bare`: the same number of bytes, always the same, by a loop over as many pipelined
connections that does nothing else. `django`: EmailMultiAlternatives of the same parts through
Django's SMTP backend over one kept connection. All to one smtp-sink of Postfix, in turn, several
rounds; `ratio` and `ratio_django` are the medians of the rounds'. `cpu_us` is processor time of the
sender for each mail, freezing not among it.
"""

import argparse
import json
import os
import platform
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.mail import stage
from benchmarks.mail.sink import Sink

ROUNDS, MAILS, SLOW = 5, 20_000, 400
QUICK_ROUNDS, QUICK_MAILS, QUICK_SLOW = 3, 4000, 150
CONNECTIONS = 4


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer and shorter rounds.")
    quick = parser.parse_args().quick
    sizes = (QUICK_ROUNDS, QUICK_MAILS, QUICK_SLOW) if quick else (ROUNDS, MAILS, SLOW)
    with tempfile.TemporaryDirectory() as scratch, Sink() as sink:
        print(json.dumps(_measure(Path(scratch), sink, *sizes)))


def _measure(scratch: Path, sink: Sink, rounds: int, mails: int, slow: int) -> dict[str, Any]:
    stage.start(str(scratch), sink.port, DATELINE_MAIL_CONNECTIONS=str(CONNECTIONS))
    stage.migrate()
    message = _message()
    _ours(sink, "warm", 500)
    ours, bare, django, cpu = [], [], [], []
    for number in range(rounds):
        rate, spent = _ours(sink, f"round:{number}", mails)
        ours.append(rate)
        cpu.append(spent)
        bare.append(_bare(sink.port, message, mails))
        django.append(_django(slow))
        print(f"{ours[-1]:.0f} {bare[-1]:.0f} {django[-1]:.0f} {cpu[-1]:.0f}", file=sys.stderr)
    return {
        "name": "mail_rate",
        "ratio": round(statistics.median(o / b for o, b in zip(ours, bare, strict=True)), 3),
        "ratio_django": round(
            statistics.median(o / d for o, d in zip(ours, django, strict=True)), 1
        ),
        "cpu_us": round(statistics.median(cpu), 1),
        "ours": round(statistics.median(ours)),
        "bare": round(statistics.median(bare)),
        "django": round(statistics.median(django)),
        "unit": "mails/s of one process",
        "notes": (
            f"{rounds} rounds of {mails} mails of {len(message)} bytes, {CONNECTIONS} connections; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _message() -> bytes:
    from dateline.mail.domain.copies import cut, read

    values = {"address": "reader.1@mail1.example", "name": "Reader 1", "number": "1"}
    for purpose in ("newsletters.out", "newsletters.choose"):
        values[f"token:{purpose}"] = "1-1-ABCDEFGHIJKLMNOPQRST"
    return read(cut(stage.letter())).joined(values)


def _ours(sink: Sink, name: str, mails: int) -> tuple[float, float]:
    """Mails a second, and microseconds of the process for each."""
    from dateline.mail.queries import mailings
    from dateline.mail.services import sending

    mailing = stage.frozen(name, mails)
    began, spent = time.perf_counter(), time.process_time()
    sending.send_due()
    took, spent = time.perf_counter() - began, time.process_time() - spent
    progress = mailings.progress(mailing)
    assert (progress.sent, progress.state) == (mails, "done"), progress
    assert sink.process.poll() is None
    return mails / took, spent / mails * 1e6


def _bare(port: int, message: bytes, mails: int) -> float:
    envelope = b"MAIL FROM:<a@b.test>\r\nRCPT TO:<reader.1@mail1.example>\r\nDATA\r\n"
    whole = message + b".\r\n" + envelope
    lines = [_greeted(port, envelope) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for line in lines:
        line.sendall(whole)
    for _ in range(mails // CONNECTIONS - 1):
        for line in lines:
            _until_354(line)
            line.sendall(whole)
    for line in lines:
        _until_354(line)
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    return mails / took


def _greeted(port: int, envelope: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.recv(4096)
    line.sendall(b"EHLO bench\r\n")
    while b"250 " not in line.recv(4096):
        pass
    line.sendall(envelope)
    _until_354(line)
    return line


def _until_354(line: socket.socket) -> None:
    """What is owed to the dot and the next envelope ends with the answer to DATA."""
    data = b""
    while b"354 " not in data:
        data += line.recv(4096)


def _django(mails: int) -> float:
    from django.core.mail import EmailMultiAlternatives, get_connection

    letter = stage.letter()
    began = time.perf_counter()
    with get_connection() as kept:
        for number in range(mails):
            name = f"Reader {number}"
            mail = EmailMultiAlternatives(
                letter.subject.replace("⟦name⟧", name), letter.text.replace("⟦name⟧", name),
                letter.sender, [f"reader.{number}@mail.example"], headers=dict(letter.headers),
                connection=kept,
            )  # fmt: skip
            mail.attach_alternative(letter.html.replace("⟦name⟧", name), "text/html")
            mail.send()
    return mails / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
