"""A comment's place in its tree: the numbers of everything above it, then its own."""

from dateline.discussion.domain.ranks import NUMBER_BYTES, number_bytes

DEEPEST = 15  # 0 is a comment that answers none; a reply below DEEPEST attaches to it


def path_of(above: bytes, number: int) -> bytes:
    """The path of comment `number` below a comment with path `above`; empty for the thread."""
    return above + number_bytes(number)


def numbers(path: bytes) -> list[int]:
    """The numbers along a path, the outermost first, its own last."""
    steps = range(0, len(path), NUMBER_BYTES)
    return [int.from_bytes(path[step : step + NUMBER_BYTES], "big") for step in steps]


def ancestors(path: bytes) -> list[int]:
    """The numbers of everything above, the outermost first."""
    return numbers(path)[:-1]


def depth_of(path: bytes) -> int:
    """How deep a comment stands: 0 for one that answers the story."""
    return len(path) // NUMBER_BYTES - 1


def branch(path: bytes) -> bytes:
    """The path below which a reply to the comment at `path` is attached: at most DEEPEST deep."""
    return path[: DEEPEST * NUMBER_BYTES]
