"""What is lost, doubled or unknown when senders are killed at random moments.

Run: uv run python -m benchmarks.mail_crash [--quick] [--kills N] [--seed N]

Two campaigns of `kill -9` against smtp-sink, whose dump is the truth. `queryable`: the sink drops
the connection after each final dot (`-q .`), so that every answer is lost, and its dump may be
asked by Message-ID. `unqueryable`: the sink answers, and nobody may be asked. `lost` and `doubles`
are those of both together; `unknown` those of the second, which may be as many as connections were
open at each kill, and are all listed by name.
"""

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.mail import stage
from benchmarks.mail.crashes import campaign
from benchmarks.mail.sink import Sink

KILLS, MAILS = 100, 5000
QUICK_KILLS, QUICK_MAILS = 8, 400
CONNECTIONS = 4


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer kills.")
    parser.add_argument("--kills", type=int, help="So many in each campaign.")
    parser.add_argument("--seed", type=int, help="Repeat a run.")
    asked = parser.parse_args()
    kills = asked.kills or (QUICK_KILLS if asked.quick else KILLS)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), kills, seed, quick=asked.quick)))


def _measure(scratch: Path, kills: int, seed: int, *, quick: bool) -> dict[str, Any]:
    mails = QUICK_MAILS if quick else MAILS
    stage.start(str(scratch), 0, DATELINE_MAIL_CONNECTIONS=str(CONNECTIONS))
    stage.migrate()
    with Sink("-q", ".", dump=scratch / "queryable") as sink:
        stage.aim(sink.port)
        first = campaign(sink, kills, mails, seed, queryable=True)
    with Sink(dump=scratch / "unqueryable") as sink:
        stage.aim(sink.port)
        second = campaign(sink, kills, mails, seed, queryable=False)
    return {
        "name": "mail_crash",
        "lost": first["lost"] + second["lost"],
        "doubles": first["doubles"] + second["doubles"],
        "unknown": second["unknown"],
        "unknown_queryable": first["unknown"],
        "unknown_listed": second["listed"],
        "may_be_unknown": kills * CONNECTIONS,
        "queryable": first,
        "unqueryable": second,
        "unit": f"mails; {kills} kills in each of two campaigns, seed {seed}",
    }


if __name__ == "__main__":
    main()
