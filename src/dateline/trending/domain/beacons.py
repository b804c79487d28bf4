"""Read one beacon: `version.story.kind.source.seconds.depth`, six numbers in a query.

It stands in the address (`POST /b?1.4711.2.1.10.0`) and not in a body, so that a server which
answers 204 without reading bodies can still log it. There is no time in it: only the clock of the
machine that counts is believed, so no beacon can come from the future.
"""

from dateline.trending.domain.views import Kind, Source

VERSION = b"1"
PARTS = 6
MOST_BYTES = 40
MOST_STORY = 2**63 - 1
MOST_SECONDS = 43_200  # a tab that was looked at for twelve hours
MOST_DEPTH = 100
DIGITS_AND_DOTS = b"0123456789."
KINDS = {b"%d" % kind: int(kind) for kind in Kind}
SOURCES = {b"%d" % source: int(source) for source in Source}


# story, kind, source, seconds, depth: a plain tuple, because a busy second makes 80,000 of them
Beacon = tuple[int, int, int, int, int]


def parse(text: bytes) -> Beacon | None:
    """Return the beacon that `text` is, or None where it is anything else. Never raises.

    Kind and source are the numbers of `Kind` and `Source`; the page was visible for so many
    seconds, and so much of its text, in percent.
    """
    if len(text) > MOST_BYTES or text.translate(None, DIGITS_AND_DOTS):
        return None
    parts = text.split(b".")
    if len(parts) != PARTS or parts[0] != VERSION or b"" in parts:
        return None
    kind, source = KINDS.get(parts[2]), SOURCES.get(parts[3])
    if kind is None or source is None:
        return None
    story, seconds, depth = int(parts[1]), int(parts[4]), int(parts[5])
    if not 0 < story <= MOST_STORY or seconds > MOST_SECONDS or depth > MOST_DEPTH:
        return None
    return story, kind, source, seconds, depth
