"""How long one comment takes to be read against 100,000 listed words.

Run: uv run python -m benchmarks.wordlist [--quick]

`ms` is the 95th percentile for comments of the 5,000 characters that are the limit, half of them in
Japanese, with disguised words among them, through the phase's own list; the reference is the
shortest way Python has to find one of the words alone, `word in text`, for all of them, over fewer
comments. Every comment's planted word must be found.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time

WORDS = 100_000
COMMENTS, QUICK_COMMENTS = 400, 60
REFERENCE, QUICK_REFERENCE = 5, 1
LENGTH = 5_000
LATIN, KANA = "abcdefghijklmnopqrstuvwxyz", "あいうえおかきくけこさしすせそたちつてとなにぬねの"
DISGUISE = str.maketrans({"o": "0", "e": "3", "a": "@", "s": "$"})


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer comments.")
    quick = parser.parse_args().quick
    print(
        json.dumps(
            _measure(*((QUICK_COMMENTS, QUICK_REFERENCE) if quick else (COMMENTS, REFERENCE)))
        )
    )


def _measure(comments: int, reference: int) -> dict[str, object]:
    from dateline.discussion.domain.status import WordKind
    from dateline.discussion.domain.words import Listed, WordList

    chance = random.Random(7)
    words = sorted({_word(chance) for _ in range(WORDS * 2)})[:WORDS]
    start = time.perf_counter()
    listed = WordList(Listed(word, WordKind.SUSPECT) for word in words)
    built = time.perf_counter() - start
    texts = [_comment(chance, words) for _ in range(comments)]
    took = []
    for text, planted in texts:
        start = time.perf_counter()
        found = listed.find(text)
        took.append((time.perf_counter() - start) * 1_000)
        assert planted in {line.word for line in found}
    naive = []
    for text, _ in texts[:reference]:
        start = time.perf_counter()
        sum(word in text for word in words)
        naive.append((time.perf_counter() - start) * 1_000)
    ms = sorted(took)[int(len(took) * 0.95)]
    return {
        "name": "wordlist",
        "ratio": round(statistics.median(naive) / statistics.median(took), 1),
        "ours": round(statistics.median(took), 3),
        "reference": round(statistics.median(naive), 1),
        "unit": "ms a comment of 5,000 characters against 100,000 words; reference: `word in text`",
        "ms": round(ms, 3),
        "notes": (
            f"{comments} comments; the list took {built:.2f} s to build, once for each version; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _word(chance: random.Random) -> str:
    letters = KANA if chance.random() < 0.3 else LATIN
    return "".join(chance.choices(letters, k=chance.randint(5, 12)))


def _comment(chance: random.Random, words: list[str]) -> tuple[str, str]:
    letters = KANA if chance.random() < 0.5 else LATIN
    text = "".join(chance.choices(f"{letters}   ", k=LENGTH - 40))
    planted = chance.choice(words)
    middle = len(text) // 2
    return f"{text[:middle]} {planted.translate(DISGUISE)} {text[middle:]}", planted


if __name__ == "__main__":
    sys.exit(main())
