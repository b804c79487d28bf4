"""Isso from PyPI with a thread of its own: how long a page and a post take it.

Run by Isso's own Python: beside_isso.py FOLDER ROOTS REPLIES_EACH READS POSTS.
Prints one JSON object.
"""

import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = "the ferry came back to the harbour at noon and the market opened again " * 4
URI = "/story"


def main() -> None:
    folder, numbers = Path(sys.argv[1]), [int(word) for word in sys.argv[2:]]
    roots, each, reads, posts = numbers
    from isso import config, make_app
    from werkzeug.test import Client

    conf = config.load(config.default_file())
    conf.set("general", "dbpath", str(folder / "isso.db"))
    conf.set("general", "host", "http://127.0.0.1:9/")
    conf.set("guard", "enabled", "false")
    app = make_app(conf, threading=True)
    _fill(folder / "isso.db", roots, each)
    client, chance = Client(app), random.Random(7)
    reading, posting = [], []
    for _ in range(reads):
        offset = chance.randrange(roots - 20)
        query = f"uri={URI}&limit=20&nested_limit=3&offset={offset}&sort=upvotes"
        reading.append(_timed(lambda query=query: client.get(f"/?{query}"), 200))
    for number in range(posts):
        body = {"text": f"{TEXT} {number}", "author": f"Reader {number}"}
        posting.append(_timed(lambda body=body: client.post(f"/new?uri={URI}", json=body), 201))
    print(json.dumps({"read": statistics.median(reading), "post": statistics.median(posting)}))


def _timed(ask: Callable[[], Any], status: int) -> float:
    start = time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - start) * 1_000
    assert answer.status_code == status, answer.text[:300]
    return took


def _fill(path: Path, roots: int, each: int) -> None:
    database = sqlite3.connect(path)
    database.execute("INSERT INTO threads (id, uri, title) VALUES (1, ?, 'Story')", (URI,))
    rows = [
        (number, parent, 1_700_000_000.0 + number, number % 7, number % 3)
        for root in range(roots)
        for number, parent in [
            (root * (each + 1) + 1, None),
            *((root * (each + 1) + 2 + n, root * (each + 1) + 1) for n in range(each)),
        ]
    ]
    database.executemany(
        "INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, voters,"
        " likes, dislikes) VALUES (1, ?, ?, ?, 1, '127.0.0.1', 'The ferry was late.', 'Rin', x'00',"
        " ?, ?)",
        rows,
    )
    database.commit()
    database.close()


if __name__ == "__main__":
    main()
