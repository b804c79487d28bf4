"""What a story of a kind is made of."""

from collections.abc import Collection

# The block without which it is not what it is called.
NEEDS = {
    "poll": ("A poll", "poll"),
    "quote": ("A quote of the day", "saying"),
    "event": ("An event", "event"),
    "digest": ("A digest of other papers", "paper"),
}


def missing(kind: str, blocks: Collection[str], *, has_picture: bool) -> str:
    """What a story still needs to be of its kind, in a sentence; empty for nothing.

    `blocks` are the names of the blocks of its body.
    """
    if kind == "picture" and not has_picture:
        return "A picture of the day needs a lead picture."
    name, block = NEEDS.get(kind, ("", ""))
    return f"{name} needs the block “{block}”." if block and block not in blocks else ""
