"""Read a Range header (RFC 9110, section 14): one range, or the whole."""

import re

_ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


class Unsatisfiable(ValueError):
    """The range starts after the end: the answer is 416."""


def parse(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte asked for, or None for the whole of `size` bytes.

    A header that is malformed or asks for several ranges is ignored, as the
    standard allows.

    Raises:
        Unsatisfiable: no byte of the file is in the range.

    """
    found = _ONE_RANGE.fullmatch((header or "").strip())
    if found is None or (not found["first"] and not found["last"]):
        return None
    if not found["first"]:
        first, last = max(0, size - int(found["last"])), size - 1
    else:
        first = int(found["first"])
        last = min(int(found["last"] or size - 1), size - 1)
        if found["last"] and int(found["last"]) < first:
            return None
    if first >= size:
        raise Unsatisfiable(f"The range starts at byte {first} of {size}.")
    return first, last
