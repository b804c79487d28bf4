"""How well and how fast stories are found: the gold set on every engine, and large archives.

Run: uv run python -m benchmarks.search [--quick]

`recall` and `precision_at_10` are of the gold set (tests/search/gold), the lowest of the engines;
`same_hits` says whether all of them found the same for every query. `p95_ms` is one question of a
reader to tantivy among 1,000,000 stories: the page of 20 hits, the counts by which it may be
narrowed, newest first and best match in turn; `sqlite_p95_ms` and `postgresql_p95_ms` are the same
among 100,000. Half of the stories are English, half Japanese, of made-up words as frequent as words
are (Zipf). The questions are the most frequent words, rarer ones, two words, phrases of two, and
limits of a month. Indexes are kept in .cache/benchmarks between runs.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".cache" / "benchmarks"
LARGE, SMALL = 1_000_000, 100_000
QUICK_LARGE, QUICK_SMALL = 10_000, 2_000
QUESTIONS, QUICK_QUESTIONS = 400, 60
ENGLISH_WORDS, JAPANESE_WORDS = 40_000, 20_000
LENGTH = 150  # words of a story
FIRST = 1_262_304_000  # 2010-01-01, in seconds since 1970
APART_S = 500  # between two stories of 1,000,000
AGENCIES = ("KNA", "Ana Kimura", "Ben Sato", "Rin Abe", "Mio Hara")
KINDS = ("article", "article", "article", "wire", "opinion")
MASTHEADS = 4
RECALL, PRECISION = 0.98, 0.9
ONSETS = (*"bdfghjklmnprstvwz", "br", "st", "tr", "pl")
VOWELS = (*"aeiou", "ai", "ou", "ee")


class Archive:
    """A made-up archive: the same stories for the same size, whoever asks."""

    def __init__(self, size: int) -> None:
        self.size, chance = size, random.Random(size)
        self.english = _some(chance, ENGLISH_WORDS, self._english)
        self.japanese = _some(chance, JAPANESE_WORDS, self._japanese)
        self.weights = {
            "en": list(accumulate(1 / rank for rank in range(1, len(self.english) + 1))),
            "ja": list(accumulate(1 / rank for rank in range(1, len(self.japanese) + 1))),
        }

    @staticmethod
    def _english(chance: random.Random) -> str:
        return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(3))

    @staticmethod
    def _japanese(chance: random.Random) -> str:
        return "".join(chr(0x4E00 + int(chance.random() ** 2 * 2_500)) for _ in range(2))

    def text(self, chance: random.Random, language: str, words: int) -> str:
        """So many words, joined as the language does."""
        known = self.english if language == "en" else self.japanese
        chosen = chance.choices(known, cum_weights=self.weights[language], k=words)
        return " ".join(chosen) if language == "en" else "の".join(chosen)

    def documents(self) -> Iterator[Any]:
        """All of it, oldest first."""
        from dateline.search.domain import index

        chance = random.Random(7)
        for number in range(1, self.size + 1):
            language = "en" if number % 2 else "ja"
            published = FIRST + number * APART_S * (LARGE // self.size)
            marks = (
                index.mark("m", number % MASTHEADS), index.mark("s", number % 12),
                index.mark("t", time.strftime("%Y-%m", time.gmtime(published))),
                index.mark("a", AGENCIES[number % 5]), index.mark("k", KINDS[number % 7 % 5]),
                index.mark("l", language),
            )  # fmt: skip
            one = index.Document(
                placement_id=number, story_id=number, published=published, opens=published,
                closes=index.ALWAYS, title=index.joined([self.text(chance, language, 8)]),
                by=index.joined([AGENCIES[number % 5]]),
                text=index.joined([self.text(chance, language, LENGTH)]), marks=marks,
            )  # fmt: skip
            yield index.StoryDocuments(number, 1, (one,))

    def questions(self, count: int) -> list[Any]:
        """What readers ask, newest first and best match in turn, one masthead or all."""
        from dateline.search.domain import index
        from dateline.search.domain.query import parse

        chance, asked = random.Random(11), []
        last = FIRST + (LARGE + 1) * APART_S
        for number in range(count):
            month = number % 10 == 9
            asked.append(
                index.Question(
                    query=parse(self._typed(chance, number)),
                    marks=((index.mark("m", number % MASTHEADS),),) if number % 4 else
                    (tuple(index.mark("m", one) for one in range(MASTHEADS)),),
                    at=last, since=last - 30 * 86_400 if month else None,
                    order=index.Order.BEST if number % 2 else index.Order.NEWEST,
                )
            )  # fmt: skip
        return asked

    def _typed(self, chance: random.Random, number: int) -> str:
        words = self.english if number % 4 < 2 else self.japanese
        common = words[chance.randrange(5, 25)]
        usual, rare = words[chance.randrange(25, 1_000)], words[chance.randrange(1_000, 10_000)]
        two = (f"{common} {usual}", f'"{common} {usual}"', f"{usual} -{common}")
        return (common, usual, rare, *two)[number // 4 % 6]


def _some(chance: random.Random, count: int, make: Any) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(chance)] = None
    return list(found)


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Small archives, nothing kept.")
    parser.add_argument("--large", type=int, default=LARGE, help="Stories tantivy has.")
    parser.add_argument("--small", type=int, default=SMALL, help="Stories the others have.")
    given = parser.parse_args()
    quick = given.quick
    large, small = (QUICK_LARGE, QUICK_SMALL) if quick else (given.large, given.small)
    questions = QUICK_QUESTIONS if quick else QUESTIONS
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) if quick else KEPT
        with _postgres() as server:
            gold = _gold(Path(scratch), server)
            found = {
                "tantivy": _measured(_tantivy(folder, large), Archive(large), questions, folder),
                "sqlite": _measured(_sqlite(folder, small), Archive(small), questions, folder),
            }
            if server:
                engine = _postgresql(server)
                found["postgresql"] = _measured(engine, Archive(small), questions, None)
    print(json.dumps(_told(gold, found, large, small)))


def _told(gold: dict[str, Any], found: dict[str, Any], large: int, small: int) -> dict[str, Any]:
    best, sqlite = found["tantivy"], found["sqlite"]
    rates = ", ".join(f"{name} {one['rate']}" for name, one in found.items())
    medians = ", ".join(f"{name} {one['p50']} ms" for name, one in found.items())
    return {
        "name": "search",
        **gold,
        "p95_ms": best["p95"],
        **{f"{name}_p95_ms": one["p95"] for name, one in found.items() if name != "tantivy"},
        "ratio": round(sqlite["p95"] / best["p95"], 2),
        "ours": best["p95"],
        "reference": sqlite["p95"],
        "unit": f"ms, p95, tantivy among {large:,} stories; reference: FTS5 among {small:,}",
        "notes": (
            f"median {medians}; "
            f"stories indexed in a second: {rates}; {LENGTH} words a story; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.0f}"
        ),
    }


def _measured(engine: Any, archive: Archive, questions: int, folder: Path | None) -> dict[str, Any]:
    """How long questions take, and how many stories a second were indexed."""
    note = folder / f"rate-{engine.name}-{archive.size}-{_version()}" if folder else None
    if note is None or not note.exists() or engine.count() != archive.size:
        start = time.perf_counter()
        engine.rebuild(archive.documents())
        rate = round(archive.size / (time.perf_counter() - start))
        if note:
            note.write_text(str(rate))
    rate = int(note.read_text()) if note else rate
    took, asked = [], archive.questions(questions)
    for question in asked[:20]:
        engine.ask(question)  # pages of its files come into memory
    for question in asked:
        start = time.perf_counter()
        engine.ask(question)
        took.append((time.perf_counter() - start) * 1_000)
    took.sort()
    return {
        "p50": round(statistics.median(took), 1),
        "p95": round(took[int(len(took) * 0.95)], 1),
        "rate": rate,
    }


def _gold(scratch: Path, server: Any) -> dict[str, Any]:
    """Recall and precision at 10, the lowest of the engines, and whether all found the same."""
    from dateline.search.domain.index import Order
    from tests.search import gold_set

    engines = [_sqlite(scratch / "gold", 0), _tantivy(scratch / "gold", 0)]
    engines += [_postgresql(server)] if server else []
    recalls, precisions, sets = [], [], []
    for engine in engines:
        engine.rebuild(gold_set.documents())
        all_found, recall, precision = [], 0.0, 0.0
        for typed, meant in gold_set.queries():
            hits = gold_set.keys(engine.ask(gold_set.question(typed)))
            best = gold_set.question(typed, order=Order.BEST, size=10)
            top = gold_set.keys(engine.ask(best))
            recall += len(hits & meant) / len(meant) if meant else 1
            precision += len(top & meant) / len(top) if top else not meant
            all_found.append(hits)
        recalls.append(recall / len(all_found))
        precisions.append(precision / len(all_found))
        sets.append(all_found)
    return {
        "recall": round(min(recalls), 4),
        "precision_at_10": round(min(precisions), 4),
        "same_hits": all(one == sets[0] for one in sets),
        "queries": len(sets[0]),
    }


def _sqlite(folder: Path, size: int) -> Any:
    from dateline.search.adapters.sqlite import SqliteEngine

    return SqliteEngine(_place(folder, "sqlite", size))


def _tantivy(folder: Path, size: int) -> Any:
    from dateline.search.adapters.tantivy import TantivyEngine

    return TantivyEngine(_place(folder, "tantivy", size))


def _place(folder: Path, name: str, size: int) -> Path:
    """The folder of an index; those of other versions of the analyser go away."""
    place = folder / f"search-{name}-{size}-{_version()}"
    for old in folder.glob(f"search-{name}-{size}-*"):
        if old != place:
            shutil.rmtree(old)
    place.mkdir(parents=True, exist_ok=True)
    return place


def _version() -> str:
    """Changes with the analyser, the engines and this file."""
    files: Iterable[Path] = sorted((ROOT / "src/dateline/search").rglob("*.py"))
    texts = b"".join(path.read_bytes() for path in (*files, Path(__file__)))
    return hashlib.sha256(texts).hexdigest()[:8]


def _postgres() -> AbstractContextManager[Any]:
    """A server of this run's own, or None where PostgreSQL is not installed."""
    from tests.project.postgres import PROGRAMS, cluster

    return cluster() if PROGRAMS else nullcontext()


def _postgresql(server: dict[str, str]) -> Any:
    import psycopg

    from dateline.search.adapters.postgresql import PostgresEngine

    there = {"host": server["HOST"], "user": server["USER"], "dbname": server["NAME"]}
    connection = psycopg.connect(**there, autocommit=True)

    @contextmanager
    def session() -> Iterator[Any]:
        with connection.transaction(), connection.cursor() as cursor:
            yield cursor

    return PostgresEngine(session)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")
    main()
