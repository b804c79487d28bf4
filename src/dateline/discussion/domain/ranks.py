"""Where a comment stands: one sortable value for each order, so that a page is one range scan."""

import math
from enum import StrEnum

Z = 1.281551565545  # 80 % of a normal distribution lie below it: Reddit's value for comments
FRACTION = 0xFFFFFF  # 3 bytes
NUMBER_BYTES = 4
HIGHEST_NUMBER = 2 ** (8 * NUMBER_BYTES) - 1


class Order(StrEnum):
    """How the comments of a thread, or the replies below one, are ordered."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    DISCUSSED = "discussed"


MOVING = (Order.BEST, Order.DISCUSSED)  # votes and replies change the place of what is there


def wilson(ups: int, downs: int) -> float:
    """Lower bound of the share of up votes, 0 to 1 (Wilson 1927, score interval at Z)."""
    votes = ups + downs
    if not votes:
        return 0.0
    share = ups / votes
    middle = share + Z * Z / (2 * votes)
    spread = Z * math.sqrt((share * (1 - share) + Z * Z / (4 * votes)) / votes)
    return min(max((middle - spread) / (1 + Z * Z / votes), 0.0), 1.0)


def best(ups: int, downs: int, number: int) -> bytes:
    """The 7 bytes that sort a comment among its siblings, best first: inverted Wilson, number.

    `number` is the comment's own in its thread, 1 to HIGHEST_NUMBER; the older of equals leads.
    """
    lower = FRACTION - round(wilson(ups, downs) * FRACTION)
    return lower.to_bytes(3, "big") + number_bytes(number)


def discussed(below: int, number: int) -> bytes:
    """The 7 bytes that sort by how many visible comments stand below, most first."""
    return (FRACTION - min(below, FRACTION)).to_bytes(3, "big") + number_bytes(number)


def oldest(number: int) -> bytes:
    """The 4 bytes that sort by age, oldest first."""
    return number_bytes(number)


def newest(number: int) -> bytes:
    """The 4 bytes that sort by age, newest first."""
    return number_bytes(HIGHEST_NUMBER - number)


def number_bytes(number: int) -> bytes:
    """A comment's number in its thread as 4 big-endian bytes, which sort as numbers do."""
    return number.to_bytes(NUMBER_BYTES, "big")
