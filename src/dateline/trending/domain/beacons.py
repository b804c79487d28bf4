"""Read one beacon: `version.story.kind.source.seconds.depth`, six numbers in a query.

It stands in the address (`POST /b?1.4711.2.1.10.0`) and not in a body, so that a server which
answers 204 without reading bodies can still log it. There is no time in it: only the clock of the
machine that counts is believed, so no beacon can come from the future.
"""

from functools import lru_cache

from dateline.trending.domain.views import Kind, Source

VERSION = b"1"
FIRST_PARTS, LAST_PARTS = 3, 4  # version, story and the rest; the rest
MOST_BYTES = 40
MOST_STORY = 2**63 - 1
MOST_SECONDS = 43_200  # a tab that was looked at for twelve hours
MOST_DEPTH = 100
REMEMBERED = 4096  # rests of at most 40 bytes
KINDS = {b"%d" % kind: int(kind) for kind in Kind}
SOURCES = {b"%d" % source: int(source) for source in Source}


# story, kind, source, seconds, depth: a plain tuple, because a busy second makes 80,000 of them
Beacon = tuple[int, int, int, int, int]


def parse(text: bytes) -> Beacon | None:
    """Return the beacon that `text` is, or None where it is anything else. Never raises.

    Kind and source are the numbers of `Kind` and `Source`; the page was visible for so many
    seconds, and so much of its text, in percent.
    """
    parts = text.split(b".", 2)
    if len(parts) != FIRST_PARTS or parts[0] != VERSION or len(text) > MOST_BYTES:
        return None
    number, rest = parts[1], _rest(parts[2])
    if rest is None or not number.isdigit():
        return None
    story = int(number)
    return (story, *rest) if 0 < story <= MOST_STORY else None


@lru_cache(maxsize=REMEMBERED)
def _rest(text: bytes) -> tuple[int, int, int, int] | None:
    """The four numbers behind the story's. Most beacons say what another one said before."""
    parts = text.split(b".")
    if len(parts) != LAST_PARTS or not all(map(bytes.isdigit, parts)):
        return None
    kind, source = KINDS.get(parts[0]), SOURCES.get(parts[1])
    seconds, depth = int(parts[2]), int(parts[3])
    if kind is None or source is None or seconds > MOST_SECONDS or depth > MOST_DEPTH:
        return None
    return kind, source, seconds, depth
